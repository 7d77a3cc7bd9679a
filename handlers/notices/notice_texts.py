"""What people read of a notice in chat, and the buttons that belong to where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.findings import recurrence
from handlers.findings.case_reference import reference
from handlers.people import stand_ins
from knowledge import chinese
from storage import findings as findings_table
from storage import notices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.desk import Clearance, Desk
    from storage.models.findings import Finding
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction

Buttons = list[tuple[str, str]]
STATE_WORDS = {
    "draft": "草稿",
    "submitted": "待批准",
    "approved": "已批准，待录入文号",
    "issued": "已发出，未收到",
    "received": "已收到，待书面答复",
    "replied": "已书面答复，待复核",
    "reviewed": "已复核",
    "voided": "已作废",
}
DESK_BUTTONS = {
    "draft": (
        ("预览", "notice_preview"),
        ("提交审批", "notice_submit"),
        ("撤销草稿", "notice_discard"),
    ),
    "submitted": (("预览", "notice_preview"), ("撤销草稿", "notice_discard")),
    "approved": (("录入文号", "notice_number"), ("撤销草稿", "notice_discard")),
    "issued": (
        ("登记送达", "notice_delivered"),
        ("再次发送", "notice_again"),
        ("作废", "notice_void"),
    ),
    "received": (("再次发送", "notice_again"), ("作废", "notice_void")),
}
CORRECTED, TRACKED, KEPT, WITHDRAWN = "已纠正", "继续跟踪", "维持", "撤回"
OUTCOMES = (CORRECTED, TRACKED, KEPT, WITHDRAWN)
DECIDED = frozenset({CORRECTED, KEPT, WITHDRAWN})
"""What ends the review of a problem; 继续跟踪 leaves it open."""


def name(notice: Notice) -> str:
    """Name a notice by its number, before that by the number of its draft."""
    return notice.number or f"草稿 {notice.id} 号"


def findings_of(tx: Transaction, notice: Notice) -> list[Finding]:
    """Return the findings of a notice in the order they were put in."""
    ids = [one.finding_id for one in notices.items(tx.session, notice.id)]
    found = {one.id: one for one in findings_table.with_ids(tx.session, ids)}
    return [found[one] for one in ids]


def case_lines(findings: Iterable[Finding], clearance: Clearance) -> list[str]:
    """Return one line per problem, names only where they may pass."""
    findings = list(findings)
    return [f"{one.number} {one.title} · {reference(one, findings, clearance)}" for one in findings]


def summary(tx: Transaction, desk: Desk, person: Person, notice: Notice) -> str:
    """Say what a notice is about and where it stands."""
    lines = [
        f"《案件流程监控通知书》{name(notice)} · {notice.department}",
        *case_lines(findings_of(tx, notice), desk.clearance(person.door or "")),
        f"处理方式：{'发通知书并报检察长' if notice.grave else '发通知书'}",
        f"状态：{STATE_WORDS[notice.state]}{_since(tx, notice)}",
    ]
    if notice.due is not None and notice.state == "received":
        lines.append(f"书面答复截止 {chinese.month_day(notice.due)}")
    if notice.instruction:
        lines.append("检察长已批示")
    return "\n".join(lines)


def who(tx: Transaction, notice: Notice, column: str) -> str | None:
    """Name who did what a column such as `approved_by` says, and for whom: 李明代周岚."""
    principal_id = (notice.on_behalf or {}).get(column)
    return stand_ins.named(tx.session, getattr(notice, column), principal_id)


def _since(tx: Transaction, notice: Notice) -> str:
    if notice.state == "received" and notice.received_on:
        return f"（{chinese.month_day(notice.received_on)}收到）"
    if notice.state == "voided" and notice.voided_at:
        voided_on = chinese.month_day(notice.voided_at.date())
        return f"（{voided_on}，{who(tx, notice, 'voided_by') or ''}）"
    if notice.state == "reviewed" and notice.outcome:
        return f"（{notice.outcome}）"
    return ""


def button(
    tx: Transaction, person: Person, notice: Notice, label: str, act: str, **data: object
) -> tuple[str, str]:
    """Make a button on a notice as it now stands."""
    record = ("notice", notice.id, notice.version)
    return tell.record_button(tx, person, record, label, act, data)


def desk_buttons(
    tx: Transaction, desk: Desk, person: Person, notice: Notice
) -> list[tuple[str, str]]:
    """Make what the officer can do with a notice where it stands."""
    wanted = DESK_BUTTONS.get(notice.state, ())
    if not desk.notices.second_person:
        wanted = tuple(
            ("发出", act) if act == "notice_submit" else (label, act) for label, act in wanted
        )
    return [button(tx, person, notice, label, act) for label, act in wanted]


def outcome_buttons(
    tx: Transaction, person: Person, notice: Notice, item_id: int
) -> list[tuple[str, str]]:
    """Make what may be held of one problem's answer."""
    return [button(tx, person, notice, one, "feedback_review", item=item_id) for one in OUTCOMES]


def _review(tx: Transaction, person: Person, notice: Notice) -> tuple[list[str], Buttons]:
    """Return where the review of each problem stands, and a button for each that is open."""
    found = [
        (one, notices.feedback(tx.session, one.id)) for one in notices.items(tx.session, notice.id)
    ]
    if len(found) == 1:
        return [], outcome_buttons(tx, person, notice, found[0][0].id)
    lines = [
        f"{item.facts['finding']} {answer.outcome if answer and answer.outcome else '待复核'}"
        for item, answer in found
    ]
    left = [item for item, answer in found if not answer or answer.outcome not in DECIDED]
    pressable = [
        button(tx, person, notice, f"复核{one.facts['finding']}", "feedback_item", item=one.id)
        for one in left
    ]
    if len(left) > 1:
        pressable.insert(0, button(tx, person, notice, f"全部{CORRECTED}", "feedback_review"))
    return lines, pressable


def draft_view(
    tx: Transaction, desk: Desk, person: Person, notice: Notice, note: str = ""
) -> tuple[str, tell.Rows]:
    """Return the officer's view of a notice with its buttons; what recurs is said in a draft."""
    text = summary(tx, desk, person, notice)
    if notice.state == "draft":
        text = "\n".join([text, *_repeated(findings_of(tx, notice))])
    pressable = desk_buttons(tx, desk, person, notice)
    if notice.state == "replied":
        lines, outcomes = _review(tx, person, notice)
        text, pressable = "\n".join([text, *lines]), [*pressable, *outcomes]
    if notice.state == "draft":
        for finding in findings_of(tx, notice):
            pressable.append(
                button(
                    tx, person, notice, f"移出{finding.number}", "notice_drop", finding=finding.id
                )
            )
    return "\n".join(part for part in (note, text) if part), tell.rows(pressable, per_row=3)


def _repeated(findings: Iterable[Finding]) -> list[str]:
    return [f"{one.number} {line}" for one in findings for line in recurrence.lines(one)]
