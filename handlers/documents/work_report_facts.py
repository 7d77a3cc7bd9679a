"""What a work report says: headed parts of paragraphs, charts and tables, all of them figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from handlers.documents.naming import named

if TYPE_CHECKING:
    from datetime import date

    from handlers.documents.chart_facts import Chart


@dataclass(frozen=True)
class ReportRow:
    """One row of a table: its cells as they are printed."""

    cells: tuple[str, ...] = field(metadata=named("格", internet=True))


@dataclass(frozen=True)
class ReportTable:
    """A table with its title, its columns, its rows, and the definitions printed under it."""

    title: str = field(metadata=named("标题", internet=True))
    columns: tuple[str, ...] = field(metadata=named("栏目", internet=True))
    rows: tuple[ReportRow, ...] = field(metadata=named("行", internet=True, optional=True))
    notes: tuple[str, ...] = field(default=(), metadata=named("说明", internet=True, optional=True))


@dataclass(frozen=True)
class ReportChart:
    """A drawn chart with its caption."""

    chart: Chart = field(metadata=named("图像", internet=True))
    caption: str = field(metadata=named("图题", internet=True))


@dataclass(frozen=True)
class ReportPart:
    """One headed part of a report."""

    heading: str = field(metadata=named("标题", internet=True))
    paragraphs: tuple[str, ...] = field(
        default=(), metadata=named("段落", internet=True, optional=True)
    )
    charts: tuple[ReportChart, ...] = field(
        default=(), metadata=named("图", internet=True, optional=True)
    )
    tables: tuple[ReportTable, ...] = field(
        default=(), metadata=named("表", internet=True, optional=True)
    )


@dataclass(frozen=True)
class WorkReportFacts:
    """A work report; `lists` name cases and stay in the house, everything else is figures."""

    document_title: ClassVar[str] = "流程监控工作报告"

    office: str = field(metadata=named("院名", internet=True))
    name: str = field(metadata=named("报告名称", internet=True))
    during: str = field(metadata=named("统计范围", internet=True))
    sender: str = field(metadata=named("报告部门", internet=True))
    made_on: date = field(metadata=named("落款日期", internet=True))
    ledger_head: str = field(metadata=named("流水头", internet=True))
    parts: tuple[ReportPart, ...] = field(metadata=named("部分", internet=True))
    tables: tuple[ReportTable, ...] = field(
        default=(), metadata=named("附表", internet=True, optional=True)
    )
    lists: tuple[ReportTable, ...] = field(default=(), metadata=named("清单", optional=True))
    addressee: str = field(default="", metadata=named("致送", internet=True, optional=True))
    drafter: str = field(default="", metadata=named("起草人", optional=True))
    checker: str = field(default="", metadata=named("审核人", optional=True))
    signer: str = field(default="", metadata=named("签发人", optional=True))
    number: str = field(default="", metadata=named("流水号", internet=True, optional=True))
    draft: bool = False
