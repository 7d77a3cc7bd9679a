"""A work report's way: drafted, checked by the case head, signed by the deputy, filed.

A department's report needs no deputy: it goes to the head once it is checked. Nobody checks or
signs what he drafted, unless the office wants no second person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.people import addressees
from handlers.permissions import RefusedError, demand, may
from knowledge.errors import UserFacingError
from storage import people
from storage.models.work_reports import WorkReport

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from handlers.counting.ranges import Range
    from handlers.desk import Desk
    from storage.models.people import Person
    from storage.transaction import Transaction

STATE_WORDS: Mapping[str, str] = {
    "draft": "草稿",
    "submitted": "待审核",
    "checked": "待签发",
    "signed": "已签发",
    "filed": "已报送",
    "discarded": "已撤销",
}
KIND_WORDS: Mapping[str, str] = {
    "monthly": "月报",
    "department": "部门报告",
    "quarterly": "季报",
    "yearly": "年报",
}
RETURN_REASONS = ("数字需再核对", "文字需修改", "附表需补充", "暂缓报送")


class ReportMovedOnError(UserFacingError):
    """A button speaks of a report as it no longer stands."""

    def __init__(self, report: WorkReport) -> None:
        super().__init__(
            f"《{report.name}》现为“{STATE_WORDS[report.state]}”，"
            "这个按钮已不适用，请发送 /报告 查看"
        )


class NobodyToCheckError(UserFacingError):
    """Nobody may check or sign a report besides its author."""

    def __init__(self, role: str) -> None:
        super().__init__(f"除起草人外没有可以{role}的人，没有送出。请在配置中补充人员")


def start(
    tx: Transaction, desk: Desk, person: Person, kind: str, during: Range, department: str
) -> WorkReport:
    """Begin a report; its words are counted next, outside this transaction."""
    demand(person, "draft_report")
    report = WorkReport(
        office=desk.office,
        kind=kind,
        department=department,
        year=during.year,
        month=during.month,
        months=during.months,
        name=f"{during.title}{KIND_WORDS[kind]}",
        drafted_by=person.id,
        drafted_at=tx.now,
    )
    tx.session.add(report)
    tx.session.flush()
    note(tx, report, person, "report_drafted")
    return report


def rewrite(tx: Transaction, person: Person, report: WorkReport, place: str, text: str) -> None:
    """Put a paragraph in somebody's own words; "" takes the composed words back."""
    demand(person, "draft_report")
    demand_state(report, "draft")
    texts = {key: value for key, value in report.texts.items() if key != place}
    report.texts = texts | ({place: text} if text else {})
    note(tx, report, person, "report_rewritten", text=text or None, place=place)


def submit(tx: Transaction, desk: Desk, person: Person, report: WorkReport) -> list[Person]:
    """Hand a draft to who checks it; where no second person is wanted it is signed at once.

    Raises:
        NobodyToCheckError: there is nobody.
    """
    demand(person, "draft_report")
    demand_state(report, "draft")
    if not desk.notices.second_person:
        _sign(tx, person, report)
        return []
    chosen = checkers(tx, report)
    if not chosen:
        raise NobodyToCheckError("审核")
    report.state = "submitted"
    note(tx, report, person, "report_submitted", to=[one.id for one in chosen])
    return chosen


def check(tx: Transaction, desk: Desk, person: Person, report: WorkReport) -> list[Person]:
    """Pass a report on to the deputy; a department's report is done with this.

    Raises:
        NobodyToCheckError: there is no deputy.
    """
    del desk
    demand(person, "check_report")
    _demand_other(person, report)
    demand_state(report, "submitted")
    signing = signers(tx, report)
    if report.kind != "department" and not signing:
        raise NobodyToCheckError("签发")
    report.checked_by, report.checked_at = person.id, tx.now
    report.state = "checked"
    note(tx, report, person, "report_checked")
    if report.kind == "department":
        _sign(tx, person, report)
        return []
    return signing


def sign(tx: Transaction, person: Person, report: WorkReport) -> None:
    """Sign a checked report; its papers are made next."""
    demand(person, "sign_report")
    _demand_other(person, report)
    demand_state(report, "checked")
    _sign(tx, person, report)


def give_back(tx: Transaction, person: Person, report: WorkReport, reason: str) -> None:
    """Give a report back to its author, with a reason."""
    demand(person, "check_report" if report.state == "submitted" else "sign_report")
    demand_state(report, "submitted", "checked")
    report.state, report.checked_by, report.checked_at = "draft", None, None
    note(tx, report, person, "report_returned", reason=reason)


def discard(tx: Transaction, person: Person, report: WorkReport) -> None:
    """Take a draft back."""
    demand(person, "draft_report")
    demand_state(report, "draft")
    report.state = "discarded"
    note(tx, report, person, "report_discarded")


def file(tx: Transaction, person: Person, report: WorkReport, day: date, receipt: str) -> None:
    """Note that a signed report was sent to the city office, when, and what came back."""
    demand(person, "draft_report")
    demand_state(report, "signed", "filed")
    report.state, report.filed_on = "filed", day
    note(tx, report, person, "report_filed", text=receipt or None, day=day)


def checkers(tx: Transaction, report: WorkReport) -> list[Person]:
    """Return who may check a report: a case head, and who stands in for one who is away."""
    return [one for one in _holding(tx, report, "case_head") if may(one, "check_report")]


def signers(tx: Transaction, report: WorkReport) -> list[Person]:
    """Return who may sign a report: a deputy, and who stands in for one who is away."""
    return [one for one in _holding(tx, report, "deputy") if may(one, "sign_report")]


def _holding(tx: Transaction, report: WorkReport, role: str) -> list[Person]:
    """Return who holds a role, stand-ins first; neither the author nor who stands in for him."""
    readers = addressees.holders(tx.session, report.office, role)
    held = people.with_role(tx.session, report.office, role)
    found = {
        one.person.id: one.person
        for one in readers
        if one.principal is None or one.principal.id != report.drafted_by
    }
    found |= {one.id: one for one in held}
    return [one for one in found.values() if one.id != report.drafted_by]


def demand_state(report: WorkReport, *states: str) -> None:
    """Raise ReportMovedOnError unless a report stands in one of these states."""
    if report.state not in states:
        raise ReportMovedOnError(report)


def note(
    tx: Transaction,
    report: WorkReport,
    person: Person | None,
    act: str,
    *,
    text: str | None = None,
    **data: object,
) -> None:
    """Record what happened to a report; its version counts, so that old buttons are known."""
    report.version += 1
    tx.record(
        act,
        f"report:{report.id}",
        actor=f"person:{person.id}" if person else "system",
        data={
            "kind": report.kind,
            "department": report.department,
            "year": report.year,
            "month": report.month,
            "months": report.months,
            "state": report.state,
            **data,
        },
        text=text,
    )


def _sign(tx: Transaction, person: Person, report: WorkReport) -> None:
    report.state, report.signed_by, report.signed_at = "signed", person.id, tx.now
    note(tx, report, person, "report_signed")


def _demand_other(person: Person, report: WorkReport) -> None:
    if person.id == report.drafted_by:
        raise RefusedError("check_report" if report.state == "submitted" else "sign_report")
