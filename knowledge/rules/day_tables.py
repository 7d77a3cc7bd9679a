"""Days looked up in tables: a month later, the next working day, the nth working day.

A table holds one entry for each day between the first and the last that is asked for, so that a
million due days are a million look-ups. What stands in the tables is what `knowledge.periods`
computes of one day; tests hold the two against each other.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from knowledge.calendar import Calendar

EPOCH = date(1970, 1, 1)
ONE_DAY = timedelta(days=1)


class End(NamedTuple):
    """A term's end before and after the roll over days off, and whether it is certain."""

    raw: pl.Expr
    due: pl.Expr
    certain: pl.Expr


def number(day: pl.Expr) -> pl.Expr:
    """Return days as numbers, as the engine keeps them."""
    return day.cast(pl.Date).to_physical()


def shifted(day: pl.Expr, days: int) -> pl.Expr:
    """Return days moved by calendar days."""
    return (number(day) + days).cast(pl.Date)


class DayTables:
    """Tables over whole years; no day of another year may be looked up.

    A slip of the keyboard (1900) is a year of its own: the years between are left out.
    """

    def __init__(self, calendar: Calendar, years: Iterable[int]) -> None:
        self._calendar = calendar
        asked = set(years)
        self._first = date(min(asked), 1, 1)
        self._days = [day if day.year in asked else None for day in _days(self._first, max(asked))]
        self._tables: dict[object, pl.Series] = {}

    def plus_months(self, day: pl.Expr, months: int) -> pl.Expr:
        """Add months as periods.add_months does: a last day stays a last day."""
        if not months:
            return day.cast(pl.Date)
        name = ("months", months)
        if name not in self._tables:
            self._tables[name] = _later(pl.Series(self._days, dtype=pl.Date), months)
        return self._at(name, day)

    def next_workday(self, day: pl.Expr) -> pl.Expr:
        """Return the first working day on or after each day."""
        return self._look_up("next", self._calendar.next_workday, day)

    def rolled(self, raw: pl.Expr) -> End:
        """Roll ends over days off, forward; not where a year is not announced."""
        due = self._look_up("due", self._forward, raw)
        return End(raw, due, self._look_up("certain", self._certain_forward, raw, pl.Boolean))

    def rolled_back(self, raw: pl.Expr) -> End:
        """Roll ends that were counted back over days off, backward."""
        due = self._look_up("due back", self._backward, raw)
        return End(raw, due, self._look_up("certain back", self._certain_back, raw, pl.Boolean))

    def nth_workday(self, day: pl.Expr, count: int) -> End:
        """Count working days from each day, forward or (negative) backward."""
        end = self._look_up(("nth", count), lambda each: self._nth(each, count), day)
        certain = self._look_up(
            ("nth certain", count),
            lambda each: self._announced(each, self._nth(each, count)),
            day,
            pl.Boolean,
        )
        return End(end, end, certain)

    def _look_up(
        self,
        name: object,
        function: Callable[[date], date | bool],
        day: pl.Expr,
        kind: type[pl.DataType] = pl.Date,
    ) -> pl.Expr:
        if name not in self._tables:
            found = [None if each is None else function(each) for each in self._days]
            self._tables[name] = pl.Series(found, dtype=kind)
        return self._at(name, day)

    def _at(self, name: object, day: pl.Expr) -> pl.Expr:
        return pl.lit(self._tables[name]).gather(number(day) - self._offset)

    @cached_property
    def _offset(self) -> int:
        return (self._first - EPOCH).days

    def _forward(self, end: date) -> date:
        rolled = self._calendar.next_workday(end)
        return rolled if self._announced(end, end) and self._announced(rolled, rolled) else end

    def _certain_forward(self, end: date) -> bool:
        rolled = self._calendar.next_workday(end)
        return self._announced(end, end) and self._announced(rolled, rolled)

    def _backward(self, end: date) -> date:
        is_off = self._calendar.is_day_off(end)
        return self._calendar.workday_before(end) if is_off else end

    def _certain_back(self, end: date) -> bool:
        return self._announced(self._backward(end), end)

    def _nth(self, day: date, count: int) -> date:
        step = self._calendar.workday_after if count > 0 else self._calendar.workday_before
        for _ in range(abs(count)):
            day = step(day)
        return day

    def _announced(self, first: date, last: date) -> bool:
        early, late = min(first, last).year, max(first, last).year
        return all(self._calendar.is_announced(year) for year in range(early, late + 1))


def _later(days: pl.Series, months: int) -> pl.Series:
    """Add months: the same day, the last day for a last day or where there is none."""
    moved = days.dt.offset_by(f"{months}mo")
    is_last = days == days.dt.month_end()
    return moved.zip_with(~is_last.fill_null(value=False), moved.dt.month_end())


def _days(first: date, last_year: int) -> Iterator[date]:
    day = first
    while day.year <= last_year:
        yield day
        day += ONE_DAY
