"""Make official texts as files people hand in: Word documents, pdf pages, pictures."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import matplotlib as mpl
from docx import Document
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

CJK_FONTS = ["Noto Sans CJK SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei"]


def docx(path: Path, lines: Iterable[str], table: Sequence[Sequence[str]] = ()) -> Path:
    """Write a Word document of paragraphs, with one table at its end."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        made = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(str(path))
    return path


def docx_bomb(path: Path, megabytes: int) -> Path:
    """Write a Word document whose text unpacks to far more than its size."""
    document = io.BytesIO()
    Document().save(document)
    with zipfile.ZipFile(document) as given, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as to:
        for entry in given.infolist():
            if entry.filename != "word/document.xml":
                to.writestr(entry.filename, given.read(entry))
        to.writestr("word/document.xml", b" " * (megabytes << 20))
    return path


def pdf(path: Path, pages: Iterable[Sequence[str]]) -> Path:
    """Print lines on pages, with a text layer."""
    with mpl.rc_context({"pdf.fonttype": 42, "font.sans-serif": CJK_FONTS}), PdfPages(path) as out:
        for lines in pages:
            page = Figure(figsize=(8, 11))
            for place, line in enumerate(lines):
                page.text(0.08, 0.95 - 0.03 * place, line, fontsize=11, family="sans-serif")
            out.savefig(page)
    return path


def scanned_pdf(path: Path) -> Path:
    """Make a page that is a picture alone."""
    with PdfPages(path) as out:
        page = Figure(figsize=(4, 4))
        page.add_subplot().imshow([[0.0, 1.0], [1.0, 0.0]])
        page.axes[0].set_axis_off()
        out.savefig(page)
    return path
