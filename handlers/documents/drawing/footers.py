"""Footers: the page number as official documents have it, and the ledger's head below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from handlers.documents.drawing.page import (
    BODY,
    CENTRE,
    LEFT,
    NOTE_SIZE,
    PAGE_FONT,
    RIGHT,
    set_font,
    shape,
)

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.section import _Footer
    from docx.text.paragraph import Paragraph

NUMBER_SIZE = Pt(14)


def number_pages(paper: Paper) -> None:
    """Number the pages — 1 —: odd ones on the right, even ones on the left, one character in."""
    paper.settings.odd_and_even_pages_header_footer = True
    section = paper.sections[0]
    _fill(section.footer, RIGHT)
    _fill(section.even_page_footer, LEFT)


def _fill(footer: _Footer, align: WD_ALIGN_PARAGRAPH) -> None:
    footer.is_linked_to_previous = False
    number = shape(footer.paragraphs[0], align=align, line=Pt(18))
    indents = number._element.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - character units
    side = "right" if align == RIGHT else "left"
    indents.set(qn(f"w:{side}"), str(14 * 20))
    set_font(number.add_run("— "), PAGE_FONT, NUMBER_SIZE)
    _page_field(number)
    set_font(number.add_run(" —"), PAGE_FONT, NUMBER_SIZE)
    head = shape(footer.add_paragraph(), align=CENTRE, line=Pt(14))
    set_font(head.add_run("留痕流水头 {{ 流水头 }}"), BODY, NOTE_SIZE)


def _page_field(paragraph: Paragraph) -> None:
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = set_font(paragraph.add_run(), PAGE_FONT, NUMBER_SIZE)
        if kind == "instruction":
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        elif kind == "shown":
            run.text = "1"
            continue
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._element.append(element)  # noqa: SLF001 - a field has no other way in
