"""Find the days people type: 5.31, 六月三号, 下周一, 月底, 三天后."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.replies.day_words import DayWords, day_of
from knowledge.replies.numerals import NUMERAL, number

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_WEEKDAYS = {char: index for index, char in enumerate("一二三四五六")} | {
    char: index for index, char in enumerate("123456")
}
_WEEKDAYS |= {"日": 6, "天": 6, "7": 6}
_RELATIVE = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
_YEARS = {"去年": -1, "今年": 0, "明年": 1}
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
    rf"(?<!\d)(?:(?P<y>今年|去年|明年)的?\s?)?(?P<m>元|{_NUM})月(?:份)?的?\s?(?P<d>{_NUM})(?:号|日)?(?!\d|个|条|次|天)"
)
_IN_MONTH = re.compile(
    rf"(?:(?P<this>这个?月|本月|当月)|(?P<next>下个?月)|(?P<last>上个?月))的?\s?(?P<d>{_NUM})(?:号|日)"
)
_PACKED = re.compile(
    r"(?<![\d.A-Za-z\-/])(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![\d.A-Za-z\-/号案])"
)
_YEAR_END = re.compile(r"(?:(?P<y>今年|明年|去年)的?)?年底|年末")
_MONTH_END = re.compile(
    rf"(?:(?P<m>元|{_NUM})月(?:份)?|(?P<this>这个?月|本月|当月)|(?P<next>下个?月)|(?P<last>上个?月))?(?:月?)[底末]"
)
_WEEK = re.compile(
    r"(?P<w>下下|下|上上|上|这|本)?个?(?:周|星期|礼拜)(?P<d>[一二三四五六日天]|[1-7](?!\d))(?!期)"
)
_IN_WEEK = re.compile(r"(?:本|这)(?:周|星期|礼拜)(?:之?内|以内)")
_REL = re.compile(
    r"(?P<r>大前|大后|前|昨|今|明|后)(?:天|日|儿个?|早上?(?!晚)|晚(?=[^了]))|(?P<today>下班前|今日)"
)
_AFTER = re.compile(rf"(?P<n>{_NUM})(?:天(?:之?后|以后|之?内|以内)|日(?:之?后|以后))")
_DAY_ONLY = re.compile(
    rf"(?<![\d.第月十])(?:(?P<d>{_NUM})号|(?P<n>\d{{1,2}})日)(?!线|楼|院|库|文|案|那|这|的案|内|之内|以内|期)"
)


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
    year = today.year + _YEARS[match["y"]] if match["y"] else None
    return _checked(match, year, _month(match["m"]), number(match["d"]))


def _packed(match: re.Match[str], _: date) -> DayWords | None:
    """Read 0531; without the leading zero only where nothing else is written."""
    if not match["m"].startswith("0") and match[0] != match.string.strip():
        return None
    return _checked(match, None, int(match["m"]), int(match["d"]))


def _in_month(match: re.Match[str], today: date) -> DayWords | None:
    return _checked(match, *_shifted(today, match), number(match["d"]))


def _year_end(match: re.Match[str], today: date) -> DayWords:
    return DayWords(*match.span(), year=today.year + _YEARS[match["y"] or "今年"], month=12)


def _month(text: str) -> int:
    return 1 if text == "元" else number(text)


def _shifted(today: date, match: re.Match[str]) -> tuple[int, int]:
    """Return year and month that 这个月, 下个月 or 上个月 means."""
    index = today.year * 12 + today.month - 1
    index += 1 if match["next"] else -1 if match["last"] else 0
    return index // 12, index % 12 + 1


def _checked(match: re.Match[str], year: int | None, month: int, day: int) -> DayWords | None:
    if not 1 <= month <= 12 or day_of(year or 2024, month, day) is None:
        return None
    return DayWords(*match.span(), year=year, month=month, day=day)


def _month_end(match: re.Match[str], today: date) -> DayWords | None:
    if match["m"]:
        month = _month(match["m"])
        return DayWords(*match.span(), month=month) if 1 <= month <= 12 else None
    if "月" not in match[0]:
        return None
    year, month = _shifted(today, match)
    return DayWords(*match.span(), year=year, month=month)


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
    (_IN_MONTH, _in_month),
    (_MONTH_DAY_ZH, _month_day),
    (_MONTH_DAY, _month_day),
    (_PACKED, _packed),
    (_YEAR_END, _year_end),
    (_MONTH_END, _month_end),
    (_WEEK, _week),
    (_IN_WEEK, _in_week),
    (_REL, _relative),
    (_AFTER, _after),
)
