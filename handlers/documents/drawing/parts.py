"""Parts that several papers share: head, signature with the seal's place, receipt, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Pt

from handlers.documents.drawing.page import (
    BODY,
    CENTRE,
    LEFT,
    RIGHT,
    TABLE_SIZE,
    blank,
    control,
    set_font,
    shape,
    title,
    write,
)
from handlers.documents.drawing.tables import labelled, ruled

if TYPE_CHECKING:
    from docx.document import Document as Paper

TO_SIGN = "　"
DATE_LINE = "　　　　年　　月　　日"


def head(paper: Paper, name: str, number: str | None) -> None:
    """Add the draft's mark, the office, the paper's name and its number, centred."""
    control(paper, "{%p if 草稿 %}")
    write(paper, "草稿，仅供审核，不得送达", size=Pt(14), align=RIGHT, indent=False)
    control(paper, "{%p endif %}")
    title(paper, "{{ 院名 }}")
    title(paper, name)
    if number is not None:
        blank(paper)
        write(paper, number, align=CENTRE, indent=False)
    blank(paper)


def signature(paper: Paper, who: str, day: str, *, space: int = 2) -> None:
    """Add who signs, with the place of the seal, and the day; both stay with the text above."""
    blank(paper, space)
    for spacer in paper.paragraphs[-space:]:
        spacer.paragraph_format.keep_with_next = True
    signer = write(paper, f"{who}（印章）", align=RIGHT, indent=False)
    signer.paragraph_format.keep_with_next = True
    shape(signer, align=RIGHT, right_characters=2)
    shape(write(paper, day, align=RIGHT, indent=False), align=RIGHT, right_characters=4)


def receipt(paper: Paper, cells: dict[str, str]) -> None:
    """Add the receipt slip's table and the line on returning it."""
    table = ruled(paper, (36, 120))
    for label, text in cells.items():
        labelled(table, label, text, height=13 if label != "备注" else 26)
    blank(paper)
    note(paper, "注：签收后请将本回执退回送达部门。回复期限自收到之日起计算。")


def note(paper: Paper, text: str) -> None:
    """Add a line in the table's size, flush left."""
    paragraph = paper.add_paragraph()
    set_font(paragraph.add_run(text), BODY, TABLE_SIZE)
    shape(paragraph, align=LEFT, line=Pt(20))
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(4)


def small_print(paper: Paper, text: str) -> None:
    """Add a definition under a table: smaller than the table, so that a page holds them all."""
    paragraph = paper.add_paragraph()
    set_font(paragraph.add_run(text), BODY, Pt(9))
    shape(paragraph, align=LEFT, line=Pt(13))
    paragraph.paragraph_format.space_before = Pt(2)


def replaced_note(paper: Paper) -> None:
    """Add the line that says signs were replaced, where they were."""
    control(paper, "{%p if 替代说明 %}")
    note(paper, "注：{{ 替代说明 }}")
    control(paper, "{%p endif %}")
