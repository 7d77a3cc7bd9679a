"""A day as typed, and the day it means seen from the day of writing."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.calendar import Calendar

Direction = Literal["past", "future", "nearest"]
_SOON = timedelta(days=45)
_LONG_AGO = timedelta(days=300)


@dataclass(frozen=True)
class DayWords:
    """A day as typed: what is known of it, and where it stands in the text."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    week: int | None = None
    shift: int | None = None
    next_workday: bool = False

    def resolve(self, today: date, calendar: Calendar, direction: Direction) -> date | None:
        """Return the day meant, None when there is no such day."""
        if self.shift is not None:
            if self.next_workday and direction == "future":
                return calendar.workday_after(today)
            return today + timedelta(days=self.shift)
        if self.weekday is not None:
            return _on_weekday(self.weekday, self.week, today, direction)
        candidates = [found for found in self._candidates(today) if found is not None]
        return _choose(candidates, today, direction)

    def _candidates(self, today: date) -> Iterator[date | None]:
        if self.month is not None:
            years = [self.year] if self.year else [today.year - 1, today.year, today.year + 1]
            for year in years:
                yield day_of(year, self.month, self.day)
            return
        for months in (-1, 0, 1):
            index = today.year * 12 + today.month - 1 + months
            yield day_of(index // 12, index % 12 + 1, self.day)


def _on_weekday(weekday: int, week: int | None, today: date, direction: Direction) -> date:
    monday = today - timedelta(days=today.weekday())
    if week is not None:
        return monday + timedelta(days=7 * week + weekday)
    here = monday + timedelta(days=weekday)
    if direction == "future":
        return here if here > today else here + timedelta(days=7)
    return here if here <= today else here - timedelta(days=7)


def day_of(year: int, month: int, day: int | None) -> date | None:
    """Return a day of a month, its last one where none is given, None where there is none."""
    last = monthrange(year, month)[1]
    if day is None:
        return date(year, month, last)
    return date(year, month, day) if 1 <= day <= last else None


def _choose(candidates: list[date], today: date, direction: Direction) -> date | None:
    if direction == "past":
        usual = [day for day in candidates if day <= today]
        soon = [day for day in candidates if today < day <= today + _SOON]
        if soon and (not usual or today - max(usual) > _LONG_AGO):
            return min(soon)
        return max(usual, default=min(candidates, default=None))
    if direction == "future":
        usual = [day for day in candidates if day >= today]
        return min(usual, default=max(candidates, default=None))
    return min(candidates, key=lambda day: abs(day - today), default=None)
