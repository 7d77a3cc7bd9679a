"""Where rules are for a row, and where they cannot be evaluated: what they need is not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from knowledge.rules.known import every, negated, varies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.rules.plan import Plan
    from knowledge.rules.run import Run


@dataclass(frozen=True)
class Coverage:
    """By the places of rules: how many rows each is for, and where something it needs is missing.

    `lacking` is True where that is so on all rows of the part; a rule that lacks nothing is not in
    it. `missing` names what a rule finds on no row it is for.
    """

    height: int
    concerned: Mapping[int, int]
    lacking: Mapping[int, pl.Series | bool]
    missing: Mapping[int, tuple[str, ...]]

    def unevaluated(self, place: int) -> int:
        """Return on how many rows a rule could not be evaluated."""
        return count(self.lacking.get(place, False), self.height)


def count(lacking: pl.Series | bool, height: int) -> int:  # noqa: FBT001 - a mask, or the same for all
    """Count the rows of a mask."""
    return int(lacking.sum()) if isinstance(lacking, pl.Series) else height * lacking


def coverage(run: Run, asking: Plan) -> Coverage:
    """Tell in one pass where rules are for a row, and where they cannot be evaluated."""
    height = run.frame.data.height
    rules = {each.place: each.rule for each in asking.rules}
    for_rows = {place: run.applies(rule) for place, rule in rules.items()}
    without = {
        place: every((where, negated(run.known(rules[place])))) for place, where in for_rows.items()
    }
    sums = {place: each.sum() for place, each in for_rows.items() if varies(each)}
    masks = {place: each for place, each in without.items() if varies(each)}
    counts, told = _asked(run, sums), _asked(run, masks)
    concerned = {
        place: int(counts[place].item()) if place in sums else height * bool(each)
        for place, each in for_rows.items()
    }
    lacking: dict[int, pl.Series | bool] = {
        place: told.get(place, True) for place, each in without.items() if each is not False
    }
    missing = {
        place: run.missing(rules[place])
        for place, own in lacking.items()
        if concerned[place] and count(own, height) == concerned[place]
    }
    return Coverage(height, concerned, lacking, missing)


def _asked(run: Run, columns: Mapping[int, pl.Expr]) -> dict[int, pl.Series]:
    if not columns:
        return {}
    table = run.frame.data.select(each.alias(str(place)) for place, each in columns.items())
    return {place: table[str(place)] for place in columns}
