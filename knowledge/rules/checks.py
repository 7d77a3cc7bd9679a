"""Checks of cards over all rows at once: all conditions in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from knowledge.rules.compile import column_of, condition, term
from knowledge.rules.frame import ROW, every, expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.rules.frame import Known
    from knowledge.rules.rule import CheckBody, Rule
    from knowledge.rules.run import Run

ACTIVE = "!"


def evaluate(
    asked: Sequence[tuple[Rule, CheckBody]], run: Run
) -> Iterator[tuple[Rule, CheckBody, dict[str, Any]]]:
    """Yield every row a check speaks of, with its due day and the day it was done."""
    masks = {rule.id: mask for rule, body in asked if (mask := _mask(rule, body, run)) is not False}
    if not masks:
        return
    table = run.frame.data.select(
        [pl.col(ROW), *(expression(mask).alias(name) for name, mask in masks.items())]
    )
    data = run.frame.data
    for rule, body in asked:
        if rule.id not in masks or not table[rule.id].any():
            continue
        reading = run.reading(rule)
        due = term(body.due, reading) if body.due else pl.lit(None, dtype=pl.Date)
        done = [pl.col(column_of(each, reading)) for each in body.done]
        done_on = pl.coalesce(done) if done else pl.lit(None, dtype=pl.Date)
        days = (due.cast(pl.Date).alias("due"), done_on.cast(pl.Date).alias("done_on"))
        rows = data.select(ROW, *days).filter(table[rule.id])
        for each in rows.iter_rows(named=True):
            yield rule, body, each


def _mask(rule: Rule, body: CheckBody, run: Run) -> Known:
    where = [run.in_question(rule)]
    if where[0] is False or not _in_force(rule, run):
        return False
    reading = run.reading(rule)
    where.append(condition(body.condition, reading))
    if rule.applies_when is not None:
        where.append(condition(rule.applies_when, reading))
    where += [~pl.col(ACTIVE + name) for name in rule.replaced_by]
    return every(where)


def _in_force(rule: Rule, run: Run) -> bool:
    return (rule.valid_from is None or rule.valid_from <= run.as_of) and (
        rule.valid_to is None or run.as_of <= rule.valid_to
    )
