"""Where a rule is for a row and can be evaluated, and the fields no export has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.patrol.translation import condition, moment_of
from bench.patrol.view import every, filled, negated, some
from knowledge.fields import CASE_TYPE, registry
from knowledge.periods import Amount
from knowledge.rules import derivations
from knowledge.rules.language import LISTED_TABLES, TABLES
from knowledge.rules.rule import CheckBody, TermBody
from knowledge.rules.run import ALL_TYPES, types_of
from knowledge.rules.terms import local_days

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.patrol.view import Holds, Sheet, Value, View
    from knowledge.rules.rule import Rule


def derive(view: View, names: Iterable[str]) -> None:
    """Add the fields no export has, in order."""
    for name in names:
        derivation = registry().derivations[name]
        own = view.rows.column(name) if name in view.sheet.filled else None
        is_flag = registry().fields[name].type == "bool"
        known = [filled(view, own) if is_flag else name in view.sheet.columns]
        cases: list[tuple[Holds, Value]] = []
        for source in derivation.sources:
            holds = _source_holds(source, view)
            if holds is False:
                continue
            known.append(holds)
            cases.append((holds, _source_value(source, view, name)))
        value = own
        if any(each[1] is not None for each in cases):
            first = [(filled(view, own), own)] if own is not None else []
            value = view.rows.chosen([*first, *cases], None)
        told = some(view, known)
        if not isinstance(told, bool):
            view.rows.define(f"?{name}", view.rows.flag(told))
        if value is not None:
            view.rows.define(f"={name}", value)
        view.values[name] = None if value is None else f"={name}"
        view.known[name] = told if isinstance(told, bool) else f"?{name}"


def _source_holds(source: Any, view: View) -> Holds:
    heading = derivations.heading_of(source)
    if heading is not None:
        return heading[0] in view.sheet.columns and heading[0] in heading[1]
    there = [view.told(name) for name in sorted(derivations.required(source))]
    node = derivations.when(source)
    return every(view, [*there, condition(node, view) if node is not None else True])


def _source_value(source: Any, view: View, name: str) -> Value:
    if source.field is not None:
        return view.field(source.field) if source.field != name else None
    if source.value == derivations.NOTHING_YET:
        return None
    number = registry().fields[name].type in {"int", "number"}
    return view.rows.number(float(source.value)) if number else view.rows.text(source.value)


def concerns(rule: Rule, sheet: Sheet) -> bool:
    """Tell whether a rule is for some cards of a table."""
    return ALL_TYPES in rule.case_types or not types_of_rule(rule).isdisjoint(sheet.kinds)


def types_of_rule(rule: Rule) -> frozenset[str]:
    """Return the case types a rule is for."""
    return frozenset(types_of(rule.case_types))


def applies(rule: Rule, view: View) -> Holds:
    """Tell which rows a rule is for."""
    if ALL_TYPES in rule.case_types:
        return True
    found = sorted(types_of_rule(rule) & set(view.sheet.kinds))
    if len(found) == len(view.sheet.kinds):
        return True
    return view.rows.member(view.rows.column(CASE_TYPE), found) if found else False


def in_question(rule: Rule, view: View) -> Holds:
    """Tell where everything a rule needs is known."""
    where = applies(rule, view)
    if where is False or None in view.settings.values():
        return False
    needs = [where, *(_need(name, view) for name in rule.needs)]
    body = rule.body
    if isinstance(body, TermBody) and body.amount and body.amount.hours:
        start = body.starts[0].field
        day, moment = view.field(start.name), moment_of(start, view)
        needs.append(some(view, [negated(view, filled(view, day)), filled(view, moment)]))
    if isinstance(body, CheckBody) and body.compares_due:
        needs.append(filled(view, view.rows.end("due")))
    return every(view, needs)


def _need(name: str, view: View) -> Holds:
    table, _, column = name.partition(".")
    if name in LISTED_TABLES:
        return False
    if table in TABLES:
        return (table, column) in view.sheet.everywhere
    return view.told(name)


def active(rule: Rule, view: View) -> Holds:
    """Tell where a rule was evaluated that others give way to."""
    where = [in_question(rule, view)]
    if rule.applies_when is not None:
        where.append(condition(rule.applies_when, view))
    if isinstance(rule.body, TermBody):
        event = rule.body.event
        started = [filled(view, view.field(start.field.name)) for start in rule.body.starts]
        where.append(some(view, started))
        if event is not None:
            where.append(filled(view, view.field(event.name)))
    return every(view, where)


def amount_of(body: TermBody, place: int, view: View) -> Amount:
    """Return one of the amounts of a term."""
    chosen = body.instead[place - 1].amount if place else body.amount
    return chosen or Amount(days=local_days(body, view.settings))
