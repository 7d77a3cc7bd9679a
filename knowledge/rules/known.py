"""Yes or no of every row: told at once where it is the same for all, else row by row.

Most rules concern few of the columns an export has. What is certain for all rows is settled here,
so that the engine is asked only what it must look at.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, TypeGuard

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

Known = bool | pl.Expr
"""Whether something holds: for all rows, for none, or row by row; never null."""


def every(known: Iterable[Known]) -> Known:
    """Tell where everything holds."""
    rows: list[pl.Expr] = []
    for each in known:
        if each is False:
            return False
        if each is not True:
            rows.append(each)
    return reduce(and_, rows) if rows else True


def some(known: Iterable[Known]) -> Known:
    """Tell where anything holds."""
    rows: list[pl.Expr] = []
    for each in known:
        if each is True:
            return True
        if each is not False:
            rows.append(each)
    return reduce(or_, rows) if rows else False


def negated(known: Known) -> Known:
    """Tell where something does not hold."""
    return not known if isinstance(known, bool) else ~known


def varies(known: Known) -> TypeGuard[pl.Expr]:
    """Tell whether it depends on the row."""
    return not isinstance(known, bool)


def expression(known: Known) -> pl.Expr:
    """Return what holds as an expression."""
    return pl.lit(known) if isinstance(known, bool) else known
