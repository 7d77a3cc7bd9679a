from __future__ import annotations

from collections import Counter
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from handlers.counting.measures import ALL
from handlers.counting.ranges import Range
from handlers.counting.tabling import TOTAL
from handlers.registers import books
from handlers.reports import work_report
from handlers.reports.work_report import Signatures
from knowledge import business_lines
from storage import ledger_export
from storage.ledger_export import Files
from tests.support.busy_months import BusyMonths
from tests.support.counting_office import facts_of
from tests.support.docx_text import tables
from tests.support.office_cards import FIRST
from tests.support.recount import Recount

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.reports.work_report import Kind, Papers
    from storage.session import Session
    from tests.support.office_desk import OfficeAtWork

JUNE = Range(2026, 6)
STANDING = "整改情况（已整改/整改中/待整改）"
SORTED = {
    "组别": "groups",
    "业务条线": "lines",
    "案件类别": "case_types",
    "承办部门": "departments",
}
NAMED = {"来源": "source", "程度": "severity", "规则": "title"}
NAMES = {f"{one.name}（{one.unit}）": key for key, one in ALL.items()} | {
    "有效率（%）": "effective_rate",
    "整改率（%）": "corrected_rate",
    "一审公诉平均办理天数（天）": "handling_days",
}


def papers(office: OfficeAtWork, kind: Kind, during: Range, department: str = "") -> Papers:
    counted = work_report.count(office.desk, facts_of(office), kind, during, department=department)
    return office.read(
        lambda session: work_report.papers(
            office.desk, session, counted, day=date(2026, 7, 3), signed=Signatures("陆明远")
        )
    )


def printed(paper: Papers) -> dict[str, list[list[str]]]:
    """The tables of a report as they stand in the docx, by their first heading."""
    return {table[0][0]: table for table in tables(paper.full)}


def exported(office: OfficeAtWork, folder: Path) -> Path:
    path = folder / "ledger.jsonl"
    ledger_export.export(office.database, Files(path), now=office.now, actor="operator")
    return path


def sheet(content: bytes, name: str) -> list[dict[str, Any]]:
    """A sheet's lines by their columns, without what stands under the table."""
    head, *rows = load_workbook(BytesIO(content))[name].iter_rows(values_only=True)
    lines = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return [line for line in lines if any(value is not None for value in list(line.values())[1:])]


def column(table: list[list[str]], title: str) -> dict[str, str]:
    """One column by row, without the row that adds up and without rows of nothing."""
    place = table[0].index(title)
    found = {row[0]: row[place] for row in table[1:] if row[0] not in {TOTAL, "（无）"}}
    return {name: value for name, value in found.items() if value not in {"0", "—"}}


@pytest.fixture
def lived(counted: OfficeAtWork) -> OfficeAtWork:
    BusyMonths(counted, 11).live(date(2026, 5, 25), date(2026, 7, 2), acts_a_day=7)
    return counted


@pytest.mark.parametrize(
    ("kind", "during"),
    [("monthly", JUNE), ("quarterly", Range(2026, 6, 3)), ("yearly", Range(2026, 12, 12))],
)
def test_the_figures_in_the_paper_are_those_of_a_second_count_of_the_export(
    lived: OfficeAtWork, tmp_path: Path, kind: Kind, during: Range
) -> None:
    again = Recount.of_file(exported(lived, tmp_path), during.start, during.end)
    paper = papers(lived, kind, during)
    found = printed(paper)
    compare_totals(found["项目"], again)
    for head, row in SORTED.items():
        if head not in found:
            continue
        watched = {name: str(count) for name, count in again.watched_by(row).items() if count}
        problems = {name: str(count) for name, count in again.problems_by(row).items() if count}
        assert column(found[head], "人工监控件数") == watched
        assert column(found[head], "问题数") == problems
    for head, key in NAMED.items():
        if head not in found:
            continue
        problems = {name: str(count) for name, count in again.problems_named(key).items() if count}
        assert column(found[head], "问题数") == problems
    told, totals = sheet(paper.book, "流水依据"), again.totals()
    written = {str(line["项目"]): line["数值"] for line in told if line["项目"] in NAMES}
    assert {NAMES[name]: number(value) for name, value in written.items()} == totals


def test_a_departments_paper_has_the_figures_of_a_second_count(
    lived: OfficeAtWork, tmp_path: Path
) -> None:
    again = Recount.of_file(exported(lived, tmp_path), JUNE.start, JUNE.end)
    lines = {row[0]: row[1] for row in printed(papers(lived, "department", JUNE, FIRST))["项目"]}
    names = {key: name for name, key in NAMES.items()}
    # a line of nothing is left out of this paper
    told = {key: number(lines.get(names[key], "0")) for key in again.of_department(FIRST)}
    assert told == again.of_department(FIRST)


def test_register_and_log_have_the_lines_of_a_second_count(
    lived: OfficeAtWork, tmp_path: Path
) -> None:
    again = Recount.of_file(exported(lived, tmp_path), date(2026, 1, 1), date(2026, 12, 31))
    facts = facts_of(lived)

    def register(session: Session) -> bytes:
        lines = business_lines.shipped()
        return books.register_book(
            session, facts, lines, "intranet", office=lived.desk.office, year=2026
        )

    def log(session: Session) -> bytes:
        return books.log_book(
            session, facts, "intranet", office=lived.desk.office, day=date(2026, 7, 2)
        )

    lines = sheet(lived.read(register), "流程监控台账2026年")
    told = [
        (one["承办部门"] or "", one["严重程度"] or "", one[STANDING] == "已整改") for one in lines
    ]
    assert Counter(told) == Counter(again.registered())
    days = {str(line["日期"])[:10]: line for line in sheet(lived.read(log), "流程监控日志2026年")}
    counts = {
        "自动发现数": again.found_by_day(),
        "人工复核后有效数": again.confirmed_by_day(),
    }
    for name, counted_again in counts.items():
        assert {day: line[name] for day, line in days.items() if line[name]} == counted_again


def number(told: object) -> float | None:
    return None if told == "—" else float(str(told).removesuffix("%"))


def compare_totals(table: list[list[str]], again: Recount) -> None:
    """Every line of the table of totals against the second count, as a number."""
    totals = again.totals()
    lines = {row[0]: row[1] for row in table[1:]}
    assert set(lines) == set(NAMES)
    for name, key in NAMES.items():
        assert number(lines[name]) == totals[key], name
