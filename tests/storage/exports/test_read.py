"""What files of the known shapes hold is read whole, whatever stands around the table."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from storage.exports.faults import ExportError
from storage.exports.read import read_file, read_files
from tests.support.tables import (
    LIST_HEADER,
    OFFICE,
    REPORT_HEADER,
    case_no,
    list_row,
    report_row,
    sheet_of,
    write_csv,
    write_xlsx,
)

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.cards import Sheet


def lines(sheet: Sheet) -> list[int]:
    return [row.line for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    rows = [LIST_HEADER, list_row(1, 案件名称="庞䶮，盗窃\n案"), list_row(2)]
    sheet = read_file(write_csv(tmp_path / "列表.csv", rows, encoding))
    assert [row.case_no for row in sheet.rows] == [case_no(1), case_no(2)]
    assert sheet.rows[0].values["案件名称"] == "庞䶮，盗窃 案"
    assert lines(sheet) == [2, 4]


def test_a_csv_may_be_divided_by_tabs(tmp_path: Path) -> None:
    path = tmp_path / "列表.csv"
    text = "\n".join("\t".join(map(str, row)) for row in (LIST_HEADER, list_row(1)))
    path.write_text(text, encoding="utf-8")
    assert read_file(path).rows[0].case_no == case_no(1)


def test_titles_above_and_totals_below_are_no_data(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [f"{OFFICE}案件列表"],
        ["", "导出时间：", "2027-03-08 08:30"],
        [],
        list(LIST_HEADER),
        list_row(1),
        [],
        list_row(2),
        list(LIST_HEADER),
        list_row(3),
        ["", "合计", "3件"],
        ["制表人：林知秋", "", "审核人：某乙"],
        ["以上数据由系统导出"],
    ]
    sheet = read_file(write_xlsx(tmp_path / "列表.xlsx", rows, merge=["A1:G1"]))
    assert lines(sheet) == [5, 7, 9]
    assert (sheet.rows_read, sheet.refused, sheet.day) == (3, (), date(2027, 3, 8))


@pytest.mark.parametrize("footer", ["总计", "合 计：", "共 2 件", "本页合计", "小计"])
def test_a_total_is_told_by_its_word(tmp_path: Path, footer: str) -> None:
    rows: list[list[object]] = [LIST_HEADER, list_row(1), [footer, "2件", "", "", "", "", ""]]
    sheet = read_file(write_csv(tmp_path / "列表.csv", rows))
    assert (lines(sheet), sheet.refused) == ([2], ())


def test_rows_without_number_or_with_an_unreadable_acceptance_are_refused(tmp_path: Path) -> None:
    header: list[object] = [
        str(heading).replace("受理日期", "受理时间 ") for heading in LIST_HEADER
    ]
    rows: list[list[object]] = [
        header,
        list_row(1, 部门受案号=" 无 "),
        list_row(2, 受理日期="待补"),
        list_row(3, 部门受案号="/", 受理日期="待补"),
        list_row(4, 受理日期="-"),
        list_row(5, 部门受案号="东检刑诉受[2019]00137号"),
    ]
    sheet = read_file(write_csv(tmp_path / "列表.csv", rows))
    assert [(one.row, one.column) for one in sheet.refused] == [
        (2, "部门受案号"),
        (3, "受理时间"),
        (4, "部门受案号"),
    ]
    assert lines(sheet) == [5, 6]
    assert sheet.rows[0].values["受理日期"] is None
    assert sheet.rows_read == 5


def test_other_cells_that_cannot_be_read_are_blank_and_named(tmp_path: Path) -> None:
    rows = [[*LIST_HEADER, "审结日期"], [*list_row(1), "快了"]]
    sheet = read_file(write_csv(tmp_path / "列表.csv", rows))
    assert sheet.rows[0].values["决定日期"] is None
    assert [(one.row, one.column, one.reason) for one in sheet.unread_cells] == [
        (2, "审结日期", "日期无法识别")
    ]


def test_one_number_in_any_brackets_is_one_case(tmp_path: Path) -> None:
    written = case_no(1)
    spellings = (
        written,
        written.replace("[", "〔").replace("]", "〕"),
        written.replace("[", "（").replace("]", "） "),
        written.replace("号", " 号"),
        written.replace("2027", "２０２７"),
    )
    rows = [LIST_HEADER, *(list_row(1, 部门受案号=one) for one in spellings)]
    sheet = read_file(write_csv(tmp_path / "列表.csv", rows))
    assert {row.case_no for row in sheet.rows} == {written}


def test_a_person_report_is_told_by_its_headings(tmp_path: Path) -> None:
    rows = [REPORT_HEADER, report_row(1, 1), report_row(1, 2), report_row(2, 1)]
    sheet = read_file(write_xlsx(tmp_path / "随便什么名字.xlsx", rows))
    assert (sheet.kind, sheet.report) == ("person_report", "010101")
    assert len({(row.case_no, row.person_no) for row in sheet.rows}) == 3


def test_a_report_with_too_few_columns_has_no_stage(tmp_path: Path) -> None:
    rows = [row[:-2] for row in (REPORT_HEADER, report_row(1, 1))]
    sheet = read_file(write_xlsx(tmp_path / "010101.xlsx", rows))
    assert (sheet.kind, sheet.report) == ("person_report", None)


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("错误明细", "error_list"),
        ("冲突说明", "error_list"),
        ("文书类别", "publication_list"),
        ("不公开原因", "case_list"),
        ("嫌疑人编号", "case_list"),
        ("证件号码", "case_list"),
    ],
)
def test_the_kind_follows_from_the_columns(tmp_path: Path, column: str, kind: str) -> None:
    rows = [[*LIST_HEADER, column], [*list_row(1), "某"]]
    assert read_file(write_csv(tmp_path / "表.csv", rows)).kind == kind


def test_unknown_columns_are_listed_and_their_values_are_not_kept(tmp_path: Path) -> None:
    rows = [[*LIST_HEADER, "证件号码", "民族"], [*list_row(1), "110101199001011234", "汉族"]]
    sheet = read_file(write_csv(tmp_path / "表.csv", rows))
    assert sheet.unknown_columns == ("证件号码", "民族")
    assert "110101199001011234" not in str(sheet)


def test_a_column_without_a_heading_is_passed_over(tmp_path: Path) -> None:
    rows: list[list[object]] = [["", *LIST_HEADER], ["✓", *list_row(1)]]
    sheet = read_file(write_csv(tmp_path / "表.csv", rows))
    assert (sheet.rows[0].case_no, sheet.unknown_columns) == (case_no(1), ())


def test_headings_are_kept_as_written(tmp_path: Path) -> None:
    header: list[object] = [
        str(heading).replace("承办检察官", "主办检察官") for heading in LIST_HEADER
    ]
    sheet = read_file(write_csv(tmp_path / "表.csv", [header, list_row(1)]))
    assert sheet.headings["承办检察官"] == "主办检察官"


def test_a_header_of_two_lines_with_groups_is_read(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["序号", "通报批次", "案件信息", "", "", "错误情况", ""],
        ["", "", "部门受案号", "案件名称", "案件类别", "错误明细", "备注"],
        [1, "第3期", case_no(1), "某甲盗窃案", "审查逮捕案件", "审结早于受理", ""],
        [2, "", case_no(2), "某乙盗窃案", "审查逮捕案件", "未填前科", ""],
        [3, "", case_no(3), "某丙盗窃案", "审查逮捕案件", "未填前科", ""],
    ]
    merge = ["A1:A2", "B1:B2", "C1:E1", "F1:G1", "B3:B4"]
    sheet = read_file(write_xlsx(tmp_path / "通报.xlsx", rows, merge=merge))
    assert sheet.kind == "error_list"
    assert list(sheet.headings) == [
        "序号", "通报批次", "部门受案号", "案件名称", "案件类别", "错误明细", "备注",
    ]  # fmt: skip
    assert [row.values["通报批次"] for row in sheet.rows] == ["第3期", "第3期", None]
    assert lines(sheet) == [3, 4, 5]


def test_a_group_of_the_whole_case_names_other_fields(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["部门受案号", "嫌疑人编号", "审结日期", "全案", ""],
        ["", "", "", "审结日期", "审结处理结果"],
        [case_no(1), "88020120270000101", "2027-03-04", "2027-03-05", "批准逮捕"],
    ]
    sheet = read_file(write_xlsx(tmp_path / "表.xlsx", rows, merge=["D1:E1"]))
    values = sheet.rows[0].values
    assert (values["决定日期"], values["全案审结日期"]) == (date(2027, 3, 4), date(2027, 3, 5))
    assert sheet.headings["全案审结日期"] == "全案_审结日期"


def test_a_case_merged_over_its_persons_reaches_each_of_them(tmp_path: Path) -> None:
    rows = [REPORT_HEADER, report_row(1, 1), report_row(1, 2, 部门受案号="", 案件名称="")]
    sheet = read_file(write_xlsx(tmp_path / "表.xlsx", rows, merge=["A2:A3", "B2:B3"]))
    assert [row.case_no for row in sheet.rows] == [case_no(1)] * 2


def test_data_may_lie_on_a_later_sheet_beside_hidden_ones(tmp_path: Path) -> None:
    book, _ = sheet_of([["封面"]], "封面")
    for title, rows in (("旧表", [LIST_HEADER, list_row(9)]), ("明细", [LIST_HEADER, list_row(1)])):
        added = book.create_sheet(title)
        for row in rows:
            added.append(list(row))
    book["旧表"].sheet_state = "hidden"
    book.save(tmp_path / "表.xlsx")
    assert [row.case_no for row in read_file(tmp_path / "表.xlsx").rows] == [case_no(1)]


def test_real_days_moments_and_numbers_of_excel_are_read(tmp_path: Path) -> None:
    header = [*LIST_HEADER, "审结日期", "办理天数", "是否归档"]
    row = [*list_row(1, 受理日期=datetime(2027, 3, 1, 9, 5)), date(2027, 3, 5), 5, True]  # noqa: DTZ001
    sheet = read_file(write_xlsx(tmp_path / "表.xlsx", [header, row]))
    values = sheet.rows[0].values
    assert (values["受理日期"], values["决定日期"]) == (date(2027, 3, 1), date(2027, 3, 5))
    assert (values["办理天数"], values["是否归档"]) == (5, "是")


def test_a_number_rounded_by_a_spreadsheet_is_left_out(tmp_path: Path) -> None:
    rows = [
        [*REPORT_HEADER, "统一受案号"],
        [*report_row(1, 1, 嫌疑人编号="8.80201E+16"), "8.80201E+16"],
        [*report_row(2, 1), "88020120270000100"],
    ]
    sheet = read_file(write_csv(tmp_path / "表.csv", rows))
    assert sheet.damaged_columns == ("嫌疑人编号", "统一受案号")
    assert sheet.rows[0].person_no is None
    assert "统一受案号" not in sheet.rows[0].values
    assert sheet.rows[1].values["统一受案号"] == "88020120270000100"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("列表20270308.csv", date(2027, 3, 8)),
        ("列表_2027-03-08(1).csv", date(2027, 3, 8)),
        ("列表2027年3月8日.csv", date(2027, 3, 8)),
        ("列表20270301-20270308.csv", None),
        ("列表20271399.csv", None),
        ("列表1202703081.csv", None),
    ],
)
def test_a_name_may_tell_the_day(tmp_path: Path, name: str, day: date | None) -> None:
    assert read_file(write_csv(tmp_path / name, [LIST_HEADER, list_row(1)])).day == day


def test_the_day_in_the_file_counts_before_the_day_in_its_name(tmp_path: Path) -> None:
    rows: list[list[object]] = [LIST_HEADER, list_row(1), ["制表日期：2027年3月9日"]]
    assert read_file(write_csv(tmp_path / "20270301.csv", rows)).day == date(2027, 3, 9)


def test_the_period_of_a_title_is_not_the_export_day(tmp_path: Path) -> None:
    rows: list[list[object]] = [["统计期间：2027-01-01至2027-03-01"], LIST_HEADER, list_row(1)]
    assert read_file(write_csv(tmp_path / "表.csv", rows)).day is None


def test_rows_that_contradict_each_other_are_told(tmp_path: Path) -> None:
    rows = [LIST_HEADER, list_row(1), list_row(1, 序号=2), list_row(1, 承办检察官="某乙")]
    sheet = read_file(write_csv(tmp_path / "表.csv", rows))
    assert sheet.notes == ("第 3 行和第 4 行是同一案件，内容不同，以后一行为准",)


def test_codes_never_seen_are_told(tmp_path: Path) -> None:
    rows = [[*LIST_HEADER, "强制措施"], [*list_row(1), "电子手环"]]
    sheet = read_file(write_csv(tmp_path / "表.csv", rows))
    assert sheet.notes == ("“强制措施”有未见过的值，原样保留：电子手环",)


def test_a_header_alone_is_an_export_without_rows(tmp_path: Path) -> None:
    sheet = read_file(write_csv(tmp_path / "表.csv", [LIST_HEADER]))
    assert (sheet.rows, sheet.rows_read) == ((), 0)


def test_the_same_bytes_have_the_same_hash(tmp_path: Path) -> None:
    rows = [LIST_HEADER, list_row(1)]
    first, second = (write_csv(tmp_path / name, rows) for name in ("a.csv", "b.csv"))
    sheets = read_files([first, second])
    assert sheets[0].sha256 == sheets[1].sha256
    assert len(sheets[0].sha256) == 64


def test_one_bad_file_refuses_the_whole_call(tmp_path: Path) -> None:
    good = write_csv(tmp_path / "好.csv", [LIST_HEADER, list_row(1)])
    bad = write_csv(tmp_path / "坏.csv", [["甲", "乙"], ["1", "2"]])
    with pytest.raises(ExportError, match=r"坏\.csv：找不到表头"):
        read_files([good, bad])
