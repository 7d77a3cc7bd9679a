"""Rows of one thing that stand under each other, told without a table of everything that occurs.

Exports list the persons of a case one after the other. A number is compared with that of the row
before it, and only the first of a run is looked at further; what is left is put in order, so that
equal ones are neighbours again. Both cost a fraction of counting every number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence


def first_of_runs(columns: Sequence[pl.Series]) -> pl.Series:
    """Mark the rows in which something differs from the row before; columns without blanks."""
    height = len(columns[0])
    if not height:
        return pl.Series(dtype=pl.Boolean)
    differs = pl.repeat(value=False, n=height - 1, dtype=pl.Boolean, eager=True)
    for column in columns:
        differs |= column[1:] != column[:-1]
    return pl.concat([pl.Series([True]), differs])


def repeated(numbers: pl.Series) -> pl.Series:
    """Return the numbers that occur more than once."""
    in_order = numbers.sort()
    return in_order[1:].filter(in_order[1:] == in_order[:-1]).unique()
