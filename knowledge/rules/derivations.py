"""Fields no export has, taken from others as fields.yaml says: the value, and where it is known.

A derived field X becomes two columns: `=X` its value, `?X` whether it is known at all. A column
that was exported and is blank is known to be blank, except a yes/no column: there it is unknown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl

from knowledge.fields import registry
from knowledge.rules import language, syntax
from knowledge.rules.compile import KNOWN, RESOLVED, condition
from knowledge.rules.frame import MOMENT, every, expression, some

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.fields import Derivation, Source
    from knowledge.rules.compile import Reading
    from knowledge.rules.frame import CardFrame, Known
    from knowledge.rules.syntax import Condition

NOTHING_YET = "空"
_FROM_HEADING = re.compile(r"(?P<field>\S+) 取自原表列(?P<headings>“.+”)")
_QUOTED = re.compile(r"“([^”]+)”")


def order(names: Iterable[str]) -> tuple[str, ...]:
    """Return the derivable ones among some fields, after those they rest on."""
    found: dict[str, None] = {}
    for name in names:
        _visit(name, found)
    return tuple(found)


def _visit(name: str, found: dict[str, None]) -> None:
    derivation = registry().derivations.get(name)
    if derivation is None or name in found:
        return
    for other in sorted(_reads(name) - {name}):
        _visit(other, found)
    found[name] = None


@cache
def _reads(name: str) -> frozenset[str]:
    """Return the columns a derivation reads."""
    derivation = registry().derivations[name]
    found: set[str] = set()
    for source in derivation.sources:
        found |= {each.name for each in syntax.columns(when(source))}
        if source.field:
            found.add(source.field)
        if heading := heading_of(source):
            found.add(heading[0])
    return frozenset(found)


def columns_needed(names: Iterable[str]) -> set[str]:
    """Return every column that must be loaded to read some fields, derivations included."""
    wanted = set(names)
    for name in order(wanted):
        wanted |= _reads(name)
    return wanted


@cache
def when(source: Source) -> Condition | None:
    """Return the condition of a source, parsed."""
    return language.condition(source.when) if source.when else None


@cache
def heading_of(source: Source) -> tuple[str, tuple[str, ...]] | None:
    """Return the field and the headings that tell a value (裁判文书种类 from the column's name)."""
    match = _FROM_HEADING.match(source.source or "")
    if match is None:
        return None
    return match["field"], tuple(_QUOTED.findall(match["headings"]))


@cache
def tested(source: Source) -> tuple[str, ...]:
    """Return the columns the condition of a source reads."""
    return tuple(each.name for each in syntax.columns(when(source)))


@cache
def required(source: Source) -> frozenset[str]:
    """Return the columns that must be there for a source: blank ones may be missing, not all."""
    node = when(source)
    names = {each.name for each in syntax.columns(node)}
    asked_blank = set()
    for each in syntax.walk(node) if node else ():
        if isinstance(each, syntax.Blank) and not each.negated:
            asked_blank |= {found.name for found in syntax.columns(each)}
    needed = names if names == asked_blank else names - asked_blank
    return frozenset(needed | ({source.field} if source.field else set()))


def resolve(frame: CardFrame, names: Iterable[str], reading: Reading) -> CardFrame:
    """Return the frame with value and known columns of the derivable fields."""
    for name in names:
        frame = _resolve(frame, registry().derivations[name], reading)
        reading = replace(reading, derived=reading.derived | {name})
    return frame


def _resolve(frame: CardFrame, derivation: Derivation, reading: Reading) -> CardFrame:
    name = derivation.field
    kind = registry().fields[name].type
    own = pl.col(name)
    value, moments = own, pl.col(f"{name}{MOMENT}") if kind == "datetime" else None
    chain: Any = pl.when(own.is_not_null()).then(own)
    holding: list[Known] = []
    for source in derivation.sources:
        holds = every((_holds(source, frame, reading), *_there(source, frame, reading)))
        if holds is False:
            continue
        holding.append(holds)
        chain = chain.when(expression(holds)).then(_value(source, reading, name))
    value = chain.otherwise(None)
    is_known = own.is_not_null() if kind == "bool" else frame.present(name)
    columns = [
        value.alias(f"{RESOLVED}{name}"),
        expression(some((is_known, *holding))).alias(f"{KNOWN}{name}"),
    ]
    if moments is not None:
        columns.append(moments.alias(f"{RESOLVED}{name}{MOMENT}"))
    return frame.with_columns(columns)


def _holds(source: Source, frame: CardFrame, reading: Reading) -> Known:
    heading = heading_of(source)
    if heading is not None:
        return _by_heading(frame, *heading)
    node = when(source)
    return condition(node, reading) if node is not None else True


def _by_heading(frame: CardFrame, name: str, headings: tuple[str, ...]) -> Known:
    rows = [
        place
        for place, card in enumerate(frame.cards)
        if name in card.values and card.headings.get(name) in headings
    ]
    if len(rows) == len(frame.cards):
        return True
    return pl.col("#row").is_in(rows) if rows else False


def _there(source: Source, frame: CardFrame, reading: Reading) -> tuple[Known, ...]:
    return tuple(known(name, frame, reading) for name in sorted(required(source)))


def known(name: str, frame: CardFrame, reading: Reading) -> Known:
    """Tell on which rows a field is known: exported, or derived."""
    return pl.col(f"{KNOWN}{name}") if name in reading.derived else frame.present(name)


def _value(source: Source, reading: Reading, name: str) -> pl.Expr:
    if source.field is not None:
        derived = source.field in reading.derived and source.field != name
        return pl.col(f"{RESOLVED}{source.field}" if derived else source.field)
    if source.value == NOTHING_YET:
        return pl.lit(None)
    number = registry().fields[name].type in {"int", "number"}
    return pl.lit(float(source.value) if number and source.value is not None else source.value)
