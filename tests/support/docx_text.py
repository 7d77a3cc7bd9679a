"""What a docx says, read back with python-docx: text, cells and footers."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document

if TYPE_CHECKING:
    from docx.document import Document as Paper


def opened(document: bytes) -> Paper:
    return Document(BytesIO(document))


def lines(document: bytes) -> list[str]:
    return [one.text for one in opened(document).paragraphs]


def cells(document: bytes) -> list[list[str]]:
    """Return every row of every table; a merged cell once."""
    rows = []
    for table in opened(document).tables:
        for row in table.rows:
            seen: list[str] = []
            last: object = None
            for cell in row.cells:
                if cell._tc is not last:
                    seen.append(cell.text)
                last = cell._tc
            rows.append(seen)
    return rows


def labelled(document: bytes, label: str) -> str:
    """Return the cell to the right of the first one with this label."""
    for row in cells(document):
        if label in row:
            return row[row.index(label) + 1]
    raise AssertionError(f"no cell {label!r}")


def everything(document: bytes) -> str:
    """Return all text: paragraphs, cells and both footers."""
    section = opened(document).sections[0]
    feet = [
        one.text for foot in (section.footer, section.even_page_footer) for one in foot.paragraphs
    ]
    return "\n".join([*lines(document), *("\t".join(row) for row in cells(document)), *feet])


def tables(document: bytes) -> list[list[list[str]]]:
    """Return every table as its rows of cells."""
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in opened(document).tables
    ]
