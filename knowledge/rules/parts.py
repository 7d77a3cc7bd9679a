"""Sheets taken apart by case type, so that a rule is evaluated on the rows it is for.

Rows of one case stay together: what is said of a case needs all its persons. Kinds with few rows
share one part, since each part costs its own compilation of the rules.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from knowledge.rules.frame import CASE, CASE_ID, KIND, SHAPE, Frame, without_blanks
from knowledge.rules.runs import first_of_runs, repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knowledge.rules.frame import Kind, Shape
    from knowledge.rules.sheets import Sheet

ENOUGH = 20_000
"""Rows of one stage that are worth a part of their own."""
AT_MOST = 10
"""No part is smaller than this share of all rows: their number does not grow with the cards."""
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
            data.with_columns(_case_ids(data[CASE])),
            {number: self.shapes[number] for number in sorted(shapes)},
            {number: self.kinds[number] for number in sorted(kinds)},
            self.texts,
            self.listed,
            self.elsewhere,
        )


def _case_ids(cases: pl.Series) -> pl.Series:
    """Number the cases of some rows; mostly the persons of a case stand under each other."""
    is_first = first_of_runs([cases])
    # no case has two runs where no hash has
    if len(repeated(cases.filter(is_first).hash())):
        return cases.cast(pl.Categorical).to_physical().alias(CASE_ID)
    return (is_first.cast(pl.UInt32).cum_sum() - 1).alias(CASE_ID)


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
        return pl.repeat(only, data.height, dtype=pl.UInt32, eager=True).alias(name)
    if list(numbers) == list(range(len(numbers))):
        return data[name]
    return pl.Series(numbers, dtype=pl.UInt32).gather(data[name]).alias(name)


def parts(cards: Whole, enough: int = ENOUGH) -> Iterator[Frame]:
    """Yield the rows in parts, each made when it is asked for; what is most work comes first.

    Args:
        cards: the sheets.
        enough: how many rows of one stage are worth a part of their own.
    """
    if not cards.height:
        return
    table = _numbered(cards, enough)
    if not any(table):
        yield cards.frame(_together(cards.sheets))
        return
    marked = _kept_together([_marked(sheet, table) for sheet in cards.sheets])
    met = [set(sheet[PART].unique()) for sheet in marked]
    work: Counter[int] = Counter()
    for sheet in marked:
        for number, count in sheet[PART].value_counts().iter_rows():
            work[number] += count * sheet.width
    for number, _ in work.most_common():
        held = [sheet for sheet, own in zip(marked, met, strict=True) if number in own]
        yield cards.frame(_together([_rows(sheet, number) for sheet in held]))


def _numbered(cards: Whole, enough: int) -> list[int]:
    """Return the part of each kind: stages with many rows have one of their own."""
    counts = [0] * len(cards.kinds)
    for sheet in cards.sheets:
        for kind, count in sheet[KIND].value_counts().iter_rows():
            counts[kind] += count
    stages = dict.fromkeys(kind.stage for kind in cards.kinds)
    rows = {
        stage: sum(n for n, kind in zip(counts, cards.kinds, strict=True) if kind.stage == stage)
        for stage in stages
    }
    large = [stage for stage in stages if rows[stage] >= enough]
    return [large.index(kind.stage) + 1 if kind.stage in large else REST for kind in cards.kinds]


def _together(sheets: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Put rows of several sheets under each other; a column that one lacks is blank there."""
    return sheets[0] if len(sheets) == 1 else pl.concat(sheets, how="diagonal", rechunk=True)


def _marked(sheet: pl.DataFrame, table: Sequence[int]) -> pl.DataFrame:
    return sheet.with_columns(pl.Series(table, dtype=pl.UInt8).gather(sheet[KIND]).alias(PART))


def _kept_together(sheets: list[pl.DataFrame]) -> list[pl.DataFrame]:
    """Put the cases that lie in several parts into the rest."""
    several = _in_several(pl.concat([sheet.select(CASE, PART) for sheet in sheets]))
    if several.is_empty():
        return sheets
    held = several[CASE].implode()
    rest = pl.when(pl.col(CASE).is_in(held)).then(pl.lit(REST, pl.UInt8)).otherwise(pl.col(PART))
    return [sheet.with_columns(rest.alias(PART)) for sheet in sheets]


def _in_several(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the cases that lie in several parts; hashes are compared before the numbers."""
    cases = rows[CASE].hash()
    again = repeated(cases.filter(first_of_runs([cases, rows[PART]])))
    if again.is_empty():
        return rows.clear()
    rows = rows.filter(cases.is_in(again.implode()))
    several = pl.col(PART).n_unique() > 1
    return rows.group_by(CASE).agg(several.alias("several")).filter("several")


def _rows(sheet: pl.DataFrame, number: int) -> pl.DataFrame:
    """Return the rows of one part; a run of them is not copied."""
    found = (sheet[PART] == number).arg_true()
    first, count = found[0], len(found)
    if found[-1] - first + 1 == count:
        rows = sheet.slice(first, count)
    else:
        rows = sheet.lazy().filter(pl.col(PART) == number).collect()
    return without_blanks(rows.drop(PART), rows.columns[:-1])
