"""The days of a leave as people type them: 到周五, 6月16日到20日, 明天起三天, 周一回来."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.replies.dates import find_clear_days, find_day_numbers
from knowledge.replies.day_words import day_of
from knowledge.replies.numerals import NUMERAL, number

if TYPE_CHECKING:
    from datetime import date

    from knowledge.replies.day_words import DayWords

FRIDAY = 4
_RANGE_SIGN = r"\s*(?:[-~—–－～至到]|直到)+\s*"
_TWO_DATES = re.compile(rf"(\d{{1,2}}[.月/]\d{{1,2}}[日号]?){_RANGE_SIGN}(?=\d)")
_TWO_DAYS = re.compile(rf"(?<![\d.月/])(\d{{1,2}}){_RANGE_SIGN}(?=\d{{1,2}}[日号])")
_UNTIL = re.compile(r"(?:到|至|截至|截止|止于|直到)\s*$")
_BACK_ON = re.compile(r"\s*(?:就|才|再|能|可以)?(?:回来|回院|返岗|返院|上班|销假|回岗)")
_WHOLE_WEEK = re.compile(
    r"(?P<next>下)?(?:本|这|下)(?:一)?(?:个)?(?:周|星期|礼拜)(?![内一二三四五六日天1-7以])"
)
_LASTS = re.compile(rf"(?P<n>{NUMERAL}|半)\s*(?:个)?(?P<unit>天|日|周|星期|礼拜|月)(?![前号])")


@dataclass(frozen=True)
class LeaveDays:
    """The first and the last day of a leave; None: not said."""

    first: date | None = None
    last: date | None = None


def read_days(text: str, today: date) -> LeaveDays:
    """Read the days of a leave; more than two of them are not put in an order: they are asked."""
    text = _spelt_out(text)
    found = _found(text, today)
    if len(found) > 2:
        return LeaveDays()
    if not found:
        return _without_days(text, today)
    days = [_meant(one, today) for one in found]
    if None in days:
        return LeaveDays()
    first_day = days[0]
    if len(found) == 1 and first_day is not None:
        return _one_day(text, found[0], first_day, today)
    last_day = _after(found[1], days[1], first_day, today)
    if last_day is not None and _BACK_ON.match(text, found[1].end):
        last_day -= timedelta(days=1)
    return LeaveDays(first_day, last_day)


def without_days(text: str, today: date) -> str:
    """Return what a text says besides its days and how long it lasts."""
    text = _spelt_out(text)
    for one in reversed(_found(text, today)):
        text = text[: one.start] + text[one.end :]
    for pattern in (_WHOLE_WEEK, _LASTS, _BACK_ON):
        text = pattern.sub("", text)
    return text


def _spelt_out(text: str) -> str:
    """Write 6.16-6.20 and 16-20日 as a day to a day."""
    return _TWO_DAYS.sub(r"\1日到", _TWO_DATES.sub(r"\1到", text))


def _found(text: str, today: date) -> list[DayWords]:
    clear = find_clear_days(text, today)
    numbers = [
        one
        for one in find_day_numbers(text)
        if not any(one.start < other.end and other.start < one.end for other in clear)
    ]
    return sorted([*clear, *numbers], key=lambda one: one.start)


def _meant(words: DayWords, today: date) -> date | None:
    """Return the day meant; a weekday is this week's unless it is over, 明天 is tomorrow."""
    if words.shift is not None:
        return today + timedelta(days=words.shift)
    if words.weekday is not None:
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(days=7 * (words.week or 0) + words.weekday)
        return day + timedelta(days=7) if words.week is None and day < today else day
    if words.month is not None:
        years = [words.year] if words.year else [today.year - 1, today.year, today.year + 1]
        days = [day_of(year, words.month, words.day) for year in years]
        known = [one for one in days if one is not None]
        return min(known, key=lambda one: abs(one - today), default=None)
    here = day_of(today.year, today.month, words.day)
    return here if here is not None and here >= today else _next_month(today, words.day)


def _next_month(day: date, wanted: int | None) -> date | None:
    year, month = divmod(day.year * 12 + day.month, 12)
    return day_of(year, month + 1, wanted)


def _after(words: DayWords, day: date | None, first: date | None, today: date) -> date | None:
    """Return the second of two days: 6月16日到20日, 29日到3日, 周四到周二."""
    if first is None or day is None:
        return day
    if words.month is None and words.day is not None and words.shift is None:
        same = day_of(first.year, first.month, words.day)
        return same if same is not None and same >= first else _next_month(first, words.day)
    if day >= first:
        return day
    if words.weekday is not None and words.week is None:
        return day + timedelta(days=7)
    if words.month is not None and words.year is None and first > today:
        return day_of(first.year + 1, words.month, words.day)
    return day


def _one_day(text: str, words: DayWords, day: date, today: date) -> LeaveDays:
    before, lasts = text[: words.start], _lasting(text, words)
    if _BACK_ON.match(text, words.end):
        return LeaveDays(today, day - timedelta(days=1))
    if _UNTIL.search(before):
        return LeaveDays(today, day)
    if lasts is not None:
        return LeaveDays(day, _last_of(day, lasts))
    starts = re.match(r"\s*(?:起|开始)", text[words.end :]) or re.search(r"(?:从|自)\s*$", before)
    return LeaveDays(day, None if starts else day)


def _without_days(text: str, today: date) -> LeaveDays:
    week = _WHOLE_WEEK.search(text)
    if week is not None:
        monday = today - timedelta(days=today.weekday())
        monday += timedelta(days=7 if "下" in week[0] else 0)
        first = max(monday, today)
        return LeaveDays(first, max(first, monday + timedelta(days=FRIDAY)))
    lasts = _LASTS.search(text)
    if lasts is None:
        return LeaveDays()
    return LeaveDays(today, _last_of(today, lasts))


def _lasting(text: str, words: DayWords) -> re.Match[str] | None:
    """Find how long it lasts, beside the day itself: 明天起三天, 6月16日请假3天."""
    return next(
        (
            one
            for one in _LASTS.finditer(text)
            if one.start() >= words.end or one.end() <= words.start
        ),
        None,
    )


def _last_of(first: date, lasts: re.Match[str]) -> date | None:
    if lasts["n"] == "半":
        # half a day is a day, half a month fifteen days
        return first if lasts["unit"] in "天日" else first + timedelta(days=14)
    many = number(lasts["n"])
    if lasts["unit"] in {"天", "日"}:
        return first + timedelta(days=many - 1)
    if lasts["unit"] != "月":
        return first + timedelta(days=7 * many - 1)
    year, month = divmod(first.year * 12 + first.month - 1 + many, 12)
    ends = day_of(year, month + 1, first.day) or day_of(year, month + 1, None)
    return None if ends is None else ends - timedelta(days=1)
