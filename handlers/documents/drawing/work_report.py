"""The work report: parts with paragraphs, charts and tables; tables have as many columns as asked.

The pointer version is the same without the lists of cases, which its facts do not even hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Pt

from handlers.documents.drawing.footers import number_pages
from handlers.documents.drawing.page import (
    CENTRE,
    HEADING,
    LEFT,
    TABLE_SIZE,
    blank,
    control,
    heading,
    sheet,
    title,
    write,
)
from handlers.documents.drawing.parts import note, replaced_note, signature, small_print
from handlers.documents.drawing.tables import column_loop, control_row, ruled
from handlers.documents.spreading import mark

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.table import Table, _Row

CELL_SIZE = Pt(10.5)
WIDTHS = (12, 132, 12)
"""The template's own three cells; the columns of a report are spread after rendering."""
CELLS, CELL = "格 in 行.格", "{{ 格 }}"


def work_report() -> Paper:
    """Draw the report in full."""
    return _report(lists=True)


def work_report_pointer() -> Paper:
    """Draw the version that may travel: figures only."""
    return _report(lists=False)


def _report(*, lists: bool) -> Paper:
    paper = sheet()
    control(paper, "{%p if 草稿 %}")
    write(paper, "草稿，尚未审签", size=Pt(14), align=CENTRE, indent=False)
    control(paper, "{%p endif %}")
    title(paper, "{{ 院名 }}")
    title(paper, "{{ 报告名称 }}")
    write(paper, "（{{ 统计范围 }}）", size=Pt(14), align=CENTRE, indent=False)
    blank(paper)
    control(paper, "{%p if 致送 %}")
    write(paper, "{{ 致送 }}：", align=LEFT, indent=False)
    control(paper, "{%p endif %}")
    control(paper, "{%p for 份 in 部分 %}")
    heading(paper, "{{ 份.标题 }}")
    control(paper, "{%p for 段 in 份.段落 %}")
    write(paper, "{{ 段 }}")
    control(paper, "{%p endfor %}")
    control(paper, "{%p for 图 in 份.图 %}")
    _picture(paper)
    control(paper, "{%p endfor %}")
    control(paper, "{%p for 表 in 份.表 %}")
    _table(paper)
    control(paper, "{%p endfor %}")
    control(paper, "{%p endfor %}")
    signature(paper, "{{ 报告部门 }}", "{{ 落款日期 }}", space=1)
    _signers(paper, lists=lists)
    _annexes(paper, "附表")
    if lists:
        _annexes(paper, "清单")
    replaced_note(paper)
    number_pages(paper)
    return paper


def _picture(paper: Paper) -> None:
    picture = write(paper, "{{ 图.图像 }}", align=CENTRE, indent=False)
    # a picture on lines of a fixed height would be cut off
    picture.paragraph_format.line_spacing_rule = None
    picture.paragraph_format.line_spacing = 1.0
    picture.paragraph_format.keep_with_next = True
    write(paper, "{{ 图.图题 }}", size=TABLE_SIZE, align=CENTRE, indent=False)
    blank(paper)


def _table(paper: Paper) -> None:
    caption = write(
        paper, "{{ 表.标题 }}", font=HEADING, size=TABLE_SIZE, align=CENTRE, indent=False
    )
    caption.paragraph_format.keep_with_next = True
    table = ruled(paper, WIDTHS)
    mark(table)
    column_loop(table, "栏 in 表.栏目", "{{ 栏 }}", head=True)
    control_row(table, "for 行 in 表.行")
    # the note under a table never stands on a page by itself
    control_row(table, "if loop.last and 表.说明")
    column_loop(table, CELLS, CELL)
    _keep(table.rows[-1])
    control_row(table, "else")
    column_loop(table, CELLS, CELL)
    control_row(table, "endif")
    control_row(table, "endfor")
    _reset(table)
    control(paper, "{%p for 句 in 表.说明 %}")
    small_print(paper, "{{ 句 }}")
    control(paper, "{%p endfor %}")
    blank(paper)


def _keep(row: _Row) -> None:
    """Keep a row on a page with what follows it."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _reset(table: Table) -> None:
    """Set a table in the size that `spreading` measures by."""
    for row in table.rows:
        for cell in row.cells:
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                run.font.size = CELL_SIZE


def _signers(paper: Paper, *, lists: bool) -> None:
    if lists:
        control(paper, "{%p if 起草人 %}")
        note(
            paper,
            "起草：{{ 起草人 }}{% if 审核人 %}　　审核：{{ 审核人 }}{% endif %}"
            "{% if 签发人 %}　　签发：{{ 签发人 }}{% endif %}",
        )
        control(paper, "{%p endif %}")
    control(paper, "{%p if 流水号 %}")
    note(paper, "留痕流水第 {{ 流水号 }} 号")
    control(paper, "{%p endif %}")


def _annexes(paper: Paper, name: str) -> None:
    control(paper, f"{{%p if {name} %}}")
    heading(paper, name)
    control(paper, f"{{%p for 表 in {name} %}}")
    _table(paper)
    control(paper, "{%p endfor %}")
    control(paper, "{%p endif %}")
