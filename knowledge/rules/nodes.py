"""Every condition and term a rule reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.rules import syntax
from knowledge.rules.rule import CheckBody

if TYPE_CHECKING:
    from knowledge.rules.rule import Rule, TermBody
    from knowledge.rules.syntax import Node


def nodes_of(rule: Rule) -> list[Node]:
    """Return the conditions and terms of a rule, its body's included."""
    return [node for node in (*body_nodes(rule.body), rule.applies_when, rule.verify_when) if node]


def body_nodes(body: TermBody | CheckBody) -> list[Node | None]:
    """Return the conditions, terms and columns of a rule's body."""
    if isinstance(body, CheckBody):
        return [body.condition, body.due, *body.done]
    nodes: list[Node | None] = [body.event]
    for start in body.starts:
        nodes += [start.field, start.satisfied_by, start.verify_when]
    nodes += [each.when for each in body.instead]
    if body.extension:
        nodes += [body.extension.days, body.extension.when]
    if body.suspension:
        nodes += [body.suspension.first, body.suspension.last, body.suspension.reason]
    if body.restart:
        nodes += [body.restart.start, body.restart.when]
    if body.doubts:
        nodes.append(syntax.Field("到期日期"))
    if body.roll == "no_if_in_custody":
        nodes.append(syntax.Field("是否在押"))
    return nodes
