"""专题培训讲义: what went wrong most, its provision, the card filled wrongly and rightly.

The examples are the rules' own, invented with the rules; nothing of a real case stands in it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from handlers.counting import watching
from handlers.counting.facts import ORDINARY
from handlers.documents.citing import cite_all, written_day
from handlers.documents.rendering import render
from handlers.documents.work_report_facts import (
    ReportPart,
    ReportRow,
    ReportTable,
    WorkReportFacts,
)
from handlers.reports.work_report import SENDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from handlers.counting.facts import Facts
    from handlers.counting.ranges import Range
    from handlers.desk import Clearance
    from knowledge.cards import Value
    from knowledge.rules.rule import Example, Rule

TITLE = "专题培训讲义"
COMMON = "常见问题"
CARDS, RATIO, DATA = "案卡填录", "案-件比", "数据督查"
SUBJECTS = (COMMON, CARDS, DATA, RATIO)
MOST_RULES = 8
COLUMNS = ("栏目", "有问题的填法", "正确的填法")
BLANK = "（空白）"
RATIO_WORDS = (
    (
        "案-件比中，“案”是案件数，“件”是案件经过的诉讼环节数。它只是背景数据：不设目标值，不排名，"
        "不通报各地数据，本系统也不计算。"
    ),
    (
        "减少不必要的退回补充侦查、延长审查起诉期限和撤回起诉，靠的是一次把事情办好：受理时核对材料，"
        "退查提纲写清楚，期限变动及时填录。下列各条与此有关。"
    ),
)
_RATIO_WORDS_IN_TITLES = ("退", "延长", "撤回", "补充侦查")


def subject_of(text: str) -> str:
    """Return the subject that was meant; anything else is a subject of its own words."""
    wanted = text.strip().replace("案件比", RATIO)
    return wanted or COMMON


def rules_for(subject: str, facts: Facts, during: Range, rules: Mapping[str, Rule]) -> list[Rule]:
    """Return the rules of a subject, those that came up most in a range first."""
    counts = _counts(facts, during)
    wanted = [one for one in rules.values() if _belongs(one, subject, counts)]
    wanted.sort(key=lambda one: (-counts.get(one.id, 0), one.id))
    return wanted[:MOST_RULES]


def paper(
    subject: str,
    chosen: Sequence[Rule],
    during: Range,
    clearance: Clearance,
    *,
    office: str,
    day: date,
    head: str,
    templates: Path | None,
) -> bytes:
    """Make the hand-out.

    Raises:
        DocumentError: the template cannot be used.
    """
    opening = RATIO_WORDS if subject == RATIO else (_opening(subject, during, chosen),)
    parts = [ReportPart("一、说明", opening)]
    parts += [_part(place, rule) for place, rule in enumerate(chosen, 1)]
    facts = WorkReportFacts(
        office=office,
        name=f"{TITLE}：{subject}",
        during=during.written,
        sender=SENDER,
        made_on=day,
        ledger_head=head,
        parts=tuple(parts),
    )
    return render("work_report", facts, templates=templates, clearance=clearance)


def in_words(subject: str, chosen: Sequence[Rule]) -> str:
    """Say what the hand-out holds, and how the training is noted."""
    if not chosen:
        return (
            f"没有找到与“{subject}”有关的规则。可以写：{'、'.join(SUBJECTS)}，或者规则名称里的词。"
        )
    lines = [f"{TITLE}：{subject}，{len(chosen)} 条："]
    lines += [f"{place}. {one.title}" for place, one in enumerate(chosen, 1)]
    lines.append(f"培训后发送“/培训 {subject}”登记。")
    return "\n".join(lines)


def _counts(facts: Facts, during: Range) -> dict[str, int]:
    counts: dict[str, int] = {}
    for act in watching.confirmed(facts, during):
        if act.about.problem_class == ORDINARY:
            counts[act.about.rule] = counts.get(act.about.rule, 0) + 1
    return counts


def _belongs(rule: Rule, subject: str, counts: Mapping[str, int]) -> bool:
    if subject == COMMON:
        return counts.get(rule.id, 0) > 0
    if subject == RATIO:
        return any(word in rule.title for word in _RATIO_WORDS_IN_TITLES)
    if subject == DATA:
        return rule.release != "auto" and rule.group == CARDS
    return rule.group == subject or subject in rule.title


def _opening(subject: str, during: Range, chosen: Sequence[Rule]) -> str:
    if subject == COMMON:
        return f"{during.title}确认的问题中，下列 {len(chosen)} 类最常见。案例均为虚构。"
    return f"围绕“{subject}”，下列 {len(chosen)} 条最需要留意。案例均为虚构。"


def _part(place: int, rule: Rule) -> ReportPart:
    said = [rule.requirement, f"依据：{cite_all(rule.citations)}。"]
    if rule.avoid:
        said.append(f"注意：{rule.avoid}")
    said.append(f"怎样做：{rule.wording.ask}。")
    table = _table(rule)
    return ReportPart(
        f"{_numeral(place + 1)}、{rule.title}", tuple(said), (), (table,) if table else ()
    )


def _table(rule: Rule) -> ReportTable | None:
    """Set a card that is wrong beside one that is right, column by column."""
    wrong = next((one for one in rule.examples if one.expect not in _GOOD), None)
    right = next((one for one in rule.examples if one.expect == "silent"), None)
    if wrong is None or right is None:
        return None
    columns = list(dict.fromkeys([*_shown(wrong, rule), *_shown(right, rule)]))
    rows = tuple(
        ReportRow((column, _value(wrong.values.get(column)), _value(right.values.get(column))))
        for column in columns
    )
    note = f"有问题的：{wrong.name}（{written_day(wrong.today)}查看）；正确的：{right.name}。"
    return ReportTable("案卡对照", COLUMNS, rows, (note,)) if rows else None


_GOOD = frozenset({"silent", "unevaluated", "due_soon"})


def _shown(example: Example, rule: Rule) -> Iterable[str]:
    known = {*rule.needs, *rule.uses}
    return (name for name in example.values if name in known)


def _value(value: Value) -> str:
    if value is None or value == "":
        return BLANK
    if isinstance(value, datetime | date):
        return written_day(value)
    return str(value)


def _numeral(number: int) -> str:
    digits = "一二三四五六七八九十"
    return digits[number - 1] if number <= len(digits) else f"十{digits[number - 11]}"
