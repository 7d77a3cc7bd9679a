"""What figures are sorted by, and the fixed order of the rows of each table.

Departments stand in the office's order and are never ranked; rules may stand by their number, a
rule is nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.counting.facts import DATE_CHANGED, FALSE_OVERDUE, ORDINARY
from knowledge.business_lines import (
    NOT_FILLED,
    UNSORTED,
    case_type_name,
    case_types_in_order,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handlers.counting.figures import Traits, Unit
    from knowledge.business_lines import BusinessLines

CLASSES = {ORDINARY: "一般问题", FALSE_OVERDUE: "假性超期", DATE_CHANGED: "事后改期"}
SEVERITIES = ("轻微", "较重", "严重")
SOURCES = ("规则巡查", "人工个案", "网页预警", "数据校验管家", "专项")
BY_HAND_GROUP = "人工登记"
"""The class of what somebody noted by hand without a rule."""


@dataclass(frozen=True)
class Dimension:
    """One way to sort: the table's key, title and first heading, the row of a trait, the order.

    `order` gives the rows there always are and then those that were met.
    """

    key: str
    title: str
    head: str
    row_of: Callable[[Traits], str]
    order: Callable[[Iterable[str]], list[str]]

    def sort(self, units: Iterable[Unit]) -> dict[str, list[Unit]]:
        """Sort units; one with several traits stands in each row it belongs to, once."""
        found: dict[str, list[Unit]] = {}
        for unit in units:
            for name in dict.fromkeys(self.row_of(one) for one in unit.traits):
                found.setdefault(name, []).append(unit)
        return found


def of_cases(lines: BusinessLines) -> tuple[Dimension, Dimension, Dimension, Dimension]:
    """Return the ways to sort cases: by group, line, type and department."""
    return (
        Dimension(
            "groups",
            "按案件组别",
            "组别",
            lambda one: lines.of(one.case_type, one.department)[0],
            _fixed(lines.groups),
        ),
        Dimension(
            "lines",
            "按业务条线",
            "业务条线",
            lambda one: lines.of(one.case_type, one.department)[1],
            _fixed(line.name for line in lines.lines),
        ),
        Dimension(
            "case_types",
            "按案件类别",
            "案件类别",
            lambda one: case_type_name(one.case_type),
            case_types_in_order,
        ),
        Dimension(
            "departments",
            "按承办部门",
            "承办部门",
            lambda one: one.department or NOT_FILLED,
            lambda met: lines.in_order({*met, *lines.departments}),
        ),
    )


def _category(traits: Traits) -> str:
    return traits.group or (UNSORTED if traits.rule else BY_HAND_GROUP)


def of_problems() -> tuple[Dimension, ...]:
    """Return the ways to sort problems: by source, class, severity and rule."""
    classes = tuple(CLASSES.values())
    return (
        Dimension("sources", "按问题来源", "来源", _source, _fixed(SOURCES)),
        Dimension("categories", "按问题类别", "问题类别", _category, _fixed(())),
        Dimension("severities", "按严重程度", "程度", _severity, _fixed(SEVERITIES)),
        Dimension("classes", "按问题性质", "性质", _class, _fixed(classes)),
        Dimension("rules", "按监控规则", "规则", _rule, _fixed(())),
    )


def _source(traits: Traits) -> str:
    return traits.source or NOT_FILLED


def _severity(traits: Traits) -> str:
    return traits.severity or NOT_FILLED


def _class(traits: Traits) -> str:
    return CLASSES.get(traits.problem_class or ORDINARY, traits.problem_class)


def _rule(traits: Traits) -> str:
    return traits.title or BY_HAND_GROUP


def _fixed(order: Iterable[str]) -> Callable[[Iterable[str]], list[str]]:
    """Keep a fixed order, what else was met after it by name, 未归类 and 未填 last."""
    rows = tuple(order)

    def ordered(met: Iterable[str]) -> list[str]:
        names = dict.fromkeys([*rows, *sorted(met)])
        return sorted(names, key=lambda name: name in {UNSORTED, NOT_FILLED})

    return ordered
