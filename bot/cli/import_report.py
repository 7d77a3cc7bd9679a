"""What was understood of each export file, for machines and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from knowledge.cards import RefusedRow, Sheet

KIND_WORDS = {
    "case_list": "案件列表",
    "person_report": "人员明细",
    "error_list": "问题通报",
    "publication_list": "文书公开清单",
}


class RefusedReport(TypedDict):
    """A row that was not taken."""

    row: int
    column: str
    reason: str


class FileReport(TypedDict):
    """What was read of one file; `cases` and `persons` leave refused rows out."""

    name: str
    kind: str
    rows: int
    cases: int
    persons: int
    refused: list[RefusedReport]
    unknown_columns: list[str]
    damaged_columns: list[str]


class ImportReport(TypedDict):
    """What one call read."""

    files: list[FileReport]


def report(sheets: Iterable[Sheet]) -> ImportReport:
    """Return what was read, for machines."""
    return {"files": [_file(sheet) for sheet in sheets]}


def lines(sheets: Sequence[Sheet], day: date) -> Iterable[str]:
    """Say what was read, for people."""
    for sheet in sheets:
        yield from _file_lines(sheet)
    yield f"数据截至：{day}"


def _file(sheet: Sheet) -> FileReport:
    persons = {(row.case_no, row.person_no) for row in sheet.rows if row.person_no is not None}
    return {
        "name": sheet.name,
        "kind": sheet.kind,
        "rows": sheet.rows_read,
        "cases": len({row.case_no for row in sheet.rows}),
        "persons": len(persons),
        "refused": [
            {"row": one.row, "column": one.column, "reason": one.reason} for one in sheet.refused
        ],
        "unknown_columns": list(sheet.unknown_columns),
        "damaged_columns": list(sheet.damaged_columns),
    }


def _file_lines(sheet: Sheet) -> Iterable[str]:
    counts = _file(sheet)
    persons = f"、{counts['persons']} 人" if counts["persons"] else ""
    yield (
        f"{sheet.name}：{KIND_WORDS[sheet.kind]}，{counts['rows']} 行，"
        f"{counts['cases']} 件{persons}，拒收 {len(sheet.refused)} 行"
    )
    yield from _cells("拒收", sheet.refused)
    yield from _cells("按空白读入", sheet.unread_cells)
    if sheet.damaged_columns:
        damaged = "、".join(sheet.damaged_columns)
        yield f"  已损坏的栏目（数字末位丢失，请按文本格式重新导出）：{damaged}"
    if sheet.unknown_columns:
        yield f"  不认识的栏目，没有读入：{'、'.join(sheet.unknown_columns)}"
    yield from (f"  {note}" for note in sheet.notes)


def _cells(what: str, cells: Iterable[RefusedRow]) -> Iterable[str]:
    yield from (f"  {what}：第 {one.row} 行“{one.column}”，{one.reason}" for one in cells)
