"""The months that a second count is made over, and how they are called."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

SEASONS = "一二三四"


@dataclass(frozen=True)
class Span:
    """So many reporting months, the last of them named by year and month.

    They are those of the calendar, or run from the 26th of the month before to the 25th.
    """

    year: int
    month: int
    months: int = 1
    manner: str = "calendar"

    @property
    def days(self) -> tuple[date, date]:
        """The first day and the last."""
        begun = self.year * 12 + self.month - self.months
        if self.manner == "26th":
            first = date((begun - 1) // 12, (begun - 1) % 12 + 1, 26)
            return first, date(self.year, self.month, 25)
        last = monthrange(self.year, self.month)[1]
        return date(begun // 12, begun % 12 + 1, 1), date(self.year, self.month, last)

    @property
    def title(self) -> str:
        """2026年6月, 2026年第二季度, 2026年."""
        called = {
            1: f"{self.month}月",
            3: f"第{SEASONS[self.month // 3 - 1]}季度",
            12: "",
        }
        return f"{self.year}年{called[self.months]}"

    @property
    def written(self) -> str:
        """2026年6月1日至6月30日."""
        first, last = self.days
        year = "" if first.year == last.year else f"{last.year}年"
        return f"{first.year}年{first.month}月{first.day}日至{year}{last.month}月{last.day}日"

    @property
    def before(self) -> Span:
        """As many months just before."""
        return self.earlier(self.months)

    @property
    def year_ago(self) -> Span:
        """The same months of the year before."""
        return self.earlier(12)

    @property
    def last_months(self) -> list[Span]:
        """The twelve months that end with this one."""
        return [replace(self.earlier(back), months=1) for back in range(12)]

    def earlier(self, months: int) -> Span:
        """As many months that end so many months before."""
        place = self.year * 12 + self.month - 1 - months
        return replace(self, year=place // 12, month=place % 12 + 1)
