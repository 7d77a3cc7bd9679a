"""Ruled tables whose cells hold placeholders; a row may repeat for every entry of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from handlers.documents.drawing.page import (
    BODY,
    CENTRE,
    HEADING,
    LEFT,
    TABLE_SIZE,
    set_font,
    shape,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as Paper
    from docx.table import Table, _Cell, _Row

ROW_LINE = Pt(18)
PADDING = {"top": 40, "left": 85, "bottom": 40, "right": 85}
"""Cell margins in twentieths of a point."""


def ruled(paper: Paper, widths: Sequence[int]) -> Table:
    """Add a table with a column for every width in millimetres, rules all round, no row yet."""
    table: Table = paper.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _pad(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call] # the one untyped call of the library
    return row


def _pad(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side, width in PADDING.items():
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx knows no cell margins
    properties.find(qn("w:tblLook")).addprevious(margins)


def head_row(table: Table, titles: Sequence[str]) -> None:
    """Add the head, repeated on every page the table runs over."""
    row = _row(table)
    for cell, text in zip(row.cells, titles, strict=True):
        fill(cell, text, font=HEADING, centred=True)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx knows no head rows


def control_row(table: Table, statement: str) -> None:
    """Add a row that only steers the template and leaves no trace."""
    _row(table).cells[0].text = f"{{%tr {statement} %}}"


def plain_row(table: Table, cells: Sequence[str], *, centred: Sequence[int] = ()) -> _Row:
    """Add one row of cells."""
    row = whole(_row(table))
    for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
        fill(cell, text, centred=place in centred)
    return row


def spanning(table: Table, text: str) -> None:
    """Add a row of one cell across all columns, kept on a page with the row below."""
    row = whole(_row(table))
    cell = row.cells[0].merge(row.cells[-1])
    fill(cell, text)
    cell.paragraphs[0].paragraph_format.keep_with_next = True


def whole(row: _Row) -> _Row:
    """Keep a row from being torn by the end of a page, unless it is longer than one."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - no setter
    return row


def labelled(table: Table, label: str, text: str, *, height: int = 0, kept: bool = False) -> None:
    """Add a row with a label in the first column and a text across the others.

    `kept`: on one page with the row below.
    """
    row = _row(table)
    fill(row.cells[0], label, font=HEADING, centred=True)
    fill(row.cells[1].merge(row.cells[-1]), text)
    for cell in (row.cells[0], row.cells[1]):
        cell.paragraphs[0].paragraph_format.keep_with_next = kept
    if height:
        row.height = Mm(height)


def paired(table: Table, first: tuple[str, str], second: tuple[str, str]) -> None:
    """Add a row with two labels, each followed by its text."""
    row = _row(table)
    for place, (label, text) in enumerate((first, second)):
        fill(row.cells[2 * place], label, font=HEADING, centred=True)
        fill(row.cells[2 * place + 1], text)


def fill(cell: _Cell, text: str, *, font: str = BODY, centred: bool = False) -> None:
    """Write a text into a cell, in the table's size, vertically in the middle."""
    paragraph = cell.paragraphs[0]
    set_font(paragraph.add_run(text), font, TABLE_SIZE)
    shape(paragraph, align=CENTRE if centred else LEFT, line=ROW_LINE)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def column_loop(
    table: Table, loop: str, text: str, *, head: bool = False, around: str | None = None
) -> None:
    """Add a row with a cell for each turn of a loop; with `around` such a row for each turn of it.

    `head`: it is repeated on every page the table runs over.
    """
    if around is not None:
        control_row(table, f"for {around}")
    row = whole(_row(table))
    fill(row.cells[0], f"{{%tc for {loop} %}}")
    fill(row.cells[1], text, font=HEADING if head else BODY, centred=True)
    fill(row.cells[2], "{%tc endfor %}")
    if head:
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx knows no head rows
    if around is not None:
        control_row(table, "endfor")
