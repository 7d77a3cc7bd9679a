from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calendar import AnnouncedYear, Calendar
from knowledge.periods import (
    Amount,
    AmountError,
    MomentNeededError,
    Suspension,
    add_months,
    compute,
)
from tests.support.shared import shared_folder

CALENDAR = Calendar()
DAYS = st.dates(date(2024, 1, 1), date(2026, 6, 30))


def _moment(text: Any) -> date | datetime:
    if isinstance(text, datetime):
        return text
    return datetime.fromisoformat(text) if "T" in str(text) else date.fromisoformat(str(text))


def test_every_worked_example_comes_out_as_checked_by_hand() -> None:
    path = shared_folder("domain", "periods_examples.yaml")
    examples = yaml.safe_load(path.read_text(encoding="utf-8"))["examples"]
    found, expected = {}, {}
    for one in examples:
        period = compute(
            _moment(one["start"]),
            Amount.parse(one["calc"]),
            calendar=CALENDAR,
            custody=one["custody"],
            roll=one.get("roll", True),
        )
        found[one["id"]] = (period.raw_end, period.due)
        expected[one["id"]] = (_moment(one["raw_end"]), _moment(one["due"]))
    assert len(found) >= 26
    assert found == expected


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("15日", Amount(days=15)),
        ("1个月", Amount(months=1)),
        ("1个月+15日", Amount(months=1, days=15)),
        ("10个工作日", Amount(workdays=10)),
        ("24小时", Amount(hours=24)),
        ("-7日", Amount(days=-7)),
        ("七日", Amount(days=7)),
        ("１５日", Amount(days=15)),
        ("1年", Amount(months=12)),
        ("十二个月", Amount(months=12)),
    ],
)
def test_lengths_are_read_in_every_usual_spelling(text: str, amount: Amount) -> None:
    assert Amount.parse(text) == amount


@pytest.mark.parametrize("text", ["", "十五", "日", "1个月+", "24小时+1日", "1个月+-7日", "abc日"])
def test_a_length_that_cannot_be_read_is_refused_with_examples(text: str) -> None:
    with pytest.raises(AmountError, match="请写成 15日"):
        Amount.parse(text)


@given(DAYS, st.integers(1, 24))
def test_months_end_on_the_same_day_or_the_last(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    is_last = (end + timedelta(days=1)).day == 1
    assert end.day == start.day or is_last


@given(DAYS, st.integers(1, 60))
def test_out_of_custody_a_term_ends_on_a_working_day(start: date, days: int) -> None:
    period = compute(start, Amount(days=days), calendar=CALENDAR)
    assert isinstance(period.due, date)
    assert not CALENDAR.is_day_off(period.due)
    assert period.due >= start + timedelta(days=days)


@given(DAYS, st.integers(1, 60))
def test_in_custody_or_when_unknown_nothing_rolls(start: date, days: int) -> None:
    for custody in (True, None):
        period = compute(start, Amount(days=days), calendar=CALENDAR, custody=custody)
        assert period.due == start + timedelta(days=days)
        assert not period.rolled


def test_unknown_custody_is_said() -> None:
    period = compute(date(2026, 5, 1), Amount(days=7), calendar=CALENDAR, custody=None)
    assert "在押情况不明，未顺延" in period.steps


def test_a_year_nobody_announced_is_not_guessed() -> None:
    period = compute(date(2026, 12, 20), Amount(days=13), calendar=CALENDAR)
    assert not period.certain
    assert period.due == date(2027, 1, 2)
    assert any("2027年放假安排尚未公布" in step for step in period.steps)


def test_a_roll_into_a_year_nobody_announced_stays_at_the_earlier_day() -> None:
    own = Calendar({2026: AnnouncedYear({date(2026, 12, 31): "元旦"})})
    period = compute(date(2026, 12, 21), Amount(days=10), calendar=own)
    assert (period.due, period.certain) == (date(2026, 12, 31), False)


def test_in_custody_the_unannounced_year_does_not_matter() -> None:
    period = compute(date(2026, 12, 20), Amount(days=13), calendar=CALENDAR, custody=True)
    assert period.certain


def test_counting_back_moves_before_days_off() -> None:
    # 2026-10-10 minus seven days is 3 October, in the holiday: to 30 September
    period = compute(date(2026, 10, 10), Amount(days=-7), calendar=CALENDAR)
    assert (period.raw_end, period.due) == (date(2026, 10, 3), date(2026, 9, 30))


def test_suspended_days_push_the_end() -> None:
    pause = Suspension(date(2026, 3, 10), date(2026, 3, 19), "精神病鉴定")
    period = compute(
        date(2026, 3, 2), Amount(months=1), calendar=CALENDAR, custody=True, suspended=[pause]
    )
    assert period.due == date(2026, 4, 12)
    assert any("因精神病鉴定不计入，顺推10日" in step for step in period.steps)


def test_recalculation_says_that_the_old_term_is_void() -> None:
    period = compute(
        date(2026, 6, 1),
        Amount(months=1),
        calendar=CALENDAR,
        custody=True,
        recalculated_from=date(2026, 3, 1),
    )
    assert period.steps[0].startswith("期限重新计算，原自2026年3月1日")


def test_extensions_count_from_the_first_start() -> None:
    # two months, extended by one: not 28 February plus a month (periods.md, P21 and P23)
    total = Amount(months=2).plus(Amount(months=1))
    period = compute(date(2025, 12, 30), total, calendar=CALENDAR, custody=True)
    assert period.due == date(2026, 3, 30)


def test_hours_need_a_moment() -> None:
    with pytest.raises(MomentNeededError):
        compute(date(2026, 5, 1), Amount(hours=24), calendar=CALENDAR)


def test_every_step_names_the_holiday_it_rolls_over() -> None:
    period = compute(date(2026, 9, 18), Amount(days=15), calendar=CALENDAR)
    assert any("国庆节" in step and "2026年10月8日" in step for step in period.steps)
