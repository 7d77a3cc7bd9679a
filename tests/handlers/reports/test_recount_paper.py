from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.reports import work_report
from handlers.reports.measures import ALL
from handlers.reports.ranges import Range
from handlers.reports.tabling import TOTAL
from handlers.reports.work_report import Signatures
from storage import ledger_export
from storage.ledger_export import Files
from tests.support.busy_months import BusyMonths
from tests.support.counting_office import facts_of
from tests.support.docx_text import tables
from tests.support.recount import Recount

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office_desk import OfficeAtWork

JUNE = Range(2026, 6)
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


def printed(office: OfficeAtWork) -> dict[str, list[list[str]]]:
    """The tables of June's report as they stand in the docx, by their first heading."""
    counted = work_report.count(office.desk, facts_of(office), "monthly", JUNE)
    paper = office.read(
        lambda session: work_report.papers(
            office.desk, session, counted, day=date(2026, 7, 3), signed=Signatures("陆明远")
        )
    )
    return {table[0][0]: table for table in tables(paper.full)}


def column(table: list[list[str]], title: str) -> dict[str, str]:
    """One column by row, without the row that adds up and without rows of nothing."""
    place = table[0].index(title)
    found = {row[0]: row[place] for row in table[1:] if row[0] not in {TOTAL, "（无）"}}
    return {name: value for name, value in found.items() if value not in {"0", "—"}}


@pytest.mark.parametrize("seed", [11, 12])
def test_the_figures_in_the_paper_are_those_of_a_second_count_of_the_export(
    counted: OfficeAtWork, tmp_path: Path, seed: int
) -> None:
    BusyMonths(counted, seed).live(date(2026, 5, 25), date(2026, 7, 2), acts_a_day=7)
    path = tmp_path / "ledger.jsonl"
    ledger_export.export(counted.database, Files(path), now=counted.now, actor="operator")
    again = Recount.of_file(path, JUNE.start, JUNE.end)
    found = printed(counted)
    compare_totals(found["项目"], again)
    for head, row in SORTED.items():
        watched = {name: str(count) for name, count in again.watched_by(row).items() if count}
        problems = {name: str(count) for name, count in again.problems_by(row).items() if count}
        assert column(found[head], "人工监控件数") == watched
        assert column(found[head], "问题数") == problems
    for head, key in NAMED.items():
        problems = {name: str(count) for name, count in again.problems_named(key).items() if count}
        assert column(found[head], "问题数") == problems


def compare_totals(table: list[list[str]], again: Recount) -> None:
    """Every line of the table of totals against the second count, as a number."""
    totals = again.totals()
    lines = {row[0]: row[1] for row in table[1:]}
    assert set(lines) == set(NAMES)
    for name, key in NAMES.items():
        told, counted = lines[name], totals[key]
        assert (None if told == "—" else float(told.removesuffix("%"))) == counted, name
