"""Cards and rules for the tests of the rules engine, written as short as they can be."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from knowledge import strict_yaml
from knowledge.calendar import Calendar
from knowledge.cards import Card, CardSet
from knowledge.rule_switches import RuleSwitches
from knowledge.rules import patrol
from knowledge.rules.entries import Entry
from knowledge.rules.loader import load_catalogue
from knowledge.rules.office_rules import in_force
from knowledge.rules.rule_reader import Shelf, read_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.cards import Value
    from knowledge.rules.model import Hit, PatrolResult
    from knowledge.rules.rule import Rule

TODAY = date(2026, 6, 15)
CASE = "例检刑诉受[2026]990103000001号"
CALENDAR = Calendar()
SHELF = Shelf(
    settings={"填录天数": 4, "未设天数": None},
    charge_lists={"财产类": frozenset({"盗窃罪", "诈骗罪"})},
    warning_days={"审查逮捕": 2, "审查起诉": 5, "其他": 5},
)


def card(values: Mapping[str, Value], *, case_no: str = CASE, person_no: str | None = "1") -> Card:
    return Card(case_no, person_no, values, headings={name: name for name in values})


def patrolled(
    cards: Iterable[Card],
    rules: Iterable[Rule],
    *,
    as_of: date = TODAY,
    horizon: date | None = None,
    settings: Mapping[str, int | None] | None = None,
    calendar: Calendar = CALENDAR,
) -> PatrolResult:
    return patrol.evaluate(
        CardSet(tuple(cards)),
        list(rules),
        as_of=as_of,
        calendar=calendar,
        settings=settings or {},
        horizon=horizon or as_of,
    )


def by_default() -> tuple[Rule, ...]:
    """Return the shipped rules of an office that switched none off or on."""
    return in_force(load_catalogue(), RuleSwitches()).rules


def shipped(*names: str) -> list[Rule]:
    known = load_catalogue().by_id()
    return [known[name] for name in names]


def said(values: Mapping[str, Value], *names: str, **options: Any) -> list[Hit]:
    """Return what shipped rules say of one card."""
    return list(patrolled([card(values)], shipped(*names), **options).hits)


RULE = """
id: some-rule
title: 某规则
requirement: 应当如此。
case_types: [全部]
severity: 轻微
provision:
  - {document: 人民检察院刑事诉讼规则(2019), article: 第六百六十四条}
ask: 请核对
examples:
  - {name: 一, today: 2026-06-15, card: {受理日期: 2026-06-01}, expect: 矛盾}
  - {name: 二, today: 2026-06-15, card: {受理日期: 2026-06-01}, expect: 不提示}
  - {name: 三, today: 2026-06-15, card: {受理日期: 空}, expect: 不提示}
"""


def rule_of(text: str) -> Rule:
    """Read a rule from the entries that matter; the rest is filled in."""
    node = strict_yaml.loads(RULE + text, "rules.yaml")
    return read_rule(Entry(node, "rules.yaml"), "案卡填录", SHELF)


def check(condition: str, *, uses: str = "", more: str = "") -> Rule:
    return rule_of(f"""
class: T
condition: '{condition}'
state: 矛盾
needs: []
uses: [{uses}]
{more}
""")
