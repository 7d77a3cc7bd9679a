"""Buttons of a digest and of an opened item: open, answer, go back, 全部知悉."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from handlers import tell
from handlers.answers import acknowledging, answer_context, recording
from handlers.digest import item_view
from handlers.findings import items, states, transfers
from handlers.people import stand_ins
from handlers.permissions import demand
from knowledge import chinese
from storage import answers, outbox, people
from storage import buttons as buttons_table
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.press import Press
    from knowledge.replies.model import Intent
    from storage.models.findings import Finding
    from storage.transaction import Transaction

_FOLLOW_UP: dict[str, str] = {
    "ack": "已知悉不等于办结，期限照常计算。",
    "corrected": "请直接回复本消息，写明改了哪一栏、改成什么；下次导出核对后销号。",
    "explanation": "请直接回复本消息，写明情况。",
    "objection": "请说明理由和依据条款，由案管专员复核；期限照常计算。",
    "wrong_person": "已转案管专员，按最新案卡核对承办人。",
}


def open_item(tx: Transaction, desk: Desk, press: Press) -> str:
    """Turn the message into the item with its steps and acts."""
    findings = press.findings(tx)
    for finding in findings:
        demand(press.person, "see_item", finding)
    show(tx, desk, press, findings)
    tx.record("item_opened", f"finding:{findings[0].number}", actor=f"person:{press.person.id}")
    return f"{findings[0].number} 已展开"


def show(
    tx: Transaction,
    desk: Desk,
    press: Press,
    findings: Sequence[Finding],
    note: str = "",
    answers: Sequence[int] = (),
) -> None:
    """Show an item in place; `answers` are those that a button takes back."""
    origin = press.event.origin
    clearance = desk.clearance(origin.door)
    cases = answer_context.owned_by(tx.session, desk.office, press.person) or list(findings)
    tell.edit(
        tx,
        origin,
        item_view.text(
            findings,
            cases,
            clearance,
            tx.now.date(),
            note,
            [*transfers.history(tx, findings), *_stood_in(tx, findings)],
        ),
        person=press.person,
        version=outbox.next_edit_version(tx, origin.door, origin.chat, origin.message_id),
        buttons=item_view.buttons(tx, press.person, findings, answers),
        subjects=[one.number for one in findings],
    )


def _stood_in(tx: Transaction, findings: Sequence[Finding]) -> list[str]:
    """Say which items somebody answered in the place of another: 李明代周岚."""
    lines = []
    for finding in findings:
        last = answers.last_of(tx.session, finding.id)
        if last is None or last.principal_id is None or finding.answered_at is None:
            continue
        who = stand_ins.named(tx.session, last.person_id, last.principal_id)
        when = chinese.month_day(last.said_at.date())
        lines.append(f"{finding.number} {when}由{who}答复：{_words(last.intent)}")
    return lines


def _words(intent: str) -> str:
    return states.INTENT_WORDS[cast("Intent", intent)]


def answer(tx: Transaction, desk: Desk, press: Press) -> str:
    """Record one of the five answers for an item; the message then says so."""
    intent = cast("Intent", press.row.act.removeprefix("answer_"))
    findings = press.findings(tx)
    for finding in findings:
        demand(press.person, "answer", finding)
    if press.row.used_at is not None:
        return press.already()
    fresh = [one for one in findings if one.state != findings_table.CLOSED]
    if not fresh:
        return f"{findings[0].number} 已销号，无需答复"
    if said := _said_before(tx, press, fresh[0], intent):
        return said
    entry = tx.record(
        "pressed",
        f"finding:{findings[0].number}",
        actor=f"person:{press.person.id}",
        data={"act": press.row.act, "findings": [one.number for one in fresh]},
    )
    recorded = [
        recording.record(tx, press.person, press.event.origin, recording.Bound(one, intent), entry)
        for one in fresh
    ]
    buttons_table.mark_used(tx, press.row, by=press.person.name)
    words = states.INTENT_WORDS[intent]
    note = f"已记录：{words}（流水第 {entry} 号）。{_FOLLOW_UP.get(intent, '')}"
    show(tx, desk, press, findings, note, [one.id for one in recorded])
    bound = [recording.Bound(one, intent, follows=one is not fresh[0]) for one in fresh]
    recording.ask_for_grounds(tx, press.person, bound)
    return f"已记录：{items.Item(tuple(fresh)).numbers} {words}"


def _said_before(tx: Transaction, press: Press, finding: Finding, intent: Intent) -> str | None:
    """Say when the same was recorded of a finding by another button; new values start anew."""
    if finding.answered_at is None:
        return None
    last = answers.last_of(tx.session, finding.id)
    if last is None or last.intent != intent:
        return None
    names = {one.id: one.name for one in people.everybody(tx.session, finding.office)}
    return press.already_at(last.said_at, names.get(last.person_id))


def go_back(tx: Transaction, desk: Desk, press: Press) -> str:
    """Turn the message back into what it first was."""
    del desk
    origin = press.event.origin
    row = outbox.original_of(tx, origin.door, origin.chat, origin.message_id)
    if row is None:
        return "原消息已不在，请发送 /我的 查看"
    tell.edit(
        tx,
        origin,
        row.text,
        person=press.person,
        version=outbox.next_edit_version(tx, origin.door, origin.chat, origin.message_id),
        buttons=tuple(tuple((label, token) for label, token in line) for line in row.buttons),
        subjects=row.subjects,
    )
    return "已返回"


def acknowledge_all(tx: Transaction, desk: Desk, press: Press) -> str:
    """全部知悉, save what is due today or over."""
    del desk
    if press.row.used_at is not None:
        return press.already()
    buttons_table.mark_used(tx, press.row, by=press.person.name)
    numbers = [str(one) for one in press.row.data.get("numbers", [])]
    said, _ = acknowledging.acknowledge(tx, press.person, press.event.origin, numbers)
    return said
