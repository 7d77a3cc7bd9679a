from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from handlers.counting.measures import ALL
from tests.support.docx_text import opened, tables
from tests.support.recounted_print import every_table, told, written
from tests.support.recounted_reports import ASKED, again_of

if TYPE_CHECKING:
    from handlers.counting.ranges import Range
    from handlers.reports.work_report import Kind
    from tests.support.recounted_print import Printed
    from tests.support.recounted_reports import Written

NAMES = {key: f"{one.name}（{one.unit}）" for key, one in ALL.items()} | {
    "effective_rate": "有效率（%）",
    "corrected_rate": "整改率（%）",
    "handling_days": "一审公诉平均办理天数（天）",
}
PROOF = "流水依据"
ALTERNATIVE = re.compile(r'<wp:docPr[^>]* descr="([^"]*)"')
OF_KIND = {
    "monthly": {
        *("组别", "问题类别", "承办部门", "项目", "业务条线", "案件类别", "来源", "程度"),
        *("性质", "规则", "月份", "文号", "监控日期"),
    },
    "quarterly": {"组别", "问题类别", "承办部门", "项目", "规则", "文号"},
    "yearly": {
        *("组别", "问题类别", "承办部门", "项目", "业务条线", "案件类别", "来源", "程度"),
        *("性质", "规则", "月份", "文号"),
    },
    "department": {"问题类别", "项目", "文号", "监控日期"},
}


def by_head(content: bytes) -> dict[str, list[list[str]]]:
    return {table[0][0]: table[1:] for table in tables(content)}


def rows_of(printed: list[list[str]]) -> Printed:
    return {row[0]: tuple(row[1:]) for row in printed}


@pytest.mark.parametrize(("kind", "during", "department"), ASKED)
def test_every_cell_of_a_printed_table_is_that_of_a_second_count(
    reports: Written, kind: Kind, during: Range, department: str
) -> None:
    again = again_of(reports.lines, during, department)
    printed = by_head(reports.papers[kind, during, department].full)
    assert set(printed) == OF_KIND[kind]
    expected = every_table(again.now, again.span, NAMES)
    for head in set(printed) & set(expected):
        # the annex of a department leaves out what is nothing
        zeros = not (department and head == "项目")
        assert rows_of(printed[head]) == told(expected[head], zeros=zeros), head


@pytest.mark.parametrize(("kind", "during", "department"), ASKED)
def test_every_line_of_a_printed_list_is_that_of_a_second_count(
    reports: Written, kind: Kind, during: Range, department: str
) -> None:
    again = again_of(reports.lines, during, department)
    printed = by_head(reports.papers[kind, during, department].full)
    expected = {"文号": again.lists.listed_notices(), "监控日期": again.lists.listed_problems()}
    for head in set(printed) & set(expected):
        rows = [tuple(row) for row in printed[head] if row[0] != "（无）"]
        assert rows == expected[head], head


@pytest.mark.parametrize(("kind", "during", "department"), ASKED)
def test_every_cell_of_the_workbook_is_that_of_a_second_count(
    reports: Written, kind: Kind, during: Range, department: str
) -> None:
    again = again_of(reports.lines, during, department)
    expected = every_table(again.now, again.span, NAMES)
    book = load_workbook(BytesIO(reports.papers[kind, during, department].book))
    found: dict[str, Printed] = {}
    for sheet in book:
        head, *rows = sheet.iter_rows(values_only=True)
        # what stands under a table fills its first column only
        filled = [row for row in rows if any(cell is not None for cell in row[1:])]
        name = str(head[0] if sheet.title != PROOF else PROOF)
        found[name] = {str(row[0]): tuple(map(written, row[1:])) for row in filled}
    values = {name: cells[:1] for name, cells in found.pop(PROOF).items()}
    assert values.items() >= {name: cells[:1] for name, cells in expected["项目"].items()}.items()
    assert found == expected


@pytest.mark.parametrize(("kind", "during", "department"), ASKED)
def test_every_number_of_a_chart_is_that_of_a_second_count(
    reports: Written, kind: Kind, during: Range, department: str
) -> None:
    again = again_of(reports.lines, during, department)
    told = ALTERNATIVE.findall(opened(reports.papers[kind, during, department].full).element.xml)
    charts = [] if department else [again.trend_chart(), again.classes_chart()]
    assert told == [one for one in charts if one]
