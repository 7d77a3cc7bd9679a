"""Sheets taken apart by case type, so that a rule is evaluated on the rows it is for.

Rows of one case stay together: what is said of a case needs all its persons. Kinds with few rows
share one part, since each part costs its own compilation of the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from knowledge.rules.frame import CASE, KIND, SHAPE, Frame, without_blanks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from knowledge.rules.frame import Kind, Shape
    from knowledge.rules.sheets import Sheet

ENOUGH = 20_000
"""Rows that are worth a part of their own."""
PART = "#part"
REST = 0


@dataclass(frozen=True)
class Whole:
    """All sheets with numbers of shapes and kinds that hold across them."""

    sheets: tuple[pl.DataFrame, ...]
    shapes: tuple[Shape, ...]
    kinds: tuple[Kind, ...]
    texts: pl.DataType
    listed: Mapping[str, frozenset[str]]
    elsewhere: frozenset[tuple[str, str]] = frozenset()

    @property
    def height(self) -> int:
        """How many rows there are."""
        return sum(sheet.height for sheet in self.sheets)

    def frame(self, data: pl.DataFrame) -> Frame:
        """Return some rows as a part."""
        kinds, shapes = data[KIND].unique(), data[SHAPE].unique()
        return Frame(
            data,
            {number: self.shapes[number] for number in sorted(shapes)},
            {number: self.kinds[number] for number in sorted(kinds)},
            self.texts,
            self.listed,
            self.elsewhere,
        )


def whole(sheets: Sequence[Sheet], listed: Mapping[str, frozenset[str]]) -> Whole:
    """Put sheets side by side."""
    shapes: dict[Shape, int] = {}
    kinds: dict[Kind, int] = {}
    made = []
    for sheet in sheets:
        own = [shapes.setdefault(shape, len(shapes)) for shape in sheet.shapes]
        named = [kinds.setdefault(kind, len(kinds)) for kind in sheet.kinds]
        made.append(
            sheet.data.with_columns(
                _renumbered(sheet.data, SHAPE, own), _renumbered(sheet.data, KIND, named)
            )
        )
    texts = sheets[0].texts if sheets else pl.String()
    return Whole(tuple(made), tuple(shapes), tuple(kinds), texts, listed)


def _renumbered(data: pl.DataFrame, name: str, numbers: Sequence[int]) -> pl.Series:
    if name not in data.columns:
        only = numbers[0] if numbers else 0
        return pl.repeat(only, data.height, dtype=pl.UInt8, eager=True).alias(name)
    if list(numbers) == list(range(len(numbers))):
        return data[name]
    return pl.Series(numbers, dtype=pl.UInt32).gather(data[name]).alias(name)


def parts(
    cards: Whole, class_of: Callable[[Kind], object], enough: int = ENOUGH
) -> Iterator[Frame]:
    """Yield the rows in parts, each made when it is asked for.

    Args:
        cards: the sheets.
        class_of: what is the same for kinds that the same rules are for.
        enough: how many rows are worth a part of their own.
    """
    tables = [_of_sheet(sheet, cards, class_of, enough) for sheet in cards.sheets]
    if any(any(table) for table in tables):
        marked = [_marked(sheet, table) for sheet, table in zip(cards.sheets, tables, strict=True)]
        marked = _kept_together(marked)
        for sheet in marked:
            for number in sorted(set(sheet[PART].unique()) - {REST}):
                yield cards.frame(_rows(sheet, number))
        rest = [_rows(sheet, REST) for sheet in marked if (sheet[PART] == REST).any()]
    else:
        rest = list(cards.sheets)
    if rest:
        yield cards.frame(rest[0] if len(rest) == 1 else pl.concat(rest, how="diagonal_relaxed"))


def _of_sheet(
    sheet: pl.DataFrame, cards: Whole, class_of: Callable[[Kind], object], enough: int
) -> list[int]:
    """Return the part of each kind in a sheet."""
    counts = dict(sheet[KIND].value_counts().iter_rows())
    classes: dict[object, list[int]] = {}
    for number in sorted(counts):
        classes.setdefault(class_of(cards.kinds[number]), []).append(number)
    found = [REST] * len(cards.kinds)
    large = [own for own in classes.values() if sum(counts[n] for n in own) >= enough]
    for place, own in enumerate(large, 1):
        for number in own:
            found[number] = place
    return found


def _marked(sheet: pl.DataFrame, table: Sequence[int]) -> pl.DataFrame:
    return sheet.with_columns(pl.Series(table, dtype=pl.UInt8).gather(sheet[KIND]).alias(PART))


def _kept_together(sheets: list[pl.DataFrame]) -> list[pl.DataFrame]:
    """Put the cases that lie in several parts into the rest."""
    numbered = [
        sheet.select(CASE, (pl.col(PART).cast(pl.UInt16) + place * 256).alias(PART))
        for place, sheet in enumerate(sheets)
    ]
    several = _in_several(pl.concat(numbered))
    if several.is_empty():
        return sheets
    held = several[CASE].implode()
    rest = pl.when(pl.col(CASE).is_in(held)).then(pl.lit(REST, pl.UInt8)).otherwise(pl.col(PART))
    return [sheet.with_columns(rest.alias(PART)) for sheet in sheets]


def _in_several(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the cases that lie in several parts; hashes are compared before the numbers."""
    first, last = pl.col(PART).min().alias("first"), pl.col(PART).max().alias("last")
    hashed = rows.group_by(pl.col(CASE).hash()).agg(first, last)
    if (hashed["first"] == hashed["last"]).all():
        return rows.clear()
    return rows.group_by(CASE).agg(first, last).filter(pl.col("first") != pl.col("last"))


def _rows(sheet: pl.DataFrame, number: int) -> pl.DataFrame:
    """Return the rows of one part; a run of them is not copied."""
    found = (sheet[PART] == number).arg_true()
    first, count = found[0], len(found)
    if found[-1] - first + 1 == count:
        rows = sheet.slice(first, count)
    else:
        rows = sheet.lazy().filter(pl.col(PART) == number).collect()
    return without_blanks(rows.drop(PART), rows.columns[:-1])
