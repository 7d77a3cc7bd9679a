"""Buttons under what the bot wrote back: confirm, take back, say which item was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from handlers.answers import answer_context, answers, earlier, recording
from handlers.digest import item_presses
from handlers.permissions import demand
from handlers.redraw import redraw
from knowledge.replies import reader
from storage import buttons as buttons_table
from storage import findings as findings_table
from storage import ledger
from storage.models.answers import Answer

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.press import Press
    from knowledge.replies.model import Intent
    from storage.models.findings import Finding
    from storage.transaction import Transaction


def withdraw(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take claims back; in an opened item the item is shown again, else the confirmation goes."""
    ids = [int(one) for one in press.row.data.get("answers", [])]
    taken = earlier.withdraw(tx, press.person, ids)
    if not taken:
        return press.already() if press.row.used_at else "专员已复核，无法再撤回"
    buttons_table.mark_used(tx, press.row, by=press.person.name)
    findings = press.findings(tx)
    if findings:
        item_presses.show(tx, desk, press, findings, "已撤回上述记录，请重新选择或说明。")
    else:
        redraw(tx, press, "已撤回上述记录，原话仍留存。请重新说明。")
    return "已撤回"


def confirm(tx: Transaction, desk: Desk, press: Press) -> str:
    """Note that what was read out is right."""
    del desk
    if press.row.used_at is not None:
        return press.already()
    buttons_table.mark_used(tx, press.row, by=press.person.name)
    tx.record(
        "answer_confirmed",
        "answer",
        actor=f"person:{press.person.id}",
        data={"answers": list(press.row.data.get("answers", []))},
    )
    return "已确认，谢谢"


def bind(tx: Transaction, desk: Desk, press: Press) -> str:
    """Bind words that waited for their item: they are read again as said of it."""
    pending = tx.session.get(Answer, int(press.row.data["answer"]))
    finding = press.findings(tx)[0]
    demand(press.person, "answer", finding)
    if pending is None or pending.standing != "asking":
        return _decided(pending, press)
    if finding.state == findings_table.CLOSED:
        return f"{finding.number} 已销号，无需答复"
    pending.standing = "moot"
    buttons_table.mark_used(tx, press.row, by=press.person.name)
    pending.reviewed_at, pending.reviewed_by = tx.now, press.person.name
    bound = _read_again(tx, desk, press, finding, pending)
    if not bound:
        earlier.note(tx, press.person, [finding])
        redraw(tx, press, earlier.text(tx, [finding], str(pending.entry)))
        return f"{finding.number} 的记录已列出"
    entry = tx.record(
        "answer_bound",
        f"finding:{finding.number}",
        actor=f"person:{press.person.id}",
        data={"said_in": pending.entry, "pressed": press.row.act},
    )
    origin = press.event.origin
    recorded = [recording.record(tx, press.person, origin, one, entry) for one in bound]
    for one in recorded:
        one.message_id = pending.message_id
    recording.follow(tx, desk, press.person, bound, recorded)
    names = desk.clearance(origin.door) == "intranet"
    text, pressable = recording.confirmation(
        tx, press.person, bound, recorded, entry=str(pending.entry), names=names
    )
    redraw(tx, press, text, buttons=pressable, subjects=[finding.number])
    words = ledger.text_of(tx.session, pending.entry) if pending.entry else None
    recording.ask_for_grounds(tx, press.person, bound, ground=words)
    return f"已记录到 {finding.number}"


def _read_again(
    tx: Transaction, desk: Desk, press: Press, finding: Finding, pending: Answer
) -> list[recording.Bound]:
    """Read the kept words as a reply to the item; none: they were a question."""
    words = ledger.text_of(tx.session, pending.entry) if pending.entry else None
    owned = answer_context.owned_by(tx.session, desk.office, press.person)
    item = [one for one in owned if (one.case_no, one.item) == (finding.case_no, finding.item)]
    situation = answer_context.build(
        tx.session,
        desk,
        press.person.name,
        owned,
        today=pending.said_at.date(),
        reply_to=tuple(one.number for one in item),
        person=press.person,
    )
    understood = reader.read(words or "", situation.context)
    claims = [] if understood.ask else answers.claims(understood)
    numbers = {one.number for one in item}
    of_item = [one for one in claims if one.finding is None or one.finding in numbers]
    if of_item:
        return answers.bind(press.person, situation, of_item)
    if pending.intent == "question":
        return []
    intent: Intent = "explanation" if pending.intent == "none" else cast("Intent", pending.intent)
    first = recording.Bound(finding, intent, pending.field, pending.value)
    others = [one for one in item if one.id != finding.id]
    return [first, *(recording.Bound(one, intent, follows=True) for one in others)]


def bind_none(tx: Transaction, desk: Desk, press: Press) -> str:
    """None of the candidates was meant."""
    del desk
    pending = tx.session.get(Answer, int(press.row.data["answer"]))
    if pending is None or pending.standing != "asking":
        return _decided(pending, press)
    pending.standing = "moot"
    pending.reviewed_at, pending.reviewed_by = tx.now, press.person.name
    buttons_table.mark_used(tx, press.row, by=press.person.name)
    redraw(tx, press, "好的，未记到任何一条；原话已留存。请写明编号再说一次。")
    tx.record("answer_bound_to_none", f"answer:{pending.id}", actor=f"person:{press.person.id}")
    return "好的"


def _decided(pending: Answer | None, press: Press) -> str:
    """Another button of the question was pressed, or the message was edited meanwhile."""
    if pending is None or pending.reviewed_at is None:
        return "您已修改原话，请看最新的回复" if press.row.used_at is None else press.already()
    return press.already_at(pending.reviewed_at, pending.reviewed_by)
