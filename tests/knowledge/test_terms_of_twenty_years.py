"""Every day of the calendar as a start, every amount of the catalogue, against a second reckoning.

The second one was written from the provisions alone: it looks days up in tables of running numbers
where the product walks over dates, and takes its days off from the calendar package itself.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from functools import cache

import chinese_calendar
import pytest

from knowledge.calendar import Calendar
from knowledge.periods import Amount, compute
from knowledge.rules.loader import load_catalogue
from knowledge.rules.rule import TermBody

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
STARTS = range(FIRST.toordinal(), LAST.toordinal() + 1)
MONTHS = range(2003 * 12, 2030 * 12)
FIRST_OF = {month: date(month // 12, month % 12 + 1, 1).toordinal() for month in MONTHS}
CALENDAR = Calendar()


def amounts() -> list[Amount]:
    """Every amount a rule of the catalogue counts, in words that sort."""
    found: set[Amount] = set()
    for rule in load_catalogue().rules:
        if isinstance(rule.body, TermBody):
            body = rule.body
            found |= {one.amount for one in body.instead} | {one.amount for one in body.doubts}
            found |= {body.amount} if body.amount else set()
    return sorted(found - {Amount()}, key=str)


@cache
def worked() -> list[int]:
    """The running numbers of all working days."""
    return [day for day in STARTS if chinese_calendar.is_workday(date.fromordinal(day))]


def last_of(month: int) -> int:
    return FIRST_OF[month + 1] - 1


def unrolled(start: int, amount: Amount) -> int:
    """The last day before any holiday is looked at: same day of the month, last stays last."""
    if amount.workdays:
        days = worked()
        return days[bisect_right(days, start) + amount.workdays - 1]
    day = date.fromordinal(start)
    month = day.year * 12 + day.month - 1
    if amount.months:
        there = month + amount.months
        same = FIRST_OF[there] + day.day - 1
        start = last_of(there) if start == last_of(month) else min(same, last_of(there))
    return start + amount.days


def rolled(end: int) -> int:
    """The first working day on or after; the day itself where no days off are announced yet."""
    days = worked()
    place = bisect_right(days, end - 1)
    return days[place] if place < len(days) else end


def moved_forward(end: int) -> int:
    """The last working day on or before: what must precede a day never slips behind it."""
    days = worked()
    return days[bisect_right(days, end) - 1]


def expected(end: int, amount: Amount, *, moves: bool) -> int:
    if amount.days < 0:
        return moved_forward(end)
    return rolled(end) if moves and not amount.workdays else end


@pytest.mark.parametrize("amount", [one for one in amounts() if not one.hours], ids=str)
def test_every_day_of_the_calendar_ends_where_the_second_reckoning_ends(amount: Amount) -> None:
    wrong = []
    for start in STARTS:
        if amount.workdays and start > worked()[-1 - amount.workdays]:
            continue
        end = unrolled(start, amount)
        if end < worked()[0]:
            continue
        day = date.fromordinal(start)
        for custody, roll in ((True, True), (False, True), (False, False)):
            period = compute(day, amount, calendar=CALENDAR, custody=custody, roll=roll)
            due = expected(end, amount, moves=roll and not custody)
            if (period.raw_end.toordinal(), period.due.toordinal()) != (end, due):
                wrong.append((day, custody, roll, period.due))
    assert wrong[:3] == []


@pytest.mark.parametrize("amount", [one for one in amounts() if one.hours], ids=str)
def test_hours_run_over_days_off_and_from_any_time_of_the_day(amount: Amount) -> None:
    wrong = []
    for start in STARTS:
        began = datetime.combine(date.fromordinal(start), time(start % 24, start % 60))
        for custody in (True, False):
            due = compute(began, amount, calendar=CALENDAR, custody=custody).due
            if due != began + timedelta(hours=amount.hours):
                wrong.append((began, custody, due))
    assert wrong[:3] == []


def test_the_catalogue_counts_in_days_months_working_days_and_hours() -> None:
    found = amounts()
    assert len(found) >= 15
    assert any(one.workdays for one in found)
    assert any(one.hours for one in found)
    assert any(one.months and one.days for one in found)
    assert any(one.days < 0 for one in found)
