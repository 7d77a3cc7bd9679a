"""Working days, days off and make-up days (调休); says when a year is not announced yet.

Source: chinesecalendar (2004 to 2026 in version 1.11.0, checked day by day against a second
package for 2025 and 2026), plus the office's own YAML for the years it lacks. A look-up in the
library takes 20 µs, so each year is read into a table once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from knowledge import strict_yaml
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SATURDAY = 5
ONE_DAY = timedelta(days=1)
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
FREE_DAY = "休息日"


class HolidayFileError(KnowledgeError):
    """The office's own holiday file cannot be used."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"放假安排 {name} 第 {line} 行：{reason}")


@dataclass(frozen=True)
class AnnouncedYear:
    """A year's arrangement: weekdays off (with their holiday's name) and weekend days worked."""

    days_off: Mapping[date, str]
    workdays: frozenset[date] = frozenset()


@dataclass
class Calendar:
    """Tells working days from days off; years nobody announced know weekends only."""

    extra: Mapping[int, AnnouncedYear] = field(default_factory=dict)
    _years: dict[int, tuple[dict[date, str], bool]] = field(default_factory=dict, repr=False)

    def is_announced(self, year: int) -> bool:
        """Tell whether a year's holidays and make-up days are known."""
        return self._year(year)[1]

    def is_day_off(self, day: date) -> bool:
        """Tell whether a day is a weekend day or holiday; a make-up day is a working day."""
        return day in self._year(day.year)[0]

    def holiday_name(self, day: date) -> str | None:
        """Return why a day is off: the holiday's name, 休息日 on weekends, None if it is not."""
        return self._year(day.year)[0].get(day)

    def next_workday(self, day: date) -> date:
        """Return the first working day on or after a day."""
        while self.is_day_off(day):
            day += ONE_DAY
        return day

    def workday_after(self, day: date) -> date:
        """Return the first working day after a day."""
        return self.next_workday(day + ONE_DAY)

    def workday_before(self, day: date) -> date:
        """Return the last working day before a day."""
        day -= ONE_DAY
        while self.is_day_off(day):
            day -= ONE_DAY
        return day

    def nth_workday_after(self, day: date, number: int) -> date:
        """Return the number-th working day after a day; the day itself does not count."""
        for _ in range(number):
            day = self.workday_after(day)
        return day

    def _year(self, year: int) -> tuple[dict[date, str], bool]:
        if year not in self._years:
            self._years[year] = self._read(year)
        return self._years[year]

    def _read(self, year: int) -> tuple[dict[date, str], bool]:
        if year in self.extra:
            own = self.extra[year]
            off = {day: FREE_DAY for day in _weekends(year) if day not in own.workdays}
            return off | dict(own.days_off), True
        known = _library_year(year)
        if known is not None:
            return known, True
        return dict.fromkeys(_weekends(year), FREE_DAY), False


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1)]


def _weekends(year: int) -> list[date]:
    return [day for day in _days(year) if day.weekday() >= SATURDAY]


def _library_year(year: int) -> dict[date, str] | None:
    # imported here: most commands never ask about a holiday, and start-up counts
    import chinese_calendar  # noqa: PLC0415

    off: dict[date, str] = {}
    try:
        for day in _days(year):
            is_off, name = chinese_calendar.get_holiday_detail(day)
            if is_off:
                off[day] = NAMES.get(name or "", name or FREE_DAY)
    except NotImplementedError:
        return None
    return off


def load_years(path: Path) -> dict[int, AnnouncedYear]:
    """Read the office's own years: year → days_off {day: name}, workdays [days].

    Raises:
        HolidayFileError: a day that is none, or of another year.
    """
    content = strict_yaml.load(path)
    if not isinstance(content, strict_yaml.Node):
        raise HolidayFileError(path.name, 1, "应当以年份为键")
    for year in content:
        if not (year.isdecimal() and len(year) == 4):
            raise HolidayFileError(path.name, content.line_of(year), f"“{year}”不是年份")
    return {
        int(year): _announced(path.name, int(year), entry, content.line_of(year))
        for year, entry in content.items()
    }


def _announced(name: str, year: int, entry: object, line: int) -> AnnouncedYear:
    if not isinstance(entry, strict_yaml.Node) or set(entry) - {"days_off", "workdays"}:
        raise HolidayFileError(name, line, "每年只写 days_off 和 workdays 两项")

    def day(text: str) -> date:
        try:
            found = date.fromisoformat(str(text))
        except ValueError as error:
            raise HolidayFileError(name, entry.line, f"“{text}”不是日期") from error
        if found.year != year:
            raise HolidayFileError(name, entry.line, f"“{text}”不在 {year} 年")
        return found

    return AnnouncedYear(
        days_off={day(text): str(why) for text, why in (entry.get("days_off") or {}).items()},
        workdays=frozenset(day(text) for text in entry.get("workdays") or []),
    )
