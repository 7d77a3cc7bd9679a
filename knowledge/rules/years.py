"""The years that computed days can lie in: how far the tables of days must reach."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from knowledge.periods import Amount
from knowledge.rules.rule import TermBody
from knowledge.rules.terms import local_days

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.rules.frame import Frame
    from knowledge.rules.plan import Plan
    from knowledge.rules.rule import Rule
    from knowledge.rules.run import Asked

FEW = 40
"""More years than these are not taken as a run: a slip of the keyboard lies far from the rest."""


def years_of(frame: Frame, asked: Asked, asking: Plan) -> set[int]:
    """Return the years that computed days can lie in."""
    data = frame.data
    dates = [name for name in sorted(asking.counted) if data.schema.get(name) == pl.Date]
    before, after = _reach(frame, asking.rules, asked)
    if not dates:
        return {asked.as_of.year}
    bounds = data.select(
        pl.min_horizontal([pl.col(name).min() for name in dates]).alias("first"),
        pl.max_horizontal([pl.col(name).max() for name in dates]).alias("last"),
    ).row(0)
    first, last = bounds
    years = set(range(first.year, last.year + 1))
    if len(years) > FEW:
        met = [data[name].unique().dt.year().unique() for name in dates]
        years = set(pl.concat(met).drop_nulls())
    return {
        year + further
        for year in years
        for further in range(-before, after + 1)
        if date.min.year < year + further < date.max.year
    }


def _reach(frame: Frame, rules: Iterable[Rule], asked: Asked) -> tuple[int, int]:
    """Return how many years before and after its start a term may end."""
    before = after = 1
    for rule in rules:
        body = rule.body
        if not isinstance(body, TermBody):
            continue
        amounts = [each.amount for each in body.instead]
        amounts += [body.amount] if body.amount else []
        amounts += [each.amount for each in body.doubts]
        amounts.append(Amount(days=local_days(body, asked.settings_of(rule))))
        for each in amounts:
            days = each.months * 31 + each.days + each.workdays * 4
            days += (body.extension.most if body.extension else 0) + _longest_pause(frame, body)
            after = max(after, days // 365 + 2)
            before = max(before, -days // 365 + 2)
    return before, after


def _longest_pause(frame: Frame, body: TermBody) -> int:
    if body.suspension is None:
        return 0
    first, last = body.suspension.first.name, body.suspension.last.name
    if frame.column(first) is None or frame.column(last) is None:
        return 0
    span = pl.col(last).to_physical() - pl.col(first).to_physical()
    return max(frame.data.select(span.max()).item() or 0, 0) + 1
