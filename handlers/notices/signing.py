"""/待签: what waits for a person's signature, approval, instruction or decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.feedback import feedback_presses
from handlers.notices import approvers, notice_delivery, notice_presses, notice_texts
from handlers.objections import objection_presses, objection_view, objections
from handlers.permissions import demand, may
from handlers.redraw import redraw
from handlers.reports import report_flow
from storage import notices as notices_table
from storage import objections as objections_table
from storage import work_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.press import Press
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """List what waits for a person, a line and a button each."""
    del rest
    demand(person, "see_to_sign")
    waiting = [
        *_notices(tx, desk, person),
        *_objections(tx, desk, person),
        *_reports(tx, desk, person),
    ]
    if not waiting:
        tell.answer(tx, event.origin, "没有待签的文书。", person=person)
        return
    lines = [f"待签 {len(waiting)} 件：", *(line for line, _ in waiting)]
    tell.answer(
        tx,
        event.origin,
        "\n".join(lines),
        person=person,
        buttons=tell.rows((button for _, button in waiting), per_row=2),
    )


def _notices(tx: Transaction, desk: Desk, person: Person) -> Iterator[tuple[str, tuple[str, str]]]:
    states = ("submitted", "issued", "received", "replied", "reviewed")
    for notice in notices_table.in_states(tx.session, desk.office, states):
        what = _what(tx, person, notice)
        if what is not None:
            name = notice_texts.name(notice)
            line = f"{what} 通知书（{name}）· {notice.department}"
            button = notice_texts.button(tx, person, notice, f"{what} {name}", "sign_open")
            yield line, button


def _what(tx: Transaction, person: Person, notice: Notice) -> str | None:
    """Say what a notice waits for from a person; None: nothing."""
    if notice.state == "submitted":
        return "批准" if approvers.ground(tx, person, notice) is not None else None
    findings = notice_texts.findings_of(tx, notice)
    if (
        notice.grave
        and notice.instructed_at is None
        and all(may(person, "instruct", one) for one in findings)
    ):
        return "批示"
    if not all(may(person, "receive_notice", one) for one in findings):
        return None
    if notice.state == "issued":
        return "签收"
    return "签署答复" if notice.state == "received" else None


def _objections(
    tx: Transaction, desk: Desk, person: Person
) -> Iterator[tuple[str, tuple[str, str]]]:
    for stage in ("case_head", "chief"):
        for one in objections_table.at_stage(tx.session, desk.office, stage):
            finding = objection_view.finding_of(tx, one)
            if finding.state != "closed" and objections.has_turn(person, one, finding):
                button = objection_view.button(
                    tx, person, one, f"异议 {finding.number}", "sign_objection"
                )
                yield f"异议 {finding.number} · {finding.department or ''}", button


def _reports(tx: Transaction, desk: Desk, person: Person) -> Iterator[tuple[str, tuple[str, str]]]:
    for one in work_reports.in_states(tx.session, desk.office, ("submitted", "checked")):
        checks = one.state == "submitted" and person in report_flow.checkers(tx, one)
        signs = one.state == "checked" and person in report_flow.signers(tx, one)
        if checks or signs:
            what = "审核" if checks else "签发"
            record = ("report", one.id, one.version)
            label = f"{what} {one.name}"
            button = tell.record_button(tx, person, record, label, "work_report_open", {})
            yield f"{what} 《{one.name}》", button


def open_(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show in place what a notice waits for, with its buttons."""
    notice = notice_presses.of(tx, press)
    person = press.person
    what = _what(tx, person, notice)
    if what is None:
        return f"通知书现为“{notice_texts.STATE_WORDS[notice.state]}”，没有等您签批的事项"
    text = notice_texts.summary(tx, desk, person, notice)
    if what == "批准":
        buttons = notice_presses.approval_buttons(tx, person, notice)
    elif what == "批示":
        buttons = notice_delivery.instruction_buttons(tx, person, notice)
    elif what == "签收":
        buttons = notice_delivery.receipt_buttons(tx, person, notice)
    else:
        text, buttons = feedback_presses.view(tx, desk, person, notice)
    redraw(tx, press, text, buttons=buttons)
    return what


def open_objection(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show in place an objection that waits for a decision."""
    objection = objection_presses.of(tx, press)
    finding = objection_view.finding_of(tx, objection)
    demand(press.person, objections.ACTS[objections.stage_of(objection)], finding)
    if objection.stage not in {"case_head", "chief"}:
        return f"{finding.number} 异议{objection_view.STAGE_WORDS[objection.stage]}"
    text, buttons = objection_view.view(tx, desk, press.person, objection, finding)
    redraw(tx, press, text, buttons=buttons, subjects=[finding.number])
    return f"{finding.number} 异议"
