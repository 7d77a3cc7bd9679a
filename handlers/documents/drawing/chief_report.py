"""The one-page report to the chief procurator, in full and as a pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.documents.drawing.footers import number_pages
from handlers.documents.drawing.page import LEFT, blank, control, sheet, write
from handlers.documents.drawing.parts import head, replaced_note, signature
from handlers.documents.drawing.tables import labelled, ruled

if TYPE_CHECKING:
    from docx.document import Document as Paper

NAME = "关于严重流程监控问题的报告"
WIDTHS = (28, 128)
INSTRUCTION = "{% if 批示 %}{{ 批示 }}{% if 批示日期 %}（{{ 批示日期 }}）{% endif %}{% endif %}"


def chief_report() -> Paper:
    """Draw the report: place of the 批示 on top, then one table, so that it keeps to one page."""
    paper = sheet()
    head(paper, NAME, None)
    table = ruled(paper, WIDTHS)
    labelled(table, "{{ 致送职务 }}批示", INSTRUCTION, height=32)
    labelled(
        table,
        "问题",
        "{% for 条 in 问题 %}{{ 条.汉字序号 }}、{{ 条.案件名称 }}（{{ 条.部门受案号 }}，"
        "承办检察官{{ 条.承办检察官 }}，编号{{ 条.编号 }}）：{{ 条.事实 }}"
        "依据：{{ 条.依据 }}。{% if not loop.last %}\n{% endif %}{% endfor %}",
    )
    labelled(table, "报告理由", "{{ 严重理由 }}依据：{{ 报告依据 }}。")
    labelled(
        table,
        "已采取措施",
        "已向{{ 办案部门 }}发送《案件流程监控通知书》（{{ 通知书文号 }}）。{{ 已采取措施 }}",
    )
    labelled(table, "建议", "{{ 建议 }}")
    labelled(table, "监控人", "{{ 监控人 }}　　案管负责人：{{ 案管负责人 }}")
    signature(paper, "{{ 报告部门 }}", "{{ 落款日期 }}", space=1)
    replaced_note(paper)
    number_pages(paper)
    return paper


def chief_report_pointer() -> Paper:
    """Draw the pointer version: which notice, which tails, which rules."""
    paper = sheet()
    head(paper, f"{NAME}（指引版）", None)
    write(paper, "{{ 致送职务 }}：", align=LEFT, indent=False)
    write(
        paper,
        "我部门已向{{ 办案部门 }}发送《案件流程监控通知书》（{{ 通知书文号 }}），"
        "其中下列问题情节严重，依据{{ 报告依据 }}同时报告：",
    )
    control(paper, "{%p for 条 in 问题 %}")
    write(
        paper,
        "{{ 条.汉字序号 }}、{{ 条.案件类别 }} {{ 条.案件尾号 }}（{{ 条.编号 }}）："
        "{{ 条.监控规则 }}{% if 条.届满日期 %}，{{ 条.届满日期 }}届满{% endif %}。"
        "依据{{ 条.依据 }}。",
    )
    control(paper, "{%p endfor %}")
    write(paper, "案件名称、事实和建议不在本件，请登录系统查看。")
    blank(paper)
    signature(paper, "{{ 报告部门 }}", "{{ 落款日期 }}")
    replaced_note(paper)
    number_pages(paper)
    return paper
