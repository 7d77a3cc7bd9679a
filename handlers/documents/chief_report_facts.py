"""What the one-page report to the chief procurator says of a grave problem."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from handlers.documents.naming import named
from knowledge.rules.rule import Citation

if TYPE_CHECKING:
    from datetime import date

    from handlers.documents.notice_facts import NoticeItem

REPORT_PROVISION = Citation("人民检察院刑事诉讼规则", "第六百六十五条", 2, version="2019")


@dataclass(frozen=True)
class ChiefReportFacts:
    """The report that goes with a notice on a grave problem; the chief writes his 批示 on it.

    `chief` is a title (检察长), not a name: it also stands in the pointer version.
    """

    document_title: ClassVar[str] = "关于严重流程监控问题的报告"

    office: str = field(metadata=named("院名", internet=True))
    chief: str = field(metadata=named("致送职务", internet=True))
    sender: str = field(metadata=named("报告部门", internet=True))
    notice_number: str | None = field(
        metadata=named("通知书文号", internet=True, draft="草稿，未编文号")
    )
    department: str = field(metadata=named("办案部门", internet=True))
    items: tuple[NoticeItem, ...] = field(metadata=named("问题", internet=True))
    reason: str = field(metadata=named("严重理由"))
    done: str = field(metadata=named("已采取措施"))
    proposal: str = field(metadata=named("建议"))
    watcher: str = field(metadata=named("监控人"))
    case_head: str | None = field(metadata=named("案管负责人", draft="（待审核）"))
    reported_on: date = field(metadata=named("落款日期", internet=True))
    ledger_head: str = field(metadata=named("流水头", internet=True))
    instruction: str | None = field(default=None, metadata=named("批示", optional=True))
    instructed_on: date | None = field(default=None, metadata=named("批示日期", optional=True))
    provision: Citation = field(default=REPORT_PROVISION, metadata=named("报告依据", internet=True))
    draft: bool = False
