from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.cli.import_report import lines, report
from storage.exports.read import read_files
from tests.support.tables import LIST_HEADER, case_no, list_row, write_csv

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.cards import Sheet


def read(folder: Path) -> tuple[Sheet, ...]:
    rows = [
        [*LIST_HEADER, "嫌疑人编号", "审结日期", "民族", "统一受案号"],
        [*list_row(1), "88020120270000101", "快了", "汉族", "8.8E+16"],
        [*list_row(1), "88020120270000102", "", "", ""],
        [*list_row(2), "", "", "", ""],
        [*list_row(3, 部门受案号=""), "", "", "", ""],
    ]
    return read_files([write_csv(folder / "列表20270308.csv", rows)])


def test_the_report_for_machines_has_exactly_the_agreed_keys(tmp_path: Path) -> None:
    assert report(read(tmp_path)) == {
        "files": [
            {
                "name": "列表20270308.csv",
                "kind": "case_list",
                "rows": 4,
                "cases": 2,
                "persons": 2,
                "refused": [
                    {"row": 5, "column": "部门受案号", "reason": "没有受案号，无法对应到案件"}
                ],
                "unknown_columns": ["民族"],
                "damaged_columns": ["统一受案号"],
            }
        ]
    }


def test_the_report_for_people_says_what_was_not_understood(tmp_path: Path) -> None:
    said = "\n".join(lines(read(tmp_path), date(2027, 3, 8)))
    assert "列表20270308.csv：案件列表，4 行，2 件、2 人，拒收 1 行" in said
    assert "拒收：第 5 行“部门受案号”" in said
    assert "按空白读入：第 2 行“审结日期”，日期无法识别" in said
    assert "统一受案号" in said
    assert "没有读入：民族" in said
    assert "数据截至：2027-03-08" in said
    assert case_no(1) not in said
