"""Texts by numbers: what is said of a text is worked out once, and looked up for every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DENSE = 2_000_000
"""A table of more combinations than these is not laid out; those that occur are numbered."""

Combination = tuple[str | None, ...]


def told(
    column: pl.Series, function: Callable[[str | None], object], kind: pl.DataType
) -> pl.Series | None:
    """Return what a function says of each row's text, asked once for each; None: only No."""
    known, texts, table = _tabled(column)
    values = [function(text) for text in texts]
    of_blank = function(None)
    if not any(values) and not of_blank:
        return None
    if texts:
        found = _of_kind(values, kind).gather(table).gather(known.to_physical())
    else:
        found = _of_kind([None], kind).new_from_index(0, len(column))
    if of_blank is None or not known.null_count():
        return found
    return found.zip_with(known.is_not_null(), _of_kind([of_blank], kind))


def _of_kind(values: list[object], kind: pl.DataType) -> pl.Series:
    return pl.Series(values, dtype=pl.Boolean if kind == pl.Boolean else pl.String).cast(kind)


def combined(columns: Sequence[pl.Series]) -> tuple[pl.Series, list[Combination]]:
    """Number the combinations of texts that occur in some columns, blanks included.

    Returns:
        The number of each row's combination, and the combinations by their numbers.
    """
    keys, met = _numbered(columns[0])
    combinations: list[Combination] = [(text,) for text in met]
    for column in columns[1:]:
        further, texts = _numbered(column)
        joint = keys.cast(pl.UInt64) * len(texts) + further
        keys, pairs = _compact(joint, len(combinations) * len(texts))
        combinations = [
            (*combinations[pair // len(texts)], texts[pair % len(texts)]) for pair in pairs
        ]
    return keys, combinations


def _numbered(column: pl.Series) -> tuple[pl.Series, list[str | None]]:
    """Number the texts of a column; the last number is that of a blank."""
    known, texts, table = _tabled(column)
    if not texts:
        return pl.repeat(0, len(column), dtype=pl.UInt32, eager=True), [None]
    return table.gather(known.to_physical()).fill_null(len(texts)), [*texts, None]


def _tabled(column: pl.Series) -> tuple[pl.Series, list[str], pl.Series]:
    """Return a column as categories, its texts, and the number of each text by its category."""
    known = column.cast(pl.Categorical())
    texts = known.drop_nulls().unique()
    codes = texts.to_physical()
    height = int(codes.max()) + 1 if len(texts) else 0  # type: ignore[arg-type]
    return known, texts.cast(pl.String).to_list(), _table(codes, height)


def _compact(keys: pl.Series, count: int) -> tuple[pl.Series, list[int]]:
    """Number the keys that occur among so many."""
    met = keys.unique()
    if count <= DENSE:
        return _table(met, count).gather(keys), met.to_list()
    numbers = pl.int_range(len(met), dtype=pl.UInt32, eager=True)
    return keys.replace_strict(met, numbers, return_dtype=pl.UInt32), met.to_list()


def _table(places: pl.Series, height: int) -> pl.Series:
    """Return a table that holds at each place its number."""
    table = pl.repeat(None, height, dtype=pl.UInt32, eager=True)
    return table.scatter(places, pl.int_range(len(places), dtype=pl.UInt32, eager=True))
