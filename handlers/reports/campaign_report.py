"""专项监控报告: the three ready campaigns and free ones, in the seven parts of the layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.documents.citing import cite_all, written_day
from handlers.documents.rendering import render
from handlers.documents.work_report_facts import (
    ReportPart,
    ReportRow,
    ReportTable,
    WorkReportFacts,
)
from handlers.findings.case_reference import type_words
from handlers.reports import composing, layout
from handlers.reports.work_report import SENDER
from knowledge.rules.rule import Citation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path
    from typing import Any

    from handlers.campaigns.campaign_values import CampaignFacts, Problem
    from handlers.desk import Clearance
    from handlers.reports.composing import Written
    from knowledge.rules.rule import Rule

KIND = "campaign"
MOST_TYPICAL = 5
UNKNOWN = "不能统计"
NOTHING = "（无）"
CLEARANCES: tuple[Clearance, Clearance] = ("intranet", "internet")
WITHHELD = "（未成年人案件，隐名）"


def write(facts: CampaignFacts, rules: Mapping[str, Rule], templates: Path | None) -> Written:
    """Write a campaign's report from the layout.

    Raises:
        LayoutError, YamlError: the office's own layout cannot be used.
    """
    return composing.write(layout.load(KIND, templates), context(facts, rules))


def paper(
    facts: CampaignFacts,
    words: Written,
    clearance: Clearance,
    *,
    day: date,
    ledger_head: str,
    templates: Path | None,
    drafter: str,
) -> bytes:
    """Make the docx; on an internet door without the lists of cases.

    Raises:
        DocumentError: a template cannot be used.
    """
    made = WorkReportFacts(
        office=facts.office,
        name=words.name,
        during=_during(facts) or f"截至{written_day(day)}",
        sender=SENDER,
        made_on=day,
        ledger_head=ledger_head,
        parts=tuple(
            ReportPart(
                part.heading,
                part.paragraphs,
                (),
                tuple(_told(part.tables, facts)),
            )
            for part in words.parts
        ),
        lists=tuple(LISTS[key](facts) for key in words.lists if key in LISTS),
        addressee=words.addressee,
        drafter=drafter,
        draft=facts.state != "finished",
    )
    return render("work_report", made, templates=templates, clearance=clearance)


def in_words(facts: CampaignFacts) -> str:
    """Say in two lines how far the campaign is; it names no case and nobody."""
    seen = facts.progress
    unseen = f"，尚未核对{seen.unseen}件" if seen.unseen else ""
    draft = "" if facts.state == "finished" else "（专项尚未完成，为草稿）"
    return (
        f"{facts.number} {facts.title}专项监控报告{draft}\n"
        f"已核对{seen.seen}件，有问题{seen.problem}件{unseen}；发现问题{len(facts.problems)}个。"
    )


def context(facts: CampaignFacts, rules: Mapping[str, Rule]) -> dict[str, Any]:
    """Return what the paragraphs may name."""
    states = [one.state for one in facts.rectifications]
    seen = facts.progress
    return {
        "专项名称": facts.title,
        "编号": facts.number,
        "背景": facts.background,
        "规则": [one.title for one in facts.rules],
        "范围": facts.scope_words,
        "起止": _during(facts),
        "数据日期": written_day(facts.data_day) if facts.data_day else "（未登记）",
        "方法": facts.method_words,
        "核对要点": list(facts.checks),
        "已核对": str(seen.seen),
        "无问题": str(seen.sound),
        "有问题": str(seen.problem),
        "不适用": str(seen.not_applicable),
        "未看": str(seen.unseen),
        "问题数": str(len(facts.problems)),
        "类别": [{"名称": name, "个数": count} for name, count in facts.by_class],
        "典型": _typical(facts.problems),
        "整改期限": written_day(facts.rectify_by) if facts.rectify_by else "",
        "已整改": str(states.count("已整改")),
        "整改中": str(states.count("整改中")),
        "待整改": str(states.count("待整改")),
        "建议": _advice(facts, rules),
    }


def figures(facts: CampaignFacts) -> ReportTable:
    """How many cases were looked at, and a ready campaign's key figures.

    Why one of these cannot be told stands under the table.
    """
    seen = facts.progress
    rows = [
        ReportRow((name, str(count)))
        for name, count in (
            ("符合条件", facts.population),
            ("应核对", facts.drawn),
            ("已核对", seen.seen),
            ("其中有问题", seen.problem),
        )
    ]
    rows += [
        ReportRow((one.name, UNKNOWN if one.count is None else str(one.count)))
        for one in facts.figures
    ]
    notes = tuple(f"{one.name}：{one.why}。" for one in facts.figures if one.why)
    return ReportTable("主要数据", ("项目", "件数"), tuple(rows), notes)


def classes(facts: CampaignFacts) -> ReportTable | None:
    """The problems by title; None where there is none."""
    rows = tuple(ReportRow((name, str(count))) for name, count in facts.by_class)
    return ReportTable("问题分布", ("问题", "个数"), rows) if rows else None


def departments(facts: CampaignFacts) -> ReportTable:
    """Cases looked at and problems by department, in the order of names, nobody ranked."""
    rows = tuple(
        ReportRow((name, str(cases), str(problems)))
        for name, cases, problems in facts.by_department
    )
    note = ("各部门按固定次序排列，不排名。",)
    return ReportTable("按部门", ("承办部门", "核对件数", "问题数"), rows or _nothing(3), note)


def corrected(facts: CampaignFacts) -> ReportTable | None:
    """How many problems were put right on which day; None where none was."""
    rows = tuple(ReportRow((_day(day), str(count))) for day, count in facts.corrected_by_day)
    return ReportTable("按日期整改", ("整改日期", "个数"), rows) if rows else None


def problems(facts: CampaignFacts) -> ReportTable:
    """附件1 问题清单."""
    columns = ("编号", "部门受案号", "承办部门", "承办检察官", "问题", "程度", "事实")
    rows = tuple(
        ReportRow(
            (
                one.number,
                one.case_no,
                one.department or "未填",
                WITHHELD if one.minor else one.prosecutor or "未填",
                one.title,
                one.severity,
                one.plain_fact,
            )
        )
        for one in facts.problems
    )
    return ReportTable("附件1　问题清单", columns, rows or _nothing(len(columns)))


def rectifications(facts: CampaignFacts) -> ReportTable:
    """附件2 整改台账."""
    columns = (
        "编号",
        "部门受案号",
        "承办部门",
        "处理方式",
        "通知书",
        "期限",
        "整改情况",
        "整改日期",
    )
    rows = tuple(
        ReportRow(
            (
                one.number,
                one.case_no,
                one.department or "未填",
                one.manner or "未定",
                one.notice or "—",
                _day(one.due),
                one.state,
                _day(one.corrected_on),
            )
        )
        for one in facts.rectifications
    )
    return ReportTable("附件2　整改台账", columns, rows or _nothing(len(columns)))


TABLES: Mapping[str, Callable[[CampaignFacts], ReportTable | None]] = {
    "figures": figures,
    "classes": classes,
    "departments": departments,
    "corrected": corrected,
}
LISTS: Mapping[str, Callable[[CampaignFacts], ReportTable]] = {
    "problems": problems,
    "rectifications": rectifications,
}


def _told(keys: Iterable[str], facts: CampaignFacts) -> Iterator[ReportTable]:
    """Make the tables of a part; one that would be empty is left out, the words say so."""
    made = (TABLES[key](facts) for key in keys if key in TABLES)
    return (one for one in made if one is not None)


def _during(facts: CampaignFacts) -> str:
    if facts.first is None and facts.last is None:
        return ""
    first = written_day(facts.first) if facts.first else "以前"
    last = written_day(facts.last) if facts.last else "至今"
    return f"{facts.basis}{first}至{last}"


def _typical(found: Iterable[Problem]) -> list[dict[str, Any]]:
    """Take one example of each kind of problem; it names nobody."""
    by_title: dict[str, Problem] = {}
    for one in found:
        by_title.setdefault(one.title, one)
    return [
        {
            "序号": place,
            "名称": one.title,
            "案件类别": type_words(one.case_type),
            "事实": one.plain_fact.rstrip("。"),
            "依据": _provisions(one) or "见规则目录",
        }
        for place, one in enumerate(list(by_title.values())[:MOST_TYPICAL], 1)
    ]


def _provisions(one: Problem) -> str:
    return cite_all(
        Citation(str(each["document"]), str(each["article"]), _number(each.get("paragraph")))
        for each in one.citations
    )


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _advice(facts: CampaignFacts, rules: Mapping[str, Rule]) -> list[dict[str, Any]]:
    found = {one.title for one in facts.problems}
    wanted = [
        rules[one.id].requirement for one in facts.rules if one.title in found and one.id in rules
    ]
    return [{"序号": place, "要求": text} for place, text in enumerate(dict.fromkeys(wanted), 1)]


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else "—"


def _nothing(columns: int) -> tuple[ReportRow, ...]:
    return (ReportRow((NOTHING, *("—" for _ in range(columns - 1)))),)
