"""Frozen facts of papers: from what the database keeps to JSON, from JSON to what is rendered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from handlers.documents.chief_report_facts import ChiefReportFacts
from handlers.documents.feedback_facts import FeedbackFacts, FeedbackItem, ReviewOpinion
from handlers.documents.notice_facts import CardValue, NoticeFacts, NoticeItem, ReceiptSlip
from handlers.prompts.prompts import citation
from knowledge import case_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from handlers.documents.notice_facts import Handling

    Facts = NoticeFacts | FeedbackFacts | ChiefReportFacts | ReceiptSlip
    Stored = Mapping[str, Any]

ASKED = "请核对"
GRAVE: Handling
PLAIN: Handling
GRAVE, PLAIN = "发送案件流程监控通知书并向检察长报告", "发送案件流程监控通知书"


def problem(stored: Stored, others: Sequence[str]) -> NoticeItem:
    """Read one frozen problem; the tail grows until it is unique among the others."""
    return NoticeItem(
        finding=stored["finding"],
        case_no=stored["case_no"],
        tail=case_numbers.tail(stored["case_no"], others),
        case_name=stored["case_name"],
        case_type=stored["case_type"],
        prosecutor=stored["prosecutor"],
        rule=stored["rule"],
        fact=stored["fact"],
        values=tuple(CardValue(column, value, ASKED) for column, value in stored["values"]),
        steps=tuple(stored["steps"]),
        provisions=tuple(citation(one) for one in stored["provisions"]),
        level=stored["level"],
        ask=_asked(stored["ask"]),
        due=day(stored["due"]),
        repeat=stored.get("repeat"),
        juvenile=stored["juvenile"],
    )


def _asked(ask: str) -> str:
    """Go on after 请你部门：, where a message of its own says 请核对：."""
    asked = ask.replace("请核对：", "予以核对，", 1) if ask.startswith("请核对：") else ask
    return f"{asked.removeprefix('请').rstrip('。')}。"


def problems(stored: Sequence[Stored]) -> tuple[NoticeItem, ...]:
    """Read the frozen problems of a notice."""
    others = [one["case_no"] for one in stored]
    return tuple(problem(one, others) for one in stored)


def day(text: str | None) -> date | None:
    """Read a day as JSON keeps it."""
    return None if text is None else date.fromisoformat(text)


def notice(stored: Stored) -> NoticeFacts:
    """Read what a notice says."""
    return NoticeFacts(
        office=stored["office"],
        number=stored["number"],
        department=stored["department"],
        sender=stored["sender"],
        items=problems(stored["items"]),
        handling=GRAVE if stored["grave"] else PLAIN,
        watcher=stored["watcher"],
        approver=stored["approver"],
        issued_on=date.fromisoformat(stored["day"]),
        ledger_head=stored["ledger_head"],
        copy_to="检察长" if stored["grave"] else None,
        draft=stored["draft"],
    )


def chief_report(stored: Stored) -> ChiefReportFacts:
    """Read what the report to the chief says."""
    return ChiefReportFacts(
        office=stored["office"],
        chief="检察长",
        sender=stored["sender"],
        notice_number=stored["number"],
        department=stored["department"],
        items=problems(stored["items"]),
        reason=stored["reason"],
        done="要求该部门查明并纠正，自收到之日起十日以内书面回复。",
        proposal="请办案部门查明情况并书面说明；案件管理部门跟踪核对，并报告结果。",
        watcher=stored["watcher"],
        case_head=stored["approver"],
        reported_on=date.fromisoformat(stored["day"]),
        ledger_head=stored["ledger_head"],
        draft=stored["draft"],
    )


def feedback(stored: Stored) -> FeedbackFacts:
    """Read what a department's answer says."""
    others = [one["case_no"] for one in stored["items"]]
    return FeedbackFacts(
        office=stored["office"],
        department=stored["department"],
        addressee=stored["sender"],
        notice_number=stored["number"],
        received_on=date.fromisoformat(stored["received_on"]),
        items=tuple(_answer(one, others) for one in stored["items"]),
        head=stored["head"],
        signed_on=day(stored["day"]),
        ledger_head=stored["ledger_head"],
        review=_review(stored.get("review")),
        draft=stored["draft"],
    )


def _review(stored: Stored | None) -> ReviewOpinion | None:
    if stored is None:
        return None
    reviewed_on = date.fromisoformat(stored["day"])
    return ReviewOpinion(stored["outcome"], stored["opinion"], stored["reviewer"], reviewed_on)


def receipt(stored: Stored) -> ReceiptSlip:
    """Read what the receipt slip of a notice says."""
    return ReceiptSlip(
        office=stored["office"],
        title=NoticeFacts.document_title,
        number=stored["number"],
        department=stored["department"],
        sender=stored["sender"],
        ledger_head=stored["ledger_head"],
        deliverer=stored["watcher"],
        manner=stored["manner"],
        receiver=stored["receiver"],
        received_on=day(stored["received_on"]),
    )


def _answer(stored: Stored, others: Sequence[str]) -> FeedbackItem:
    return FeedbackItem(
        finding=stored["finding"],
        case_no=stored["case_no"],
        tail=case_numbers.tail(stored["case_no"], others),
        case_name=stored["case_name"],
        prosecutor=stored["prosecutor"],
        problem=stored["fact"],
        conclusion=stored["conclusion"],
        cause=stored["cause"],
        measure=stored["measure"],
        corrected_on=day(stored["corrected_on"]),
        planned_on=day(stored["planned_on"]),
        proofs=tuple(stored["proofs"]),
        objection=stored["objection"],
        juvenile=stored["juvenile"],
    )


READERS: Mapping[str, Callable[[Stored], Facts]] = {
    "notice": notice,
    "chief_report": chief_report,
    "feedback": feedback,
    "receipt": receipt,
}
"""How the facts of each paper are read; the key is its template's name too."""
