"""When a duty was done: read from the condition that satisfies it.

`决定日期 非空 或 退回补充侦查日期 非空` is done on the earlier of the days that are filled; with 且
on the later. What is no day (无法通知原因 非空) satisfies without a day, so never late.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from knowledge.rules import syntax
from knowledge.rules.compile import condition, is_date_column
from knowledge.rules.kinds import is_moment
from knowledge.rules.known import every, some

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knowledge.rules.compile import Reading
    from knowledge.rules.known import Known
    from knowledge.rules.syntax import Condition, Term


class Fulfilment(NamedTuple):
    """Whether a duty is done, and on which day; done without a day is done in time."""

    done: Known
    day: pl.Expr | None


def fulfilment(node: Condition, reading: Reading, *, moments: bool = False) -> Fulfilment:
    """Compile when a duty is done; with `moments` to the minute. Not done: no day."""
    found = _fulfilment(node, reading, moments=moments)
    return Fulfilment(found.done, _where(found.done, found.day))


def _where(done: Known, day: pl.Expr | None) -> pl.Expr | None:
    if day is None or done is False:
        return None
    return day if done is True else pl.when(done).then(day)


def _fulfilment(node: Condition, reading: Reading, *, moments: bool) -> Fulfilment:
    match node:
        case syntax.Both(parts):
            found = [_fulfilment(part, reading, moments=moments) for part in parts]
            days = [each.day for each in found if each.day is not None]
            return Fulfilment(every(each.done for each in found), _one(days, _later))
        case syntax.Either(parts):
            found = [_fulfilment(part, reading, moments=moments) for part in parts]
            return Fulfilment(some(each.done for each in found), _earliest(found))
        case syntax.Blank(left, negated=True) | syntax.Compare(left) if _is_day(left):
            return Fulfilment(condition(node, reading), _day(left, reading, moments=moments))
        case _:
            return Fulfilment(condition(node, reading), None)


def _earliest(found: Sequence[Fulfilment]) -> pl.Expr | None:
    """Return the first day; none where something that has no day does as well."""
    days = [day for each in found if (day := _where(each.done, each.day)) is not None]
    excused = some(
        each.done if each.day is None else every((each.done, each.day.is_null())) for each in found
    )
    first = _one(days, _earlier)
    if first is None or excused is True:
        return None
    return first if excused is False else pl.when(~excused).then(first)


def _one(days: Sequence[pl.Expr], join: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> pl.Expr | None:
    return reduce(join, days) if days else None


def _later(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Return the later of two days, the only one where one is blank."""
    return pl.when(one.is_null() | (other > one)).then(other).otherwise(one)


def _earlier(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Return the earlier of two days, the only one where one is blank."""
    return pl.when(one.is_null() | (other < one)).then(other).otherwise(one)


def _is_day(term: Term) -> bool:
    return isinstance(term, syntax.Field) and term.table is None and is_date_column(term.name)


def _day(term: Term, reading: Reading, *, moments: bool) -> pl.Expr | None:
    assert isinstance(term, syntax.Field)  # noqa: S101 - _is_day saw to it
    name = reading.column(term)
    if moments and is_moment(term):
        name = reading.moment(term)
    if name is None:
        return None
    return pl.col(name).cast(pl.Datetime("us")) if moments else pl.col(name)
