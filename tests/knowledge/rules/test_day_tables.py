"""Days from tables are the days that terms are computed to, one by one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl
import pytest

from knowledge.periods import Amount, compute
from knowledge.rules.day_tables import DayTables, shifted
from tests.support.rule_cards import CALENDAR

if TYPE_CHECKING:
    from knowledge.rules.day_tables import End

FIRST, LAST = date(2024, 1, 1), date(2027, 6, 30)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
TABLES = DayTables(CALENDAR, range(2022, 2030))
TABLE = pl.DataFrame({"day": DAYS})


def looked_up(end: End) -> list[tuple[date, date, bool]]:
    columns = (end.raw.alias("raw"), end.due.alias("due"), end.certain.alias("certain"))
    return [(raw, due, certain) for raw, due, certain in TABLE.select(columns).iter_rows()]


def computed(amount: Amount) -> list[tuple[date, date, bool]]:
    found = [compute(day, amount, calendar=CALENDAR) for day in DAYS]
    return [(each.raw_end, each.due, each.certain) for each in found]


@pytest.mark.parametrize(
    "amount", [Amount(days=0), Amount(days=7), Amount(months=1), Amount(months=2, days=15)]
)
def test_an_end_rolls_over_days_off_as_a_term_does(amount: Amount) -> None:
    end = shifted(TABLES.plus_months(pl.col("day"), amount.months), amount.days)
    assert looked_up(TABLES.rolled(end)) == computed(amount)


def test_an_end_counted_back_rolls_back_as_a_term_does() -> None:
    end = shifted(pl.col("day"), -7)
    assert looked_up(TABLES.rolled_back(end)) == computed(Amount(days=-7))


@pytest.mark.parametrize("count", [3, 10, -3])
def test_working_days_are_counted_as_a_term_counts_them(count: int) -> None:
    end = TABLES.nth_workday(pl.col("day"), count)
    assert looked_up(end) == computed(Amount(workdays=count))


def test_a_blank_day_has_no_end() -> None:
    blank = pl.DataFrame({"day": pl.Series([None], dtype=pl.Date)})
    end = TABLES.rolled(TABLES.plus_months(pl.col("day"), 1))
    assert blank.select(end.due).item() is None


def test_a_slip_of_the_keyboard_does_not_ask_for_the_years_between() -> None:
    tables = DayTables(CALENDAR, {1900, 1901, 2026})
    day = pl.DataFrame({"day": [date(1900, 1, 31), date(2026, 5, 31)]})
    end = tables.plus_months(pl.col("day"), 1)
    assert day.select(end).to_series().to_list() == [date(1900, 2, 28), date(2026, 6, 30)]
