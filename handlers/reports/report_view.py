"""A work report in a chat: its words with their places, and the buttons of whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.reports.report_flow import KIND_WORDS, RETURN_REASONS, STATE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from storage.models.people import Person
    from storage.models.work_reports import WorkReport
    from storage.transaction import Transaction

MOST_CHARACTERS = 3200
CUT = "……其余见预览。"
_FILING = "报送上级后请点“已报送”登记日期和回执。"


def paragraphs(report: WorkReport) -> Iterator[tuple[str, str, str]]:
    """Return each paragraph as its key, its place as it is shown (1.2), and its words."""
    for part, (_, told) in enumerate(report.words):
        for number, text in enumerate(told):
            key = f"{part}.{number}"
            yield key, f"{part + 1}.{number + 1}", str(report.texts.get(key, text))


def text_of(report: WorkReport) -> str:
    """Say a report's words, each paragraph with its place."""
    lines = [f"《{report.name}》{_to(report)}{STATE_WORDS[report.state]}"]
    told = list(paragraphs(report))
    for part, (heading, _) in enumerate(report.words):
        lines.append(str(heading))
        lines += [
            f"{shown} {text}{'（已改）' if key in report.texts else ''}"
            for key, shown, text in told
            if key.startswith(f"{part}.")
        ]
    said = "\n".join(lines)
    return said if len(said) <= MOST_CHARACTERS else f"{said[:MOST_CHARACTERS]}{CUT}"


def draft(tx: Transaction, person: Person, report: WorkReport) -> tuple[str, tell.Rows]:
    """Show a draft to its author."""
    offers = [("预览", "preview"), ("改一段", "rewrite_menu"), ("送审", "submit")]
    return text_of(report), _rows(tx, person, report, [*offers, ("撤销草稿", "discard")])


def rewriting(tx: Transaction, person: Person, report: WorkReport) -> tuple[str, tell.Rows]:
    """Offer the paragraphs to be rewritten, and the way back."""
    pressable = [
        _button(tx, person, report, shown, "rewrite", place=key)
        for key, shown, _ in paragraphs(report)
    ]
    pressable.append(_button(tx, person, report, "返回", "open"))
    return f"{text_of(report)}\n请选择要改的一段：", tell.rows(pressable, per_row=5)


def to_check(tx: Transaction, person: Person, report: WorkReport) -> tuple[str, tell.Rows]:
    """Show a report to who checks or signs it."""
    word = "审核通过" if report.state == "submitted" else "签发"
    offers = [("预览", "preview"), (word, "pass"), ("退回", "return_menu")]
    return text_of(report), _rows(tx, person, report, offers)


def returning(tx: Transaction, person: Person, report: WorkReport) -> tuple[str, tell.Rows]:
    """Offer the reasons for giving a report back."""
    pressable = [
        _button(tx, person, report, reason, "return", reason=reason) for reason in RETURN_REASONS
    ]
    pressable.append(_button(tx, person, report, "返回", "open"))
    return f"《{report.name}》退回理由：", tell.rows(pressable, per_row=2)


def signed(tx: Transaction, person: Person, report: WorkReport) -> tuple[str, tell.Rows]:
    """Tell that a report is signed; its author is offered to note that it was filed."""
    if not report.sha256:
        return f"《{report.name}》{_to(report)}已签发，正在归档。", ()
    said = f"《{report.name}》{_to(report)}已签发归档，校验值 {(report.sha256 or '')[:16]}。"
    if report.kind == "department" or person.id != report.drafted_by:
        return said, ()
    offers = [("已报送", "filed"), ("预览", "preview")]
    return f"{said}\n{_FILING}", _rows(tx, person, report, offers)


def listed(tx: Transaction, person: Person, reports: Iterable[WorkReport]) -> tuple[str, tell.Rows]:
    """List reports that are on their way."""
    lines, pressable = ["在办的报告："], []
    for place, one in enumerate(reports, 1):
        name = f"{one.name}{_to(one)}"
        lines.append(f"{place}. {name} · {STATE_WORDS[one.state]}")
        pressable.append(_button(tx, person, one, f"{place} {KIND_WORDS[one.kind]}", "open"))
    return "\n".join(lines), tell.rows(pressable, per_row=3)


def _to(report: WorkReport) -> str:
    return f"（{report.department}）" if report.department else " "


def _rows(
    tx: Transaction, person: Person, report: WorkReport, offers: Iterable[tuple[str, str]]
) -> tell.Rows:
    return tell.rows((_button(tx, person, report, label, act) for label, act in offers), per_row=4)


def _button(
    tx: Transaction, person: Person, report: WorkReport, label: str, act: str, **data: object
) -> tuple[str, str]:
    record = ("report", report.id, report.version)
    return tell.record_button(tx, person, record, label, f"work_report_{act}", dict(data))
