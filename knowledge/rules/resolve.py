"""One card read as the derivations say: a field's value, whether it is known, and why in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from knowledge import chinese
from knowledge.fields import registry
from knowledge.rules import derivations

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.cards import Card, Value
    from knowledge.fields import Source
    from knowledge.rules.syntax import Condition


@dataclass(frozen=True)
class Resolved:
    """A field of one card: value, whether known, the sentence of its derivation, its basis.

    `basis` are the exported columns the value rests on.
    """

    value: Value
    known: bool
    step: str | None = None
    basis: tuple[str, ...] = ()


def resolve(card: Card, name: str, judge: Callable[[Condition], bool]) -> Resolved:
    """Return a field of a card, derived where its own cell is blank or missing.

    Args:
        card: the card.
        name: the field.
        judge: tells whether a condition holds on this card.
    """
    present, own = name in card.values, card.values.get(name)
    derivation = registry().derivations.get(name)
    if own is not None or derivation is None:
        return Resolved(own, present, basis=(name,) if present else ())
    for source in derivation.sources:
        if _holds(source, card, judge):
            return _taken(source, name, card, judge)
    blank_is_known = present and registry().fields[name].type != "bool"
    return Resolved(None, blank_is_known, basis=(name,) if present else ())


def _holds(source: Source, card: Card, judge: Callable[[Condition], bool]) -> bool:
    heading = derivations.heading_of(source)
    if heading is not None:
        name, headings = heading
        return name in card.values and card.headings.get(name) in headings
    there = all(resolve(card, name, judge).known for name in derivations.required(source))
    node = derivations.when(source)
    return there and (node is None or judge(node))


def _taken(source: Source, name: str, card: Card, judge: Callable[[Condition], bool]) -> Resolved:
    tested = derivations.tested(source)
    basis = [column for column in tested if column in card.values]
    if name in card.values:
        basis.append(name)
    value: Value = None
    if source.field is not None:
        found = resolve(card, source.field, judge) if source.field != name else None
        value = found.value if found else card.values.get(name)
        basis += found.basis if found else ()
    elif source.value != derivations.NOTHING_YET:
        value = source.value
    shown = value if source.field is not None else next(
        (card.values.get(column) for column in tested if card.values.get(column) is not None), None
    )  # fmt: skip
    step = source.step.replace("{值}", said(shown))
    return Resolved(value, known=True, step=step, basis=tuple(dict.fromkeys(basis)))


def said(value: Value) -> str:
    """Say a value as a sentence holds it: days as 2026年6月10日, blank as 空白."""
    if value is None:
        return "空白"
    if isinstance(value, datetime):
        return f"{_long_day(value.date())}{value:%H:%M}"
    return _long_day(value) if isinstance(value, date) else str(value)


def _long_day(day: date) -> str:
    return f"{day.year}年{chinese.month_day(day)}"
