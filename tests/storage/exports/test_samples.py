"""The sample exports read exactly as their page counts them."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.errors import UserFacingError
from storage.exports.read import read_file
from tests.support.shared import shared_folder

ARREST = "审查逮捕案件010101表1行4列受理合计（人）.xlsx"
PROSECUTION = "一审公诉案件020101表1行19列受理合计（人）.xlsx"


@pytest.mark.parametrize(
    ("name", "kind", "counts", "refused"),
    [
        (ARREST, "person_report", (61, 40, 60), [(38, "受理日期")]),
        (PROSECUTION, "person_report", (81, 55, 80), [(33, "部门受案号")]),
        ("案件列表_20260615.csv", "case_list", (66, 61, 0), [(22, "受理时间"), (40, "部门受案号")]),
        (
            "案件列表（第二周）.xls",
            "case_list",
            (65, 63, 0),
            [(10, "部门受案号"), (27, "受理日期")],
        ),
        ("案卡填录问题通报.xlsx", "error_list", (20, 18, 0), []),
        ("文书公开清单.xlsx", "publication_list", (24, 22, 0), []),
        ("受案号变成科学计数.xlsx", "case_list", (14, 14, 0), []),
    ],
)
def test_a_sample_is_counted_as_its_page_says(
    name: str, kind: str, counts: tuple[int, int, int], refused: list[tuple[int, str]]
) -> None:
    sheet = read_file(shared_folder("samples", "exports", name))
    cases = {row.case_no for row in sheet.rows}
    persons = {(row.case_no, row.person_no) for row in sheet.rows if row.person_no}
    assert (sheet.kind, (sheet.rows_read, len(cases), len(persons))) == (kind, counts)
    assert [(one.row, one.column) for one in sheet.refused] == refused
    assert sheet.unread_cells == ()
    assert sheet.unknown_columns == ()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("宏工作簿.xlsm", "带有宏"),
        ("加密.xlsx", "密码"),
        ("空表.xlsx", "空表"),
        ("不是表格.xlsx", "不是 csv、xlsx、xls 表格"),
        ("截断.xlsx", "已损坏或不完整"),
        ("缺列.csv", "没有“部门受案号”一列"),
        ("两列同名.csv", "“受理日期”的两列"),
    ],
)
def test_a_broken_sample_is_refused_in_one_sentence(name: str, why: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        read_file(shared_folder("samples", "exports", name))
    sentence = str(caught.value)
    assert sentence.startswith(f"{name}：")
    assert why in sentence
    assert "\n" not in sentence


def test_rounded_numbers_are_named_and_left_out() -> None:
    sheet = read_file(shared_folder("samples", "exports", "受案号变成科学计数.xlsx"))
    assert sheet.damaged_columns == ("统一受案号",)
    assert all("统一受案号" not in row.values for row in sheet.rows)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("案件列表_20260615.csv", date(2026, 6, 15)),
        ("案件列表（第二周）.xls", date(2026, 6, 22)),
        (ARREST, None),
        ("文书公开清单.xlsx", None),
    ],
)
def test_the_export_day_is_found(name: str, day: date | None) -> None:
    assert read_file(shared_folder("samples", "exports", name)).day == day


def test_a_merged_batch_reaches_every_row() -> None:
    sheet = read_file(shared_folder("samples", "exports", "案卡填录问题通报.xlsx"))
    batches = [row.values["通报批次"] for row in sheet.rows]
    assert batches[:10] == ["2026年第10期"] * 10
    assert len(set(batches)) == 2
    assert None not in batches


def test_the_sample_cases_are_a_list_with_persons() -> None:
    sheet = read_file(shared_folder("samples", "sample_cases.csv"))
    persons = {(row.case_no, row.person_no) for row in sheet.rows if row.person_no}
    cases = {row.case_no for row in sheet.rows}
    assert (sheet.kind, sheet.report, sheet.rows_read) == ("case_list", None, 21)
    assert (len(cases), len(persons)) == (20, 13)
