"""What rules read, told once for all parts of the cards, and which rules are for a part."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.rules import across, derivations, side_columns, syntax
from knowledge.rules.language import TABLES
from knowledge.rules.nodes import nodes_of
from knowledge.rules.rule import TermBody
from knowledge.rules.run import ALL_TYPES, types_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.rules.frame import Kind
    from knowledge.rules.rule import Rule
    from knowledge.rules.syntax import Node


@dataclass(frozen=True)
class Asking:
    """One rule, its place among the rules, and what it reads.

    `names` are the columns, derived ones by their own name; `sides` the nodes that read no column
    of the card itself; `counted` the columns that terms are counted from and to which months are
    added, `types` the case types it is for, None: all.
    """

    place: int
    rule: Rule
    names: frozenset[str]
    sides: tuple[Node, ...]
    counted: frozenset[str]
    types: tuple[str, ...] | None


@dataclass(frozen=True)
class Plan:
    """Rules and what they read."""

    rules: tuple[Asking, ...]

    def concerning(self, kinds: Iterable[Kind]) -> Plan:
        """Return the rules that are for some row of these kinds."""
        names = {kind.name for kind in kinds}
        return Plan(
            tuple(
                each
                for each in self.rules
                if each.types is None or not names.isdisjoint(each.types)
            )
        )

    @cached_property
    def sides(self) -> tuple[Node, ...]:
        """The nodes that read no column of the card itself, each once."""
        return tuple(dict.fromkeys(node for each in self.rules for node in each.sides))

    @cached_property
    def derived(self) -> tuple[str, ...]:
        """The fields to be derived, in order."""
        return derivations.order(sorted(self._names))

    @cached_property
    def loaded(self) -> frozenset[str]:
        """The exported columns that are read."""
        return frozenset(
            derivations.columns_needed(self._names) | across.columns_needed(self.sides)
        )

    @cached_property
    def counted(self) -> frozenset[str]:
        """The exported columns that terms are counted from and to which months are added."""
        return frozenset(
            derivations.columns_needed({name for each in self.rules for name in each.counted})
        )

    @property
    def charge_lists(self) -> dict[str, frozenset[str]]:
        """The lists of charges the conditions name."""
        found: dict[str, frozenset[str]] = {}
        for each in self.rules:
            found |= each.rule.charge_lists
        return found

    @property
    def reports(self) -> frozenset[tuple[str, str]]:
        """The columns (table, name) that rules need of other reports."""
        pairs = (name.partition(".") for each in self.rules for name in each.rule.needs)
        return frozenset((table, name) for table, _, name in pairs if table in TABLES and name)

    @property
    def types(self) -> frozenset[tuple[str, ...]]:
        """The sets of case types the rules are for."""
        return frozenset(each.types for each in self.rules if each.types is not None)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset[str]().union(*(each.names for each in self.rules))


def plan(rules: Sequence[Rule]) -> Plan:
    """Return what rules read."""
    return Plan(tuple(_asking(place, rule) for place, rule in enumerate(rules)))


def _asking(place: int, rule: Rule) -> Asking:
    nodes = nodes_of(rule)
    walked = tuple(dict.fromkeys(part for node in nodes for part in syntax.walk(node)))
    told = {name.partition(".")[2] or name for name in (*rule.needs, *rule.uses)}
    named = {each.name for each in walked if isinstance(each, syntax.Field)}
    return Asking(
        place=place,
        rule=rule,
        names=frozenset(named | (told - set(side_columns.LISTED))),
        sides=tuple(each for each in walked if side_columns.is_side(each)),
        counted=frozenset(_counted(rule, walked)),
        types=None if ALL_TYPES in rule.case_types else types_of(rule.case_types),
    )


def _counted(rule: Rule, walked: Iterable[Node]) -> set[str]:
    found = {
        column.name
        for each in walked
        if isinstance(each, syntax.Shift) and each.unit != "日"
        for column in syntax.columns(each.base)
    }
    if isinstance(rule.body, TermBody):
        found |= {start.field.name for start in rule.body.starts}
        found |= {rule.body.restart.start.name} if rule.body.restart else set()
    return found
