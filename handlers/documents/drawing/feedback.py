"""《流程监控反馈意见书》, in full and as a pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Pt

from handlers.documents.drawing.footers import number_pages
from handlers.documents.drawing.page import (
    LEFT,
    blank,
    control,
    heading,
    sheet,
    write,
)
from handlers.documents.drawing.parts import head, replaced_note, signature
from handlers.documents.drawing.tables import control_row, labelled, paired, ruled

if TYPE_CHECKING:
    from docx.document import Document as Paper

WIDTHS = (26, 48, 26, 56)
PROOFS = (
    "{% for 件 in 条.佐证材料 %}{{ loop.index }}. {{ 件 }}{% if not loop.last %}；{% endif %}"
    "{% else %}未附（未佐证）{% endfor %}"
)
DONE = (
    "{% if 条.纠正日期 %}{{ 条.纠正日期 }}完成{% elif 条.预计日期 %}预计{{ 条.预计日期 }}完成"
    "{% else %}未填{% endif %}"
)


def feedback() -> Paper:
    """Draw the form: which notice it answers, a block per problem, signature, review."""
    paper = sheet()
    head(paper, "流程监控反馈意见书", None)
    control(paper, "{%p if 本部门文号 %}")
    write(paper, "{{ 本部门文号 }}", align=LEFT, indent=False)
    control(paper, "{%p endif %}")
    write(paper, "{{ 致送部门 }}：", align=LEFT, indent=False)
    write(
        paper,
        "我部门于{{ 收到日期 }}收到《案件流程监控通知书》（{{ 所答通知书文号 }}），"
        "已逐条核查，现将核查情况反馈如下：",
    )
    _blocks(paper)
    head_line = write(paper, "部门负责人（签名）：{{ 部门负责人 }}")
    head_line.paragraph_format.space_before = Pt(12)
    head_line.paragraph_format.keep_with_next = True
    signature(paper, "{{ 反馈部门 }}", "{{ 签署日期 }}", space=1)
    blank(paper)
    _review(paper)
    replaced_note(paper)
    number_pages(paper)
    return paper


def feedback_pointer() -> Paper:
    """Draw the pointer version: numbers, tails, conclusions and days."""
    paper = sheet()
    head(paper, "流程监控反馈意见书（指引版）", None)
    write(paper, "{{ 致送部门 }}：", align=LEFT, indent=False)
    write(
        paper,
        "我部门于{{ 收到日期 }}收到《案件流程监控通知书》（{{ 所答通知书文号 }}），核查结论如下：",
    )
    control(paper, "{%p for 条 in 逐条 %}")
    heading(paper, "{{ 条.汉字序号 }}、{{ 条.案件尾号 }}（{{ 条.编号 }}）：{{ 条.核查结论 }}")
    write(paper, f"纠正：{DONE}。")
    control(paper, "{%p endfor %}")
    write(paper, "原因、纠正措施、佐证材料和异议不在本件，请登录系统查看。")
    signature(paper, "{{ 反馈部门 }}", "{{ 签署日期 }}")
    control(paper, "{%p if 复核 %}")
    write(paper, "复核结果：{{ 复核.结果 }}（{{ 复核.日期 }}）")
    control(paper, "{%p endif %}")
    replaced_note(paper)
    number_pages(paper)
    return paper


def _blocks(paper: Paper) -> None:
    table = ruled(paper, WIDTHS)
    control_row(table, "for 条 in 逐条")
    paired(
        table,
        ("问题序号", "{{ 条.汉字序号 }}（{{ 条.编号 }}）"),
        ("承办检察官", "{{ 条.承办检察官 }}"),
    )
    labelled(table, "案件", "{{ 条.案件名称 }}（{{ 条.部门受案号 }}）")
    labelled(table, "反映的问题", "{{ 条.问题 }}")
    paired(table, ("核查结论", "{{ 条.核查结论 }}"), ("纠正日期", DONE))
    labelled(table, "产生原因", "{{ 条.原因 }}")
    labelled(table, "纠正措施", "{{ 条.纠正措施 }}", kept=True)
    labelled(table, "佐证材料", PROOFS, kept=True)
    labelled(table, "异议及依据", "{% if 条.异议 %}{{ 条.异议 }}{% else %}无{% endif %}")
    control_row(table, "endfor")


def _review(paper: Paper) -> None:
    table = ruled(paper, WIDTHS)
    text = (
        "{% if 复核 %}{{ 复核.结果 }}。{{ 复核.意见 }}{% else %}"
        "□已纠正　□继续跟踪　□维持　□撤回{% endif %}"
    )
    labelled(table, "复核意见", text, height=22)
    paired(
        table,
        ("复核人", "{% if 复核 %}{{ 复核.复核人 }}{% endif %}"),
        ("日期", "{% if 复核 %}{{ 复核.日期 }}{% else %}　　年　月　日{% endif %}"),
    )
