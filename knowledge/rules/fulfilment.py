"""When a duty was done: read from the condition that satisfies it.

`决定日期 非空 或 退回补充侦查日期 非空` is done on the earlier of the days that are filled; with 且
on the later. What is no day (无法通知原因 非空) satisfies without a day, so never late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from knowledge.rules import syntax
from knowledge.rules.compile import column_of, condition, is_date_column
from knowledge.rules.frame import MOMENT
from knowledge.rules.kinds import is_moment

if TYPE_CHECKING:
    from knowledge.rules.compile import Reading
    from knowledge.rules.syntax import Condition, Term


class Fulfilment(NamedTuple):
    """Whether a duty is done, and on which day; done without a day is done in time."""

    done: pl.Expr
    day: pl.Expr


def fulfilment(node: Condition, reading: Reading, *, moments: bool = False) -> Fulfilment:
    """Compile when a duty is done; with `moments` to the minute. Not done: no day."""
    found = _fulfilment(node, reading, moments=moments)
    return Fulfilment(found.done, pl.when(found.done).then(found.day))


def _fulfilment(node: Condition, reading: Reading, *, moments: bool) -> Fulfilment:
    kind = pl.Datetime("us") if moments else pl.Date
    match node:
        case syntax.Both(parts):
            found = [_fulfilment(part, reading, moments=moments) for part in parts]
            done = pl.all_horizontal([each.done for each in found])
            return Fulfilment(done, pl.max_horizontal([each.day for each in found]))
        case syntax.Either(parts):
            found = [_fulfilment(part, reading, moments=moments) for part in parts]
            excused = pl.any_horizontal([each.done & each.day.is_null() for each in found])
            days = [pl.when(each.done).then(each.day) for each in found]
            earliest = pl.when(~excused).then(pl.min_horizontal(days))
            return Fulfilment(pl.any_horizontal([each.done for each in found]), earliest)
        case syntax.Blank(left, negated=True) | syntax.Compare(left) if _is_day(left):
            return Fulfilment(condition(node, reading), _day(left, reading, kind, moments=moments))
        case _:
            return Fulfilment(condition(node, reading), pl.lit(None, dtype=kind))


def _is_day(term: Term) -> bool:
    return isinstance(term, syntax.Field) and term.table is None and is_date_column(term.name)


def _day(
    term: Term, reading: Reading, kind: pl.DataType | type[pl.DataType], *, moments: bool
) -> pl.Expr:
    assert isinstance(term, syntax.Field)  # noqa: S101 - _is_day saw to it
    name = column_of(term, reading)
    column = pl.col(f"{name}{MOMENT}" if moments and is_moment(term) else name)
    return column.cast(kind)
