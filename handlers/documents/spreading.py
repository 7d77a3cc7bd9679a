"""Tables whose columns come from a loop: their widths are known only once the loop has run."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.table import Table

MARK = "spread"
_TEXT_WIDTH = 8844
"""The width of the text in twentieths of a point: 156 mm."""
_PADDING = 230
"""Left and right of a cell's text, with the line, in twentieths of a point."""
_HALF = 105
"""Half a Chinese character, which is a digit's width, at 10.5 points."""
_LEAST, _MOST = 6, 36
"""A column is at least three characters wide, and wants no more than eighteen in a line."""
_LEAST_OF_MANY, _NAME = 4, 14
"""Among many columns two must do, so that the names of the rows keep seven."""
_LONGEST_WORD = 14
"""Dates, percentages and numbers stay in one piece; what is longer may break."""
_NARROW = 1.35
"""Letters and digits beside half a Chinese character, in the widest of the usual fonts."""
_FIRST_WIDE = 0x2E80
_WORD = re.compile(r"[0-9A-Za-z.,%+\-/:]+")
_MANY = 9
"""From so many columns on the figures would break; the table is set a size smaller."""
_SMALLER, _SMALLER_HALF = "19", 95
"""9.5 points, in half points; half a character of it, in twentieths of a point."""


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
    widths = _widths(
        [[_text(row[place]) for row in rows if len(row) > place] for place in range(count)]
    )
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


def _widths(columns: Sequence[Sequence[str]]) -> list[int]:
    """Give each column what its words need, and of the rest the more, the more it would fill."""
    many = len(columns) >= _MANY
    half, least = (_SMALLER_HALF, _LEAST_OF_MANY) if many else (_HALF, _LEAST)
    needs = [_PADDING + half * max(_need(cell, least) for cell in cells) for cells in columns]
    if many:
        needs[0] = max(needs[0], _PADDING + half * min(_NAME, max(map(_length, columns[0]))))
    wishes = [
        max(need, _PADDING + half * min(_MOST, max(map(_length, cells))))
        for need, cells in zip(needs, columns, strict=True)
    ]
    spare, wanted = _TEXT_WIDTH - sum(needs), sum(wishes) - sum(needs)
    if spare <= 0 or wanted <= 0:
        return _scaled(needs)
    if wanted <= spare:
        return _scaled(wishes)
    return _scaled(
        [need + (wish - need) * spare / wanted for need, wish in zip(needs, wishes, strict=True)]
    )


def _scaled(widths: Sequence[float]) -> list[int]:
    return [int(_TEXT_WIDTH * width / sum(widths)) for width in widths]


def _length(text: str) -> int:
    """Measure a text in halves of a Chinese character."""
    narrow = sum(ord(letter) < _FIRST_WIDE for letter in text)
    return ceil(_NARROW * narrow) + 2 * (len(text) - narrow)


def _need(text: str, least: int) -> int:
    """Return how wide a cell must be at least for its words to stay in one piece."""
    words = (_length(word) for word in _WORD.findall(text))
    whole = max((length for length in words if length <= _LONGEST_WORD), default=0)
    return max(whole, min(least, _length(text)))


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
