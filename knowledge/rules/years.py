"""The years that computed days can lie in: how far the tables of days must reach."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from knowledge.periods import Amount
from knowledge.rules.rule import TermBody
from knowledge.rules.terms import local_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.rules.plan import Plan
    from knowledge.rules.rule import Rule
    from knowledge.rules.run import Asked

FEW = 40
"""More years than these are not taken as a run: a slip of the keyboard lies far from the rest."""


def years_of(sheets: Sequence[pl.DataFrame], asked: Asked, asking: Plan) -> set[int]:
    """Return the years that computed days can lie in."""
    days = [
        column
        for sheet in sheets
        for column in sheet
        if column.name in asking.counted and column.dtype == pl.Date and column.count()
    ]
    if not days:
        return {asked.as_of.year}
    years = set(range(min(map(_first, days)).year, max(map(_last, days)).year + 1))
    if len(years) > FEW:
        years = set(pl.concat([each.unique().dt.year().unique() for each in days]).drop_nulls())
    before, after = _reach(sheets, [each.rule for each in asking.rules], asked)
    return {
        year + further
        for year in years
        for further in range(-before, after + 1)
        if date.min.year < year + further < date.max.year
    }


def _first(days: pl.Series) -> date:
    found = days.min()
    assert isinstance(found, date)  # noqa: S101 - some day is filled
    return found


def _last(days: pl.Series) -> date:
    found = days.max()
    assert isinstance(found, date)  # noqa: S101 - some day is filled
    return found


def _reach(sheets: Sequence[pl.DataFrame], rules: Iterable[Rule], asked: Asked) -> tuple[int, int]:
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
            days += (body.extension.most if body.extension else 0) + _longest_pause(sheets, body)
            after = max(after, days // 365 + 1)
            before = max(before, -days // 365 + 1)
    return before, after


def _longest_pause(sheets: Sequence[pl.DataFrame], body: TermBody) -> int:
    if body.suspension is None:
        return 0
    first, last = body.suspension.first.name, body.suspension.last.name
    span = pl.col(last).to_physical() - pl.col(first).to_physical()
    longest = [
        sheet.select(span.max()).item() or 0
        for sheet in sheets
        if first in sheet.columns and last in sheet.columns
    ]
    return max(0, *longest) + 1 if longest else 0
