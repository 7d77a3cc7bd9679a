from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.counting import ranges
from handlers.counting.ranges import NoRangeError, Range

if TYPE_CHECKING:
    from handlers.counting.ranges import MonthManner

TODAY = date(2026, 6, 28)
MANNERS = st.sampled_from(("calendar", "26th"))


def test_a_calendar_month_and_one_from_the_26th_are_printed_with_their_days() -> None:
    assert Range(2026, 6).written == "2026年6月1日至6月30日"
    assert Range(2026, 1, manner="26th").written == "2025年12月26日至2026年1月25日"


def test_quarters_and_years_follow_the_reporting_month() -> None:
    assert ranges.quarter_of(2026, 2, "26th").written == "2026年3月26日至6月25日"
    assert ranges.quarter_of(2026, 2, "calendar").title == "2026年第二季度"
    assert ranges.year_of(2026, "calendar").written == "2026年1月1日至12月31日"
    assert ranges.year_of(2026, "26th").written == "2025年12月26日至2026年12月25日"


def test_before_and_year_ago_keep_the_length() -> None:
    assert ranges.quarter_of(2026, 1, "calendar").before == ranges.quarter_of(2025, 4, "calendar")
    assert Range(2026, 1).before == Range(2025, 12)
    assert Range(2026, 2).year_ago == Range(2025, 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-06", Range(2026, 6)),
        ("2026年6月", Range(2026, 6)),
        ("6月份", Range(2026, 6)),
        ("7月", Range(2025, 7)),
        ("2025年", Range(2025, 12, 12)),
        ("二季度", Range(2026, 6, 3)),
        ("三季度", Range(2025, 9, 3)),
        ("2026年第3季度", Range(2026, 9, 3)),
    ],
)
def test_a_range_is_read_as_it_is_typed(text: str, found: Range) -> None:
    assert ranges.read_range(text, TODAY, "calendar") == found


@pytest.mark.parametrize(
    "text",
    ["", "十三月", "13月", "2026-00", "上个月吧", "第五季度", "0000年", "0001-01", "9999年二季度"],
)
def test_what_is_no_range_is_refused_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(NoRangeError, match="2026-06"):
        ranges.read_range(text, TODAY, "calendar")


@given(
    st.text() | st.from_regex(r"\d{0,4}[-年./]?第?[\d一二三四]{0,2}(月|季度|年)?", fullmatch=True),
    MANNERS,
)
def test_whatever_is_typed_is_a_range_with_its_days_or_refused(
    text: str, manner: MonthManner
) -> None:
    try:
        found = ranges.read_range(text, TODAY, manner)
    except NoRangeError:
        return
    for one in (found, found.before, found.year_ago, found.before.year_ago):
        assert one.start < one.end


def test_the_last_full_month_is_over() -> None:
    assert ranges.last_full(date(2026, 6, 30), "calendar") == Range(2026, 6)
    assert ranges.last_full(date(2026, 6, 29), "calendar") == Range(2026, 5)
    assert ranges.last_full(date(2026, 6, 25), "26th") == Range(2026, 6, manner="26th")


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), MANNERS)
def test_every_day_lies_in_exactly_its_month(day: date, manner: MonthManner) -> None:
    month = ranges.month_of(day, manner)
    assert day in month
    assert day not in month.before
    assert month.before.end + timedelta(days=1) == month.start


@given(st.integers(2000, 2100), st.integers(1, 4), MANNERS)
def test_the_months_of_a_quarter_make_it_up_without_a_gap(
    year: int, quarter: int, manner: MonthManner
) -> None:
    whole = ranges.quarter_of(year, quarter, manner)
    months = [Range(year, quarter * 3 - back, manner=manner) for back in (2, 1, 0)]
    assert months[0].start == whole.start
    assert months[-1].end == whole.end
    for one, following in pairwise(months):
        assert one.end + timedelta(days=1) == following.start
