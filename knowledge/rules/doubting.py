"""Where the card's own 到期日期 is taken: the export lacks the columns that would explain it.

`due` is computed where start and amount are known, else it is the card's 到期日期. A list without
the columns of supplements or extensions does not show a term begun anew; a card whose day fits one
of these is believed, and the step says so.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from knowledge.periods import add_months
from knowledge.rules.frame import every, expression

if TYPE_CHECKING:
    from knowledge.calendar import Calendar
    from knowledge.rules.rule import Doubt, Rule, TermBody
    from knowledge.rules.run import Run

ONE_DAY = timedelta(days=1)
CARD_DUE = "到期日期"


def columns(body: TermBody, run: Run, rule: Rule) -> list[pl.Expr]:
    """Return the card's due day and, for each doubt, whether its columns are missing."""
    if not body.doubts:
        return []
    flags = [
        expression(every(_not(run, rule, name) for name in each.missing)).alias(f"lacks{place}")
        for place, each in enumerate(body.doubts)
    ]
    return [pl.col(CARD_DUE).alias("card_due"), *flags]


def _not(run: Run, rule: Rule, name: str) -> bool | pl.Expr:
    known = run.need(rule, name)
    return not known if isinstance(known, bool) else ~known


def with_doubts(rows: pl.DataFrame, body: TermBody, calendar: Calendar) -> pl.DataFrame:
    """Add the reason why the card's own due day is taken, null where it is not."""
    if not body.doubts:
        return rows.with_columns(pl.lit(None, dtype=pl.String).alias("doubt"))
    names = [
        "start",
        "card_due",
        "raw_end",
        "rolled_end",
        *(f"lacks{place}" for place in range(len(body.doubts))),
    ]
    keys = rows.select(names).unique()
    reasons = [_reason(body, key, calendar) for key in keys.iter_rows()]
    table = keys.with_columns(pl.Series("doubt", reasons, dtype=pl.String))
    return rows.join(table, on=names, how="left", nulls_equal=True, maintain_order="left")


def _reason(body: TermBody, key: tuple[object, ...], calendar: Calendar) -> str | None:
    start, card_due, raw_end, rolled_end, *lacking = key
    if not isinstance(start, date) or not isinstance(card_due, date):
        return None
    if card_due == rolled_end or abs(card_due - _as_date(raw_end)) <= ONE_DAY:
        return None
    began = start.date() if isinstance(start, datetime) else start
    for doubt, lacks in zip(body.doubts, lacking, strict=True):
        if lacks and _fits(doubt, began, card_due, calendar):
            return doubt.why
    return None


def _as_date(value: object) -> date:
    assert isinstance(value, date)  # noqa: S101 - every computed term has an end
    return value


def _fits(doubt: Doubt, start: date, card_due: date, calendar: Calendar) -> bool:
    """A day's difference, and the roll over days off, are no difference."""
    end = add_months(start, doubt.amount.months) + timedelta(days=doubt.amount.days)
    if doubt.or_later:
        return card_due >= end - ONE_DAY
    return abs(card_due - end) <= ONE_DAY or card_due == calendar.next_workday(end)
