"""Where the card's own 到期日期 is taken: the export lacks the columns that would explain it.

`due` is computed where start and amount are known, else it is the card's 到期日期. A list without
the columns of supplements or extensions does not show a term begun anew; a card whose day fits one
of these is believed, and the step says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from knowledge.rules.day_tables import number, shifted
from knowledge.rules.known import every, expression, negated

if TYPE_CHECKING:
    from knowledge.rules.day_tables import DayTables
    from knowledge.rules.rule import Doubt, Rule, TermBody
    from knowledge.rules.run import Run

CARD_DUE = "到期日期"


def columns(body: TermBody, run: Run, rule: Rule) -> list[pl.Expr]:
    """Return the card's due day and, for each doubt, whether its columns are missing."""
    if not body.doubts:
        return []
    flags = [
        expression(every(negated(run.need(rule, name)) for name in each.missing)).alias(
            _lack(place)
        )
        for place, each in enumerate(body.doubts)
    ]
    own = run.frame.column(CARD_DUE)
    card_due = pl.lit(None, dtype=pl.Date) if own is None else pl.col(own)
    return [card_due.alias("card_due"), *flags]


def _lack(place: int) -> str:
    return f"lacks{place}"


def with_doubts(rows: pl.LazyFrame, body: TermBody, days: DayTables) -> pl.LazyFrame:
    """Add the reason why the card's own due day is taken, null where it is not."""
    card_due = pl.col("card_due")
    reason: pl.Expr = pl.lit(None, dtype=pl.String)
    for place, doubt in reversed(list(enumerate(body.doubts))):
        fits = pl.col(_lack(place)) & _fits(doubt, card_due, days).fill_null(value=False)
        reason = pl.when(fits).then(pl.lit(doubt.why)).otherwise(reason)
    if body.doubts:
        explained = (card_due == pl.col("rolled_end")) | _near(card_due, pl.col("raw_end"))
        reason = pl.when(~explained).then(reason)
    return rows.with_columns(reason.alias("doubt"))


def _near(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """A day's difference is no difference."""
    return (number(one) - number(other)).abs() <= 1


def _fits(doubt: Doubt, card_due: pl.Expr, days: DayTables) -> pl.Expr:
    """The roll over days off is no difference either."""
    began = pl.col("start").cast(pl.Date)
    end = shifted(days.plus_months(began, doubt.amount.months), doubt.amount.days)
    if doubt.or_later:
        return number(card_due) >= number(end) - 1
    return _near(card_due, end) | (card_due == days.next_workday(end))
