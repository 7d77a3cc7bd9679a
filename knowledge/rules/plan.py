"""What rules read, told once for all parts of the cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.rules import across, derivations, side_columns, syntax
from knowledge.rules.language import TABLES
from knowledge.rules.nodes import nodes_of
from knowledge.rules.rule import TermBody

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knowledge.rules.rule import Rule
    from knowledge.rules.syntax import Node


@dataclass(frozen=True)
class Plan:
    """Rules and what they read.

    `derived` are the fields to be derived, in order; `loaded` the exported columns that are read,
    `counted` those that terms are counted from and to which months are added, `reports` the columns
    (table, name) that rules need of other reports.
    """

    rules: tuple[Rule, ...]
    nodes: tuple[Node, ...]
    derived: tuple[str, ...]
    charge_lists: Mapping[str, frozenset[str]]
    loaded: frozenset[str]
    counted: frozenset[str]
    reports: frozenset[tuple[str, str]]


def plan(rules: Sequence[Rule]) -> Plan:
    """Return what rules read."""
    nodes = [node for rule in rules for node in nodes_of(rule)]
    names = {column.name for column in syntax.columns(*nodes)} | _needed(rules)
    lists: dict[str, frozenset[str]] = {}
    for rule in rules:
        lists |= rule.charge_lists
    loaded = derivations.columns_needed(names) | across.columns_needed(nodes)
    pairs = (name.partition(".") for rule in rules for name in rule.needs)
    return Plan(
        rules=tuple(rules),
        nodes=tuple(dict.fromkeys(nodes)),
        derived=derivations.order(names),
        charge_lists=lists,
        loaded=frozenset(loaded),
        counted=_counted(rules, nodes),
        reports=frozenset((table, name) for table, _, name in pairs if table in TABLES and name),
    )


def _needed(rules: Iterable[Rule]) -> set[str]:
    """Return the needed and used columns, those of other reports by their own names."""
    told = {name.partition(".")[2] or name for rule in rules for name in (*rule.needs, *rule.uses)}
    return told - set(side_columns.LISTED)


def _counted(rules: Iterable[Rule], nodes: Iterable[Node]) -> frozenset[str]:
    found = {
        column.name
        for node in nodes
        for each in syntax.walk(node)
        if isinstance(each, syntax.Shift) and each.unit != "日"
        for column in syntax.columns(each.base)
    }
    for rule in rules:
        if isinstance(rule.body, TermBody):
            found |= {start.field.name for start in rule.body.starts}
            found |= {rule.body.restart.start.name} if rule.body.restart else set()
    return frozenset(derivations.columns_needed(found))
