"""Write small export files of the shapes the case system gives, for tests that read them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

LIST_HEADER: list[object] = [
    "序号",
    "部门受案号",
    "案件名称",
    "案件类别",
    "承办单位",
    "承办检察官",
    "受理日期",
]
REPORT_HEADER: list[object] = [
    "部门受案号", "案件名称", "嫌疑人姓名", "嫌疑人编号", "受理日期", "承办检察官",
    "涉嫌案由", "审结日期", "审结处理结果", "不捕情形", "应当逮捕情形",
]  # fmt: skip
OFFICE = "海州市东港区人民检察院"


def case_no(sequence: int, word: str = "刑捕受") -> str:
    """Return an invented case number."""
    return f"海东检{word}[2027]880201{sequence:06}号"


def list_row(sequence: int, **changed: object) -> list[object]:
    """Return a row under LIST_HEADER, with the named columns changed."""
    row: dict[str, object] = {
        "序号": sequence,
        "部门受案号": case_no(sequence),
        "案件名称": f"某甲{sequence}盗窃案",
        "案件类别": "审查逮捕案件",
        "承办单位": OFFICE,
        "承办检察官": "林知秋",
        "受理日期": "2027-03-01",
    }
    return list((row | changed).values())


def report_row(sequence: int, person: int, **changed: object) -> list[object]:
    """Return a row under REPORT_HEADER, with the named columns changed."""
    row: dict[str, object] = {
        "部门受案号": case_no(sequence),
        "案件名称": f"某甲{sequence}盗窃案",
        "嫌疑人姓名": f"某甲{person}",
        "嫌疑人编号": f"880201202700{sequence:03}{person:02}",
        "受理日期": "2027-03-01",
        "承办检察官": "林知秋",
        "涉嫌案由": "盗窃罪",
        "审结日期": "",
        "审结处理结果": "",
        "不捕情形": "",
        "应当逮捕情形": "",
    }
    return list((row | changed).values())


def write_csv(path: Path, rows: Sequence[Sequence[object]], encoding: str = "utf-8-sig") -> Path:
    """Write rows as a csv file."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def sheet_of(rows: Sequence[Sequence[object]], title: str = "Sheet1") -> tuple[Workbook, Worksheet]:
    """Return a workbook with one sheet holding rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return book, sheet


def write_xlsx(path: Path, rows: Sequence[Sequence[object]], *, merge: Sequence[str] = ()) -> Path:
    """Write rows as a workbook of one sheet, with merged ranges such as A1:C1."""
    book, sheet = sheet_of(rows)
    for area in merge:
        sheet.merge_cells(area)
    book.save(path)
    return path
