"""Tables whose columns come from a loop: their widths are known only once the loop has run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.table import Table

MARK = "spread"
_TEXT_WIDTH = 8844
"""The width of the text in twentieths of a point: 156 mm."""
_FIRST, _SHORT = 1.7, 1.0
"""The first column names the rows; the others hold figures, unless a cell is long."""
_LONG = 12
"""A cell of more characters makes its column a wide one."""
_MANY = 9
"""From so many columns on the figures would break; the table is set a size smaller."""
_SMALLER = "19"
"""9.5 points, in half points."""


def mark(table: Table) -> None:
    """Mark a template's table as one whose columns are spread after rendering."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), MARK)
    table._tbl.tblPr.append(caption)  # noqa: SLF001 - python-docx knows no captions


def spread(tree: Any) -> None:
    """Give every marked table of a rendered body column widths that fill the text."""
    for table in tree.iter(qn("w:tbl")):
        caption = table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
        if caption is not None and caption.get(qn("w:val")) == MARK:
            _spread(table)


def _spread(table: Any) -> None:
    rows = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
    count = max(map(len, rows), default=0)
    if not count:
        return
    shares = [_share(place, rows) for place in range(count)]
    widths = [int(_TEXT_WIDTH * share / sum(shares)) for share in shares]
    if count >= _MANY:
        _set_smaller(table)
    grid = table.find(qn("w:tblGrid"))
    for column in list(grid):
        grid.remove(column)
    for width in widths:
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(width))
        grid.append(column)
    for row in rows:
        for cell, width in zip(row, widths, strict=False):
            _set_width(cell, width)


def _share(place: int, rows: list[list[Any]]) -> float:
    longest = max((len(_text(row[place])) for row in rows[1:] if len(row) > place), default=0)
    if longest > _LONG:
        return 2 * _FIRST
    return _FIRST if place == 0 else _SHORT


def _set_smaller(table: Any) -> None:
    for properties in table.iter(qn("w:rPr")):
        for name in ("w:sz", "w:szCs"):
            size = properties.find(qn(name))
            if size is not None:
                size.set(qn("w:val"), _SMALLER)


def _text(cell: Any) -> str:
    return "".join(one.text or "" for one in cell.iter(qn("w:t")))


def _set_width(cell: Any, width: int) -> None:
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        properties = OxmlElement("w:tcPr")
        cell.insert(0, properties)
    element = properties.find(qn("w:tcW"))
    if element is None:
        element = OxmlElement("w:tcW")
        properties.insert(0, element)
    element.set(qn("w:w"), str(width))
    element.set(qn("w:type"), "dxa")
