"""What the officer decides in 待审: confirm, drop with a reason, list as 存量, send all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.digest import digest
from handlers.findings import finding_life, states
from handlers.findings.items import is_card_entry
from handlers.findings.releasing import allowed, release
from handlers.review import outcomes, review
from storage import outbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.desk import Desk
    from handlers.press import Press
    from storage.models.findings import Finding
    from storage.transaction import Transaction

DROP_REASONS = ("案卡无误，规则不适用", "系统或导出原因", "已另行处理", "重复", "其他")


def confirm(tx: Transaction, desk: Desk, press: Press) -> str:
    """Release one item; what is over or due today goes at once."""
    return _release(tx, desk, press, press.findings(tx))


def confirm_rule(tx: Transaction, desk: Desk, press: Press) -> str:
    """Release everything of one rule."""
    return _release(tx, desk, press, _of_rule(tx, desk, press))


def _of_rule(tx: Transaction, desk: Desk, press: Press) -> list[Finding]:
    rule = press.findings(tx)[0].rule
    return [one for item in review.queue(tx, desk) for one in item.findings if one.rule == rule]


def _release(tx: Transaction, desk: Desk, press: Press, findings: Sequence[Finding]) -> str:
    released = release(tx, findings, press.person)
    if not released:
        return already(press.findings(tx), press)
    digest.send_pressing(tx, desk)
    numbers = "、".join(one.number for one in released)
    said = f"{numbers} 已放行，{_when(desk, released)}{_left_over(findings)}"
    review.go_on(tx, desk, press, note=said)
    return said


def _when(desk: Desk, released: Sequence[Finding]) -> str:
    if all(one.told_at is not None for one in released):
        return "已发出"
    weekly = desk.manners.card_entries == "weekly"
    if weekly and all(is_card_entry(one) for one in released):
        return "属案卡填录，随周一的提示发出"
    return "随每日提示发出"


def _left_over(findings: Iterable[Finding]) -> str:
    own = sum(one.state == "queued" for one in findings)
    return f"；{own} 条系本人承办，须由他人审核" if own else ""


def send_all(tx: Transaction, desk: Desk, press: Press) -> str:
    """Release the whole queue and send it now, one message a person."""
    waiting = [one for item in review.queue(tx, desk) for one in item.findings]
    released = release(tx, waiting, press.person)
    if not released:
        return "没有待审的问题"
    reached = digest.send_now(tx, desk, released)
    said = f"已放行 {len(released)} 条，正在发给 {reached} 人{_left_over(waiting)}"
    review.go_on(tx, desk, press, note=f"{said}。")
    return said


def already(findings: Sequence[Finding], press: Press) -> str:
    """Say what became of an item that another press decided."""
    lead = findings[0]
    words = states.STATE_WORDS.get(lead.state, lead.state)
    if lead.released_by and lead.released_at:
        return f"{lead.number} {press.already_at(lead.released_at, lead.released_by)}"
    return f"{lead.number} 已处理过：{words}"


def ask_reason(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show the reasons for dropping; one more tap decides."""
    del desk
    findings = press.findings(tx)
    lead = findings[0]
    if lead.state != "queued":
        return already(findings, press)
    ids = [one.id for one in findings]
    object_ = f"finding:{lead.id}"
    pressable = [
        tell.button(
            tx,
            press.person,
            reason,
            "review_drop_reason",
            object_,
            data={"findings": ids, "reason": reason},
        )
        for reason in DROP_REASONS
    ]
    back = {"findings": ids, "stay": True}
    pressable.append(tell.button(tx, press.person, "返回", "review_next", object_, data=back))
    origin = press.event.origin
    tell.edit(
        tx,
        origin,
        f"{lead.number} {lead.title}\n请选择不发的理由：",
        person=press.person,
        version=outbox.next_edit_version(tx, origin.door, origin.chat, origin.message_id),
        buttons=tell.rows(pressable, per_row=1),
        subjects=[one.number for one in findings],
    )
    return "请选择理由"


def drop(tx: Transaction, desk: Desk, press: Press) -> str:
    """Close an item as 不属问题; the same values never bring it back."""
    findings = [one for one in press.findings(tx) if one.state == "queued"]
    if not findings:
        return already(press.findings(tx), press)
    reason = str(press.row.data["reason"])
    for finding in allowed(findings, press.person):
        outcomes.note_drop(tx, finding, press.person, reason)
        finding_life.accept(tx, finding, press.person, reason)
        finding_life.close(tx, finding, "dropped", actor=f"person:{press.person.id}", reason=reason)
    said = f"{findings[0].number} 已认定不属问题：{reason}"
    review.go_on(tx, desk, press, note=said)
    return said


def shelve(tx: Transaction, desk: Desk, press: Press) -> str:
    """List an item as 存量: watched and counted apart, not sent."""
    return _shelve(tx, desk, press, press.findings(tx))


def shelve_rule(tx: Transaction, desk: Desk, press: Press) -> str:
    """List the baseline of a whole rule as 存量."""
    return _shelve(tx, desk, press, [one for one in _of_rule(tx, desk, press) if one.baseline])


def _shelve(tx: Transaction, desk: Desk, press: Press, findings: Sequence[Finding]) -> str:
    waiting = [one for one in findings if one.state == "queued" and not one.shelved]
    if not waiting:
        return already(press.findings(tx), press)
    for finding in allowed(waiting, press.person):
        finding.shelved = True
        finding.version += 1
        tx.record("finding_shelved", f"finding:{finding.number}", actor=f"person:{press.person.id}")
    numbers = "、".join(one.number for one in waiting if one.shelved)
    said = f"{numbers} 已列为存量，另计，不发提示"
    review.go_on(tx, desk, press, note=said)
    return said
