"""The ends of terms over all rows at once: amounts by fact, extensions, suspensions, the roll.

The same as `knowledge.periods` computes of one row, with tables instead of steps in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from knowledge.periods import Amount
from knowledge.rules.compile import condition
from knowledge.rules.day_tables import End, number, shifted
from knowledge.rules.known import expression, varies

if TYPE_CHECKING:
    from knowledge.rules.compile import Reading
    from knowledge.rules.day_tables import DayTables
    from knowledge.rules.known import Known
    from knowledge.rules.rule import TermBody


class Amounts(NamedTuple):
    """Which amount is taken (0: the usual one), when, and the days it is extended by."""

    chosen: tuple[tuple[int, Known], ...]
    taken: pl.Expr
    extra: pl.Expr | None


def amounts(body: TermBody, reading: Reading) -> Amounts:
    """Tell which amount is taken of a term; the first whose condition holds."""
    chosen: list[tuple[int, Known]] = []
    for place, other in enumerate(body.instead, 1):
        holds = condition(other.when, reading)
        if holds is not False:
            chosen.append((place, holds))
        if holds is True:
            break
    else:
        chosen.append((0, True))
    taken = pl.lit(chosen[-1][0])
    for place, holds in reversed(chosen[:-1]):
        taken = pl.when(expression(holds)).then(place).otherwise(taken)
    return Amounts(tuple(chosen), taken.cast(pl.Int64), _extra(body, reading))


def _extra(body: TermBody, reading: Reading) -> pl.Expr | None:
    if body.extension is None:
        return None
    column = reading.column(body.extension.days)
    holds = True if body.extension.when is None else condition(body.extension.when, reading)
    if column is None or holds is False:
        return None
    days = pl.col(column).fill_null(0).clip(0, body.extension.most).cast(pl.Int32)
    return pl.when(holds).then(days).otherwise(0) if varies(holds) else days


def pause(body: TermBody, reading: Reading) -> tuple[pl.Expr, pl.Expr] | None:
    """Return first and last day that do not count; one of the entries missing: none."""
    if body.suspension is None:
        return None
    first = reading.column(body.suspension.first)
    last = reading.column(body.suspension.last)
    if first is None or last is None:
        return None
    whole = pl.col(first) <= pl.col(last)
    if body.suspension.reason is not None:
        reason = reading.column(body.suspension.reason)
        if reason is None:
            return None
        whole &= pl.col(reason).is_not_null()
    return pl.when(whole).then(pl.col(first)), pl.when(whole).then(pl.col(last))


def ends(body: TermBody, chosen: tuple[tuple[int, Known], ...], days: DayTables, local: int) -> End:
    """Return the end of a term from the columns start, amount, extra, custody, first, last."""
    found: End | None = None
    for place, _ in reversed(chosen):
        amount = body.instead[place - 1].amount if place else body.amount
        one = _end(body, amount or Amount(days=local), days)
        if found is None:
            found = one
        else:
            own = pl.col("amount") == place
            pairs = zip(one, found, strict=True)
            found = End(*(pl.when(own).then(this).otherwise(other) for this, other in pairs))
    assert found is not None  # noqa: S101 - some amount is always taken
    return found


def _end(body: TermBody, amount: Amount, days: DayTables) -> End:
    sure = pl.lit(value=True)
    if amount.hours:
        due = pl.col("start") + pl.duration(hours=amount.hours)
        return End(due.dt.date(), due, sure)
    start = pl.col("start").cast(pl.Date)
    if amount.workdays:
        return days.nth_workday(start, amount.workdays)
    raw = shifted(days.plus_months(start, amount.months), amount.days)
    if body.extension is not None:
        raw = (number(raw) + pl.col("extra")).cast(pl.Date)
    if amount.days < 0 or amount.months < 0:
        return days.rolled_back(raw)
    if body.suspension is not None:
        raw = (number(raw) + _paused()).cast(pl.Date)
    if body.roll == "no":
        return End(raw, raw, sure)
    rolled = days.rolled(raw)
    if body.roll == "yes":
        return rolled
    free = pl.col("custody").eq_missing(pl.lit(value=False))
    return End(
        raw,
        pl.when(free).then(rolled.due).otherwise(raw),
        rolled.certain | ~free,
    )


def _paused() -> pl.Expr:
    span = number(pl.col("last")) - number(pl.col("first")) + 1
    return span.fill_null(0)
