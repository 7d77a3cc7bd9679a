"""Make official texts as files people hand in: Word documents, pdf pages, pictures."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from docx import Document
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from PIL import Image, ImageDraw, ImageFilter, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_PAPER, _EDGE, _PITCH, _LETTER, _PER_LINE = (1240, 1754), 150, 52, 29, 32
"""Pixels of an A4 page at 150 dots an inch, and letters on a line."""
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


def scanned_pages(
    path: Path, pages: Iterable[Sequence[str]], *, askew: float = 0.6, noise: float = 12.0
) -> Path:
    """Make pages as a scanner gives them: pictures alone, a little askew, blurred and grainy.

    Paragraphs begin with an indent, and lines break at the right edge, as in print.
    """
    random = np.random.default_rng(7)
    font = ImageFont.truetype(findfont(FontProperties(family=CJK_FONTS)), _LETTER)
    pictures = []
    for number, paragraphs in enumerate(pages, 1):
        page = Image.new("L", _PAPER, 250)
        pen = ImageDraw.Draw(page)
        lines = [line for one in paragraphs for line in _broken(one)]
        for place, line in enumerate([*lines, "", f"— {number} —"]):
            pen.text((_EDGE, _EDGE + place * _PITCH), line, font=font, fill=30)
        page = page.rotate(askew, resample=Image.Resampling.BICUBIC, fillcolor=245)
        page = page.filter(ImageFilter.GaussianBlur(0.6))
        grainy = np.asarray(page).astype(float) + random.normal(0, noise, page.size[::-1])
        pictures.append(Image.fromarray(grainy.clip(0, 255).astype("uint8")))
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=150)
    return path


def _broken(paragraph: str) -> Iterable[str]:
    left = f"\u3000\u3000{paragraph}"
    while left:
        yield left[:_PER_LINE]
        left = left[_PER_LINE:]


def scanned_pdf(path: Path, *, stamp: str = "") -> Path:
    """Make a page that is a picture alone, but for what a scanner stamped on it."""
    with mpl.rc_context({"pdf.fonttype": 42, "font.sans-serif": CJK_FONTS}), PdfPages(path) as out:
        page = Figure(figsize=(4, 4))
        axes = page.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.imshow([[0.0, 1.0], [1.0, 0.0]])
        axes.set_axis_off()
        if stamp:
            page.text(0.1, 0.02, stamp, fontsize=8, family="sans-serif")
        out.savefig(page)
    return path
