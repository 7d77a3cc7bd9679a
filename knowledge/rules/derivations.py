"""Fields no export has, taken from others as fields.yaml says: the value, and where it is known.

A derived field X becomes two columns: `=X` its value, `?X` whether it is known at all, unless that
is the same on every row. A column that was exported and is blank is known to be blank, except a
yes/no column: there it is unknown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from knowledge.fields import registry
from knowledge.rules import language, syntax
from knowledge.rules.compile import condition
from knowledge.rules.known import every, expression, some, varies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.fields import Derivation, Source
    from knowledge.rules.compile import Reading
    from knowledge.rules.frame import Frame
    from knowledge.rules.known import Known
    from knowledge.rules.syntax import Condition

NOTHING_YET = "空"
RESOLVED, KNOWN = "=", "?"
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


@cache
def told_by_heading() -> tuple[str, ...]:
    """Return the fields whose heading in the export tells the value of another."""
    found = (
        heading[0]
        for derivation in registry().derivations.values()
        for source in derivation.sources
        if (heading := heading_of(source))
    )
    return tuple(dict.fromkeys(found))


def resolve(frame: Frame, names: Iterable[str], reading: Reading) -> Frame:
    """Return the frame with the derivable fields: where their value is, and where it is known.

    A field that no source adds to keeps its own column; a further column is only made of the rest.
    """
    for name in names:
        frame = _resolve(frame, registry().derivations[name], reading.of(frame))
    return frame


def _resolve(frame: Frame, derivation: Derivation, reading: Reading) -> Frame:
    name = derivation.field
    is_flag = registry().fields[name].type == "bool"
    own = frame.column(name)
    known: list[Known] = [frame.present(name) if not is_flag else _is_filled(own)]
    values: list[tuple[Known, pl.Expr | None]] = []
    for source in derivation.sources:
        holds = every((_holds(source, reading), *(map(reading.known, sorted(required(source))))))
        if holds is False:
            continue
        known.append(holds)
        values.append((holds, _value(source, reading, name)))
        if holds is True:
            break
    told = some(known)
    chosen = [each for each in values if each[1] is not None]
    columns = [told.alias(f"{KNOWN}{name}")] if isinstance(told, pl.Expr) else []
    if chosen:
        columns.append(_chosen(own, values).alias(f"{RESOLVED}{name}"))
    frame = frame.with_columns(columns)
    return replace(
        frame,
        told={**frame.told, name: pl.col(f"{KNOWN}{name}") if varies(told) else told},
        resolved={
            **frame.resolved,
            name: frame.column(f"{RESOLVED}{name}") if chosen else own,
        },
    )


def _is_filled(own: str | None) -> Known:
    return False if own is None else pl.col(own).is_not_null()


def _chosen(own: str | None, values: Sequence[tuple[Known, pl.Expr | None]]) -> pl.Expr:
    """Return the own value, else that of the first source that holds."""
    found: pl.Expr = pl.lit(None)
    for holds, value in reversed(values):
        found = (
            pl.when(expression(holds))
            .then(pl.lit(None) if value is None else value)
            .otherwise(found)
        )
    return found if own is None else pl.when(pl.col(own).is_not_null()).then(own).otherwise(found)


def _holds(source: Source, reading: Reading) -> Known:
    heading = heading_of(source)
    if heading is not None:
        return _by_heading(reading.frame, *heading)
    node = when(source)
    return condition(node, reading) if node is not None else True


def _by_heading(frame: Frame, name: str, headings: tuple[str, ...]) -> Known:
    return frame.of_shapes(
        number
        for number, shape in frame.shapes.items()
        if name in shape.columns and any((name, each) in shape.headings for each in headings)
    )


def _value(source: Source, reading: Reading, name: str) -> pl.Expr | None:
    if source.field is not None:
        same = source.field == name
        column = reading.frame.column(name) if same else reading.column(syntax.Field(source.field))
        return None if column is None else pl.col(column)
    if source.value == NOTHING_YET:
        return None
    if registry().fields[name].type in {"int", "number"} and source.value is not None:
        return pl.lit(float(source.value))
    return pl.lit(source.value, dtype=reading.frame.texts)
