"""The time a report counts over: a reporting month, a quarter, a year; the range is printed."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.errors import UserFacingError

MonthManner = Literal["calendar", "26th"]
"""A reporting month is the calendar's, or runs from the 26th of the month before to the 25th."""
Span = Literal[1, 3, 12]
_FIRST_DAY, _LAST_DAY = 26, 25
_YEAR = re.compile(r"((?:19|20|21)\d{2})年?")
_QUARTER = re.compile(r"(?:((?:19|20|21)\d{2})年?)?第?([一二三四1-4])季度?")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_MONTH = re.compile(r"(?:(?P<year>(?:19|20|21)\d{2})[-年./])?(?P<month>\d{1,2})月?(?:份)?")


class NoRangeError(UserFacingError):
    """What should be a month, a quarter or a year is none."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text[:20]}”不是月份、季度或年份，请写成 2026-06、6月、2026年二季度或 2026年"
        )


@dataclass(frozen=True)
class Range:
    """Days from `start` to `end`, both counted; `months` many reporting months end with `month`."""

    year: int
    month: int
    months: Span = 1
    manner: MonthManner = "calendar"

    @property
    def start(self) -> date:
        """The first day."""
        year, month = _shifted(self.year, self.month, 1 - self.months)
        if self.manner == "calendar":
            return date(year, month, 1)
        return date(*_shifted(year, month, -1), _FIRST_DAY)

    @property
    def end(self) -> date:
        """The last day."""
        if self.manner == "calendar":
            return date(self.year, self.month, monthrange(self.year, self.month)[1])
        return date(self.year, self.month, _LAST_DAY)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def title(self) -> str:
        """How the range is called: 2026年6月, 2026年第二季度, 2026年."""
        if self.months == 1:
            return f"{self.year}年{self.month}月"
        if self.months == 3:
            return f"{self.year}年第{'一二三四'[self.month // 3 - 1]}季度"
        return f"{self.year}年"

    @property
    def written(self) -> str:
        """The range as it is printed: 2026年6月1日至6月30日."""
        year = "" if self.start.year == self.end.year else f"{self.end.year}年"
        first = f"{self.start.year}年{self.start.month}月{self.start.day}日"
        return f"{first}至{year}{self.end.month}月{self.end.day}日"

    @property
    def before(self) -> Range:
        """The range just before, of the same length."""
        return self.earlier(self.months)

    @property
    def year_ago(self) -> Range:
        """The same range of the year before."""
        return self.earlier(12)

    def earlier(self, months: int) -> Range:
        """Return a range of the same length that ends so many months earlier."""
        year, month = _shifted(self.year, self.month, -months)
        return Range(year, month, self.months, self.manner)


def _shifted(year: int, month: int, by: int) -> tuple[int, int]:
    years, left = divmod(year * 12 + month - 1 + by, 12)
    return years, left + 1


def month_of(day: date, manner: MonthManner) -> Range:
    """Return the reporting month that a day falls into."""
    if manner == "26th" and day.day >= _FIRST_DAY:
        return Range(*_shifted(day.year, day.month, 1), manner=manner)
    return Range(day.year, day.month, manner=manner)


def last_full(day: date, manner: MonthManner) -> Range:
    """Return the newest reporting month that is over by a day's end, else the one it falls into."""
    now = month_of(day, manner)
    return now if now.end <= day else now.before


def year_of(year: int, manner: MonthManner) -> Range:
    """Return a reporting year."""
    return Range(year, 12, 12, manner)


def quarter_of(year: int, quarter: int, manner: MonthManner) -> Range:
    """Return a reporting quarter, counted from 1."""
    return Range(year, quarter * 3, 3, manner)


def read_range(text: str, today: date, manner: MonthManner) -> Range:
    """Read 2026-06, 2026年6月, 6月, 2026年二季度, 二季度, 2026年; without a year the newest one.

    Raises:
        NoRangeError: it is none of them.
    """
    wanted = text.strip()
    if year := _YEAR.fullmatch(wanted):
        return year_of(int(year[1]), manner)
    if quarter := _QUARTER.fullmatch(wanted):
        number = _QUARTERS.get(quarter[2]) or int(quarter[2])
        found = quarter_of(int(quarter[1] or today.year), number, manner)
        return found if quarter[1] or found.start <= today else found.year_ago
    return _read_month(wanted, today, manner)


def _read_month(text: str, today: date, manner: MonthManner) -> Range:
    found = _MONTH.fullmatch(text)
    month = int(found["month"]) if found else 0
    if found is None or not 1 <= month <= 12:
        raise NoRangeError(text)
    if found["year"]:
        return Range(int(found["year"]), month, manner=manner)
    newest = Range(today.year, month, manner=manner)
    return newest if newest.start <= today else newest.year_ago
