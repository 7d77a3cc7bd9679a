"""The record of an oral prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.documents.drawing.footers import number_pages
from handlers.documents.drawing.page import sheet
from handlers.documents.drawing.parts import head, note, replaced_note
from handlers.documents.drawing.tables import labelled, paired, ruled

if TYPE_CHECKING:
    from docx.document import Document as Paper

WIDTHS = (28, 56, 28, 44)


def oral_prompt() -> Paper:
    """Draw the record: one table, from the prompt to what came of it."""
    paper = sheet()
    head(paper, "流程监控口头提示记录", None)
    table = ruled(paper, WIDTHS)
    paired(table, ("问题编号", "{{ 编号 }}"), ("提示方式", "{{ 提示方式 }}"))
    paired(table, ("提示时间", "{{ 提示时间 }}"), ("提示人", "{{ 提示人 }}"))
    paired(table, ("承办部门", "{{ 承办部门 }}"), ("被提示人", "{{ 被提示人 }}"))
    labelled(table, "案件", "{{ 案件名称 }}（{{ 部门受案号 }}）")
    labelled(table, "问题", "{{ 问题 }}", height=30)
    labelled(table, "依据", "{{ 依据 }}")
    labelled(table, "提示要求", "{{ 请求 }}", height=20)
    paired(
        table,
        ("回复期限", "{% if 内部期限 %}{{ 内部期限 }}（内部要求）{% else %}无法定期限{% endif %}"),
        ("已读时间", "{% if 已读时间 %}{{ 已读时间 }}{% else %}未记录{% endif %}"),
    )
    labelled(table, "答复", "{% if 答复 %}{{ 答复 }}{% else %}尚未答复{% endif %}", height=30)
    labelled(
        table, "处理结果", "{% if 处理结果 %}{{ 处理结果 }}{% else %}尚未办结{% endif %}", height=20
    )
    labelled(table, "复核人", "{% if 复核人 %}{{ 复核人 }}{% else %}尚未复核{% endif %}")
    note(paper, "本记录由案件管理部门留存，不占文号。")
    replaced_note(paper)
    number_pages(paper)
    return paper
