"""《案件流程监控通知书》, in full and as a pointer, and the receipt slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.documents.drawing.footers import number_pages
from handlers.documents.drawing.page import (
    HEADING,
    LEFT,
    blank,
    control,
    heading,
    sheet,
    title,
    write,
)
from handlers.documents.drawing.parts import (
    DATE_LINE,
    head,
    note,
    receipt,
    replaced_note,
    signature,
)
from handlers.documents.drawing.tables import control_row, head_row, plain_row, ruled, spanning

if TYPE_CHECKING:
    from docx.document import Document as Paper

COLUMNS = {"序号": 12, "案卡项或文书": 36, "现填内容": 42, "应为或待核": 42, "备注": 24}
REPLY = (
    "请你部门自收到本通知书之日起{{ 回复期限 }}以内查明上述情况，属实的依法纠正，"
    "并将核查情况书面回复我部门（依据{{ 回复依据 }}）。有不同意见的，请一并说明理由和依据。"
)


def notice() -> Paper:
    """Draw the notice: letter, table of problems, receipt slip, each on its own page."""
    paper = sheet()
    head(paper, "案件流程监控通知书", "{{ 文号 }}")
    write(paper, "{{ 致送部门 }}：", align=LEFT, indent=False)
    write(paper, "我部门在流程监控中发现，你部门办理的下列案件有需要查明的情况，现通知如下：")
    control(paper, "{%p for 条 in 问题 %}")
    heading(paper, "{{ 条.汉字序号 }}、{{ 条.案件名称 }}")
    write(
        paper,
        "部门受案号{{ 条.部门受案号 }}，{{ 条.案件类别 }}，承办检察官{{ 条.承办检察官 }}，"
        "问题编号{{ 条.编号 }}。",
    )
    write(paper, "情况：{{ 条.事实 }}")
    control(paper, "{%p if 条.计算过程 %}")
    write(
        paper,
        "计算：{% for 步 in 条.计算过程 %}{{ 步 }}"
        "{% if not loop.last %}；{% endif %}{% endfor %}。",
    )
    control(paper, "{%p endif %}")
    write(paper, "依据：{{ 条.依据 }}。")
    _repeated(paper)
    write(paper, "情节：{{ 条.级别 }}。请你部门：{{ 条.请求 }}")
    control(paper, "{%p endfor %}")
    write(paper, REPLY).paragraph_format.keep_with_next = True
    _attachments(paper)
    signature(paper, "{{ 院名 }}{{ 发文部门 }}", "{{ 落款日期 }}")
    _table(paper)
    note(paper, "处理方式：{{ 处理方式 }}。监控人：{{ 监控人 }}。签发人：{{ 签发人 }}。")
    control(paper, "{%p if 抄送 %}")
    note(paper, "抄送：{{ 抄送 }}。")
    control(paper, "{%p endif %}")
    replaced_note(paper)
    _slip(paper)
    number_pages(paper)
    return paper


def notice_pointer() -> Paper:
    """Draw the pointer version: tails, rules, term dates, columns; the rest stays at home."""
    paper = sheet()
    head(paper, "案件流程监控通知书（指引版）", "{{ 文号 }}")
    write(paper, "{{ 致送部门 }}：", align=LEFT, indent=False)
    write(paper, "我部门在流程监控中发现，你部门办理的下列案件有需要查明的情况：")
    control(paper, "{%p for 条 in 问题 %}")
    heading(paper, "{{ 条.汉字序号 }}、{{ 条.案件类别 }} {{ 条.案件尾号 }}（{{ 条.编号 }}）")
    write(
        paper,
        "监控规则：{{ 条.监控规则 }}；情节{{ 条.级别 }}"
        "{% if 条.届满日期 %}；{{ 条.届满日期 }}届满{% endif %}。",
    )
    write(
        paper,
        "请核对的栏目：{% for 卡 in 条.案卡 %}{{ 卡.栏目 }}"
        "{% if not loop.last %}、{% endif %}{% endfor %}。",
    )
    write(paper, "依据：{{ 条.依据 }}。")
    _repeated(paper)
    control(paper, "{%p endfor %}")
    write(paper, "案件名称、事实和案卡内容不在本件，请登录系统查看，或以送达的纸质文书为准。")
    write(paper, REPLY).paragraph_format.keep_with_next = True
    signature(paper, "{{ 院名 }}{{ 发文部门 }}", "{{ 落款日期 }}")
    replaced_note(paper)
    number_pages(paper)
    return paper


def receipt_slip() -> Paper:
    """Draw the slip by itself, filled as far as the delivery is known."""
    paper = sheet()
    title(paper, "{{ 院名 }}")
    title(paper, "送达回执")
    blank(paper)
    cells = {
        "送达文书": "《{{ 送达文书 }}》",
        "文号": "{{ 文号 }}",
        "份数": "{{ 份数 }}",
        "送达部门": "{{ 送达部门 }}",
        "受送达部门": "{{ 受送达部门 }}",
        "送达方式": _or_line("送达方式"),
        "送达人": _or_line("送达人"),
        "签收人（签名）": _or_line("签收人"),
        "收到日期": "{% if 收到日期 %}{{ 收到日期 }}{% else %}" + DATE_LINE + "{% endif %}",
        "备注": _or_line("备注"),
    }
    receipt(paper, cells)
    replaced_note(paper)
    number_pages(paper)
    return paper


def _repeated(paper: Paper) -> None:
    control(paper, "{%p if 条.重复情况 %}")
    write(paper, "重复情况：{{ 条.重复情况 }}。")
    control(paper, "{%p endif %}")


def _or_line(name: str) -> str:
    return f"{{% if {name} %}}{{{{ {name} }}}}{{% endif %}}"


def _attachments(paper: Paper) -> None:
    blank(paper)
    spacer = paper.paragraphs[-1]
    first = write(paper, "附件：1. 问题对照表")
    control(paper, "{%p for 件 in 附件 %}")
    more = write(paper, "　　　{{ loop.index + 1 }}. {{ 件 }}")
    control(paper, "{%p endfor %}")
    for line in (spacer, first, more):
        line.paragraph_format.keep_with_next = True


def _table(paper: Paper) -> None:
    mark = write(paper, "附件1", font=HEADING, align=LEFT, indent=False)
    mark.paragraph_format.page_break_before = True
    title(paper, "问题对照表")
    note(paper, "所属文书：《案件流程监控通知书》　{{ 文号 }}")
    table = ruled(paper, tuple(COLUMNS.values()))
    head_row(table, tuple(COLUMNS))
    control_row(table, "for 条 in 问题")
    spanning(table, "{{ 条.汉字序号 }}、编号{{ 条.编号 }}。依据：{{ 条.依据 }}")
    control_row(table, "for 卡 in 条.案卡")
    plain_row(
        table,
        (
            "{{ 卡.序号 }}",
            "{{ 卡.栏目 }}",
            "{{ 卡.现填内容 }}",
            "{{ 卡.待核内容 }}",
            "{% if 卡.备注 %}{{ 卡.备注 }}{% endif %}",
        ),
        centred=(0,),
    )
    control_row(table, "endfor")
    control_row(table, "endfor")


def _slip(paper: Paper) -> None:
    title(paper, "{{ 院名 }}", new_page=True)
    title(paper, "送达回执")
    blank(paper)
    cells = {
        "送达文书": "《案件流程监控通知书》",
        "文号": "{{ 文号 }}",
        "份数": "1",
        "送达部门": "{{ 发文部门 }}",
        "受送达部门": "{{ 致送部门 }}",
        "送达人": "",
        "签收人（签名）": "",
        "收到日期": DATE_LINE,
        "备注": "",
    }
    receipt(paper, cells)
