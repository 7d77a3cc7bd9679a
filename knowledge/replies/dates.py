"""Days as people type them: 5.31, 六月三号, 下周一, 月底, 三天后.

A day without year, month or week is only half known; `DayWords.resolve` fills in the rest from the
day of writing: backwards for what was done, forwards for what is promised.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from knowledge.replies.numerals import NUMERAL, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from knowledge.calendar import Calendar

Direction = Literal["past", "future", "nearest"]

_WEEKDAYS = {char: index for index, char in enumerate("一二三四五六")} | {
    char: index for index, char in enumerate("123456")
}
_WEEKDAYS |= {"日": 6, "天": 6, "7": 6}
_RELATIVE = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
_NUM = NUMERAL
_DAY_END = r"(?:号|日)?(?!\d|[.]\d)"

_FULL = re.compile(
    r"(?<!\d)(?P<y>20\d\d)(?:[-./年]\s?(?P<m>\d{1,2})[-./月]\s?(?P<d>\d{1,2})|(?P<m2>\d\d)(?P<d2>\d\d))"
    + _DAY_END
)
_MONTH_DAY = re.compile(
    r"(?<![\d.\-/第])(?:(?P<y>今年|去年)\s?)?(?P<m>\d{1,2})(?:[.\-/])(?P<d>\d{1,2})(?:号|日)?(?![\d\-/条个项件]|[.]\d)"
)
_MONTH_DAY_ZH = re.compile(
    rf"(?<!\d)(?:(?P<y>今年|去年)\s?)?(?P<m>{_NUM})月(?:份)?\s?(?P<d>{_NUM})(?:号|日)?(?!\d|个|条|次|天)"
)
_MONTH_END = re.compile(
    rf"(?:(?P<m>{_NUM})月(?:份)?|(?P<this>这个?月|本月|当月)|(?P<next>下个?月))?(?:月?)底"
)
_WEEK = re.compile(
    r"(?P<w>下下|下|上上|上|这|本)?个?(?:周|星期|礼拜)(?P<d>[一二三四五六日天]|[1-7](?!\d))(?!期)"
)
_IN_WEEK = re.compile(r"(?:本|这)(?:周|星期|礼拜)(?:之?内|以内)")
_REL = re.compile(
    r"(?P<r>大前|大后|前|昨|今|明|后)(?:天|日|儿个?|早上?(?=[^晚])|晚(?=[^了]))|(?P<today>下班前|今日)"
)
_AFTER = re.compile(rf"(?P<n>{_NUM})(?:天(?:之?后|以后|之?内|以内)|日(?:之?后|以后))")
_DAY_ONLY = re.compile(
    rf"(?<![\d.第月十])(?:(?P<d>{_NUM})号|(?P<n>\d{{1,2}})日)(?!线|楼|院|库|文|案|那|这|的案|内|之内|以内|期)"
)


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
                yield _day(year, self.month, self.day)
            return
        for months in (-1, 0, 1):
            index = today.year * 12 + today.month - 1 + months
            yield _day(index // 12, index % 12 + 1, self.day)


def _on_weekday(weekday: int, week: int | None, today: date, direction: Direction) -> date:
    monday = today - timedelta(days=today.weekday())
    if week is not None:
        return monday + timedelta(days=7 * week + weekday)
    here = monday + timedelta(days=weekday)
    if direction == "future":
        return here if here > today else here + timedelta(days=7)
    return here if here <= today else here - timedelta(days=7)


def _day(year: int, month: int, day: int | None) -> date | None:
    last = monthrange(year, month)[1]
    if day is None:
        return date(year, month, last)
    return date(year, month, day) if 1 <= day <= last else None


def _choose(candidates: list[date], today: date, direction: Direction) -> date | None:
    if direction == "past":
        usual = [day for day in candidates if day <= today]
        return max(usual, default=min(candidates, default=None))
    if direction == "future":
        usual = [day for day in candidates if day >= today]
        return min(usual, default=max(candidates, default=None))
    return min(candidates, key=lambda day: abs(day - today), default=None)


def find_clear_days(text: str, today: date) -> list[DayWords]:
    """Return the days that cannot be the number of a case or an item, in order of the text."""
    found: list[DayWords] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            words = read(match, today)
            if words and not any(w.start < words.end and words.start < w.end for w in found):
                found.append(words)
    return sorted(found, key=lambda words: words.start)


def find_day_numbers(text: str) -> list[DayWords]:
    """Return what may be days of a month (5号, 三号) or else the number of a case or an item."""
    return [
        DayWords(match.start(), match.end(), day=number(match["d"] or match["n"]))
        for match in _DAY_ONLY.finditer(text)
        if 1 <= number(match["d"] or match["n"]) <= 31
    ]


def _full(match: re.Match[str], _: date) -> DayWords | None:
    month, day = int(match["m"] or match["m2"]), int(match["d"] or match["d2"])
    return _checked(match, int(match["y"]), month, day)


def _month_day(match: re.Match[str], today: date) -> DayWords | None:
    year = {"今年": today.year, "去年": today.year - 1}.get(match["y"] or "")
    return _checked(match, year, number(match["m"]), number(match["d"]))


def _checked(match: re.Match[str], year: int | None, month: int, day: int) -> DayWords | None:
    if not 1 <= month <= 12 or _day(year or 2024, month, day) is None:
        return None
    return DayWords(*match.span(), year=year, month=month, day=day)


def _month_end(match: re.Match[str], today: date) -> DayWords | None:
    if match["m"]:
        month = number(match["m"])
        return DayWords(*match.span(), month=month) if 1 <= month <= 12 else None
    if "月" not in match[0]:
        return None
    index = today.year * 12 + today.month - 1 + (1 if match["next"] else 0)
    return DayWords(*match.span(), year=index // 12, month=index % 12 + 1)


def _week(match: re.Match[str], _: date) -> DayWords:
    week = {"下下": 2, "下": 1, "上上": -2, "上": -1, "这": 0, "本": 0}.get(match["w"] or "")
    return DayWords(*match.span(), weekday=_WEEKDAYS[match["d"]], week=week)


def _in_week(match: re.Match[str], _: date) -> DayWords:
    return DayWords(*match.span(), weekday=4, week=0)


def _relative(match: re.Match[str], _: date) -> DayWords:
    shift = _RELATIVE[match["r"]] if match["r"] else 0
    return DayWords(*match.span(), shift=shift, next_workday=shift == 1)


def _after(match: re.Match[str], _: date) -> DayWords:
    return DayWords(*match.span(), shift=number(match["n"]))


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], DayWords | None]], ...] = (
    (_FULL, _full),
    (_MONTH_DAY_ZH, _month_day),
    (_MONTH_DAY, _month_day),
    (_MONTH_END, _month_end),
    (_WEEK, _week),
    (_IN_WEEK, _in_week),
    (_REL, _relative),
    (_AFTER, _after),
)
