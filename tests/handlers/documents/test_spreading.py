from __future__ import annotations

from typing import TYPE_CHECKING

from docx import Document
from docx.oxml.ns import qn

from handlers.documents.spreading import mark, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

CHARACTER = 190
"""A Chinese character of 9.5 points, in twentieths of a point."""


def widths(*rows: Sequence[str]) -> list[int]:
    """The widths of a table's columns once it is spread."""
    paper = Document()
    table = paper.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    mark(table)
    spread(paper.element.body)
    return [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid]


def test_among_many_columns_the_names_of_the_rows_keep_seven_characters() -> None:
    heads = ("组别", *("自动巡查件数",) * 9, "整改率")
    first, *others = widths(heads, ("刑事（含未检）", *("100",) * 9, "100.0%"))
    assert first >= 7 * CHARACTER
    assert first > max(others)


def test_short_dates_leave_room_for_a_number_of_a_paper() -> None:
    number, *days, result = widths(
        ("文号", "制发", "收到", "应回复", "回复", "结果"),
        ("海东检案管流监〔2026〕13号", "06-08", "06-23", "07-03", "—", "待答复"),
    )
    assert number > 2 * max(*days, result)
