from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.documents.rendering import render
from handlers.documents.work_report_facts import (
    ReportPart,
    ReportRow,
    ReportTable,
    WorkReportFacts,
)
from tests.support.docx_text import opened

if TYPE_CHECKING:
    from docx.table import _Row

    from handlers.desk import Clearance


def rows(clearance: Clearance, *notes: str) -> list[_Row]:
    """The rows of a table of three lines, as it is printed in a report."""
    lines = tuple(ReportRow((f"{place}号", "1")) for place in (1, 2, 3))
    facts = WorkReportFacts(
        office="海州市东港区人民检察院",
        name="2026年6月流程监控工作报告",
        during="2026年6月1日至6月30日",
        sender="案件管理办公室",
        made_on=date(2026, 7, 1),
        ledger_head="36:0123",
        parts=(
            ReportPart("一、", ("甲。",), (), (ReportTable("表", ("项", "数"), lines, notes),)),
        ),
    )
    paper = render("work_report", facts, templates=None, clearance=clearance)
    return list(opened(paper).tables[0].rows)


def stays_with_next(row: _Row) -> set[bool]:
    return {
        bool(paragraph.paragraph_format.keep_with_next)
        for cell in row.cells
        for paragraph in cell.paragraphs
    }


@pytest.mark.parametrize("clearance", ["intranet", "internet"])
def test_the_last_row_stays_on_a_page_with_the_note_under_it(clearance: Clearance) -> None:
    *others, last = rows(clearance, "定义。", "再一条。")
    assert stays_with_next(last) == {True}
    assert [stays_with_next(row) for row in others] == [{False}] * 3
    assert [cell.text for cell in last.cells] == ["3号", "1"]


def test_without_a_note_no_row_is_kept() -> None:
    assert [stays_with_next(row) for row in rows("intranet")] == [{False}] * 4
