"""Days with what a calendar says of them, for engines that look them up by a join."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from bench.patrol.growing import CALENDAR

if TYPE_CHECKING:
    from knowledge.rules.card_table import CardTable

FIRST, LAST = date(2020, 1, 1), date(2032, 12, 31)
WORKDAYS = (3,)


def day_table(_cards: CardTable | None = None) -> pl.DataFrame:
    """Return a row for each day: where an end rolls to, forward and back, and working days on."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    return pl.DataFrame([_row(day) for day in days], infer_schema_length=None)


def _row(day: date) -> dict[str, object]:
    following, known = CALENDAR.next_workday(day), CALENDAR.is_announced
    sure = known(day.year) and known(following.year)
    back = CALENDAR.workday_before(day) if CALENDAR.is_day_off(day) else day
    row: dict[str, object] = {
        "day": day,
        "next": following,
        "due": following if sure else day,
        "certain": sure,
        "back": back,
        "back_certain": known(back.year) and known(day.year),
    }
    for count in WORKDAYS:
        end = CALENDAR.nth_workday_after(day, count)
        row[f"nth{count}"] = end
        row[f"nth_certain{count}"] = all(map(known, range(day.year, end.year + 1)))
    return row
