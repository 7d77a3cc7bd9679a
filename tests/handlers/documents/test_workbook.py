from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.properties import PageSetupProperties

from handlers.documents import workbook
from handlers.documents.cell_text import MOST_CHARACTERS, fit_cell, sheet_name
from handlers.documents.plain_text import storable
from handlers.documents.workbook import (
    Column,
    Table,
    code_table,
    write,
    yearly,
)

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

    from handlers.documents.workbook import CellValue

COLUMNS = (Column("监控日期", 12), Column("部门受案号", 32), Column("问题个数", 8))
ROWS = (
    (date(2026, 6, 15), "云北检刑捕受[2026]990103000036号", 2),
    (date(2025, 12, 31), "37132920210000420", None),
)


def book(*tables: Table) -> Workbook:
    return load_workbook(BytesIO(write(tables, title="流程监控台账", ledger_head="318:3fa9")))


def read_back(value: CellValue) -> object:
    return book(Table("表", (Column("值"),), ((value,),))).active["A2"].value  # type: ignore[index]


def test_the_head_is_frozen_filtered_wide_enough_and_printed_on_every_page() -> None:
    sheet = book(Table("台账", COLUMNS, ROWS))["台账"]

    assert [cell.value for cell in sheet[1]] == ["监控日期", "部门受案号", "问题个数"]
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.column_dimensions["B"].width == 32
    assert sheet.print_title_rows == "$1:$1"


def test_a_sheet_prints_on_a4_across_with_title_and_ledger_head() -> None:
    sheet = book(Table("台账", COLUMNS, ROWS))["台账"]

    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == "9"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    head, foot = sheet.oddHeader, sheet.oddFooter
    assert sheet.sheet_properties.pageSetUpPr == PageSetupProperties(fitToPage=True)
    assert head is not None
    assert foot is not None
    assert head.center.text == "流程监控台账　台账"
    assert foot.left.text == "留痕流水头 318:3fa9"


def test_days_are_days_moments_local_moments_and_numbers_numbers() -> None:
    moment = datetime(2026, 6, 15, 1, 5, tzinfo=UTC)
    sheet = book(Table("表", (Column("值"),), ((date(2026, 6, 15),), (moment,), (3,), (None,))))[
        "表"
    ]

    assert sheet["A2"].value == datetime(2026, 6, 15)  # noqa: DTZ001 - a sheet knows no zones
    assert sheet["A2"].number_format == "yyyy-mm-dd"
    assert sheet["A3"].value == datetime(2026, 6, 15, 9, 5)  # noqa: DTZ001
    assert sheet["A3"].number_format == "yyyy-mm-dd hh:mm"
    assert sheet["A4"].value == 3
    assert sheet["A5"].value is None


def test_a_number_of_seventeen_digits_stays_text() -> None:
    cell = book(Table("台账", COLUMNS, ROWS))["台账"]["B3"]

    assert (cell.value, cell.data_type, cell.number_format) == ("37132920210000420", "s", "@")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_a_text_that_could_run_as_a_formula_is_made_harmless(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"

    assert read_back(text) == "'" + text.replace("\r", "\n")


@pytest.mark.parametrize("text", ["#N/A", "TRUE", "2026-06-15", "1e5", "=1+1"])
def test_a_text_is_never_read_as_something_else(text: str) -> None:
    cell = book(Table("表", (Column("值"),), ((text,),)))["表"]["A2"]

    assert cell.data_type == "s"
    assert str(cell.value).removeprefix("'") == text


@given(st.text(min_size=1, max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_other_text_is_kept_as_it_can_be_stored(text: str) -> None:
    written = fit_cell(text)

    assert written.removeprefix("'") in {storable(text), storable(text).removeprefix("'")}
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", ["甲&乙<丙>", "𠮷㐂👍", "多\n行", "  前后  ", "甲\x07乙"])
def test_rare_signs_come_back_from_a_sheet(text: str) -> None:
    assert read_back(text) == storable(text)


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    written = str(read_back("𠮷" * 40_000))

    assert len(written.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert written.endswith("……（单元格放不下，原文共 40000 字，全文见数据目录）")


def test_ten_thousand_characters_fit() -> None:
    assert read_back("一" * 10_000) == "一" * 10_000


def test_rows_are_split_into_a_sheet_a_year() -> None:
    tables = yearly("台账", COLUMNS, [*ROWS, (None, "无日期的", 1)], day=0)

    assert [table.name for table in tables] == ["台账2025年", "台账2026年", "台账无日期"]
    assert book(*tables).sheetnames == ["台账2025年", "台账2026年", "台账无日期"]


def test_the_code_sheet_says_what_codes_mean() -> None:
    sheet = book(code_table({"监控方式": {"2201": "口头通知", "2202": "发流程监控通知书"}}))["代码"]

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["代码类别", "代码", "含义"],
        ["监控方式", "2201", "口头通知"],
        ["监控方式", "2202", "发流程监控通知书"],
    ]


def test_names_that_a_sheet_may_not_have_are_mended_and_kept_apart() -> None:
    taken = {"台账".casefold()}

    assert sheet_name("台账", taken) == "台账(2)"
    assert sheet_name("a/b:c*[d]?", set()) == "a_b_c__d__"
    assert len(sheet_name("长" * 40, set())) == 31
    assert sheet_name("", set()) == "表"


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 1)

    sheets = book(Table("台账", COLUMNS, iter(ROWS)))

    assert sheets.sheetnames == ["台账", "台账(2)"]
    assert [sheet["B2"].value for sheet in sheets] == [row[1] for row in ROWS]


def test_a_table_without_rows_still_has_its_head() -> None:
    sheet = book(Table("台账", COLUMNS, ()))["台账"]

    assert [[cell.value for cell in row] for row in sheet] == [
        ["监控日期", "部门受案号", "问题个数"]
    ]


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    rows = (("短",), ("一二三四五六七八九十" * 3,), ("甲\n乙\n丙",), ("长" * 20_000,))
    sheet = book(Table("表", (Column("值", 21),), rows))["表"]

    heights = [sheet.row_dimensions[row].height for row in range(2, 6)]

    assert heights == [None, 42, 42, 409]
