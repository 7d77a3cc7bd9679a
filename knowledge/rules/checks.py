"""Checks of cards over all rows of a part at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from knowledge.rules.compile import condition, term
from knowledge.rules.frame import ROW, looked_at
from knowledge.rules.known import every, expression, negated

if TYPE_CHECKING:
    from knowledge.rules.known import Known
    from knowledge.rules.rule import CheckBody, Rule
    from knowledge.rules.run import Run

ACTIVE = "!"


@dataclass(frozen=True)
class CheckPlan:
    """A check of a part: the rows it speaks of, with its due day and the day it was done."""

    rule: Rule
    body: CheckBody
    hits: pl.LazyFrame


def plan(rule: Rule, body: CheckBody, run: Run) -> CheckPlan | None:
    """Lay out how a check is evaluated on a part; nothing is run. None: it speaks of no row."""
    mask = _mask(rule, body, run)
    if mask is False:
        return None
    reading = run.reading(rule)
    nothing = pl.lit(None, dtype=pl.Date)
    due = term(body.due, reading) if body.due else None
    done = [pl.col(name) for each in body.done if (name := reading.column(each)) is not None]
    shown = (
        pl.col(ROW),
        (nothing if due is None else due.cast(pl.Date)).alias("due"),
        (pl.coalesce(done) if done else nothing).alias("done_on"),
        pl.lit(body.state).alias("state"),
    )
    where = expression(mask)
    rows = looked_at(run.frame.data, (where, *shown)).lazy()
    hits = rows.filter(where).select(shown)
    return CheckPlan(rule, body, hits)


def _mask(rule: Rule, body: CheckBody, run: Run) -> Known:
    where = run.in_question(rule)
    if where is False:
        return False
    reading = run.reading(rule)
    asked = [where, condition(body.condition, reading)]
    if rule.applies_when is not None:
        asked.append(condition(rule.applies_when, reading))
    asked += [negated(is_active(name, run)) for name in rule.replaced_by]
    return every(asked)


def is_active(name: str, run: Run) -> Known:
    """Tell on which rows a rule was evaluated that others give way to."""
    return run.frame.told.get(ACTIVE + name, False)
