from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from knowledge.calendar import Calendar
from knowledge.replies.dates import find_clear_days, find_day_numbers

if TYPE_CHECKING:
    from knowledge.replies.day_words import Direction

MONDAY = date(2026, 6, 15)
FRIDAY = date(2026, 9, 18)
CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("text", "direction", "wanted"),
    [
        ("5.31", "past", date(2026, 5, 31)),
        ("5-31", "past", date(2026, 5, 31)),
        ("5/31", "past", date(2026, 5, 31)),
        ("5月31", "past", date(2026, 5, 31)),
        ("5月31号", "past", date(2026, 5, 31)),
        ("六月三号", "past", date(2026, 6, 3)),
        ("十一月十九日", "past", date(2025, 11, 19)),
        ("去年11月19日", "past", date(2025, 11, 19)),
        ("2026.5.31", "past", date(2026, 5, 31)),
        ("20260531", "past", date(2026, 5, 31)),
        ("2026年5月31日", "past", date(2026, 5, 31)),
        ("31号", "past", date(2026, 5, 31)),
        ("三号", "past", date(2026, 6, 3)),
        ("12日", "future", date(2026, 7, 12)),
        ("周四", "future", date(2026, 6, 18)),
        ("周四", "past", date(2026, 6, 11)),
        ("星期一", "future", date(2026, 6, 22)),
        ("下周一", "future", date(2026, 6, 22)),
        ("下下周三", "future", date(2026, 7, 1)),
        ("上周五", "past", date(2026, 6, 12)),
        ("本周内", "future", date(2026, 6, 19)),
        ("昨天", "past", date(2026, 6, 14)),
        ("前天", "past", date(2026, 6, 13)),
        ("明天", "future", date(2026, 6, 16)),
        ("后天", "future", date(2026, 6, 17)),
        ("三天后", "future", date(2026, 6, 18)),
        ("5月底", "past", date(2026, 5, 31)),
        ("月底", "future", date(2026, 6, 30)),
        ("下月底", "future", date(2026, 7, 31)),
        ("上个月28号", "past", date(2026, 5, 28)),
        ("这个月25号", "future", date(2026, 6, 25)),
        ("年底", "future", date(2026, 12, 31)),
        ("明年1月20", "past", date(2027, 1, 20)),
        ("元月5号", "future", date(2027, 1, 5)),
        ("0531", "past", date(2026, 5, 31)),
        ("1105", "past", date(2025, 11, 5)),
        ("今早", "past", date(2026, 6, 15)),
        ("6月20号", "past", date(2026, 6, 20)),
        ("1.5", "future", date(2027, 1, 5)),
        ("7.1", "nearest", date(2026, 7, 1)),
    ],
)
def test_a_day_is_read_as_people_mean_it(text: str, direction: Direction, wanted: date) -> None:
    found = find_clear_days(text, MONDAY) or find_day_numbers(text)

    assert [words.resolve(MONDAY, CALENDAR, direction) for words in found] == [wanted]


def test_tomorrow_in_a_promise_is_the_next_working_day() -> None:
    (tomorrow,) = find_clear_days("明天", FRIDAY)

    assert tomorrow.resolve(FRIDAY, CALENDAR, "future") == date(2026, 9, 20)  # 调休上班
    assert tomorrow.resolve(FRIDAY, CALENDAR, "past") == date(2026, 9, 19)


@pytest.mark.parametrize(
    "text", ["13.40", "2.30", "三日内", "10日内", "第91条", "13月底", "见底", "1105件"]
)
def test_what_is_no_day_is_not_read_as_one(text: str) -> None:
    assert find_clear_days(text, MONDAY) == []
    assert find_day_numbers(text) == []
