"""A card set as columns: the tables of exports as they come, for patrols over very many cards.

A table of each export goes straight into the patrol. Cards are only made of the rows whose words
somebody wants to read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import polars as pl

from knowledge.cards import Card
from knowledge.errors import KnowledgeError
from knowledge.fields import CASE_NO, CASE_TYPE, NUMBERS, PERSON_NO, registry
from knowledge.rules.frame import CASE, KIND, MOMENT, PERSON, ROW, Shape
from knowledge.rules.sheets import Sheet, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knowledge.cards import Value
    from knowledge.rules.frame import Kind

TEXTS = pl.Categorical()


class NoCaseNumberError(KnowledgeError):
    """A table of cards that does not say which case a row is of."""

    def __init__(self, place: int) -> None:
        super().__init__(f"第 {place + 1} 张案卡表没有“{CASE_NO}”一列，请补上后重试")


@dataclass(frozen=True)
class Table:
    """One export: its columns under their canonical names, and the headings they had.

    Days are Date, moments Datetime, numbers Float64, texts Categorical, numbers of cases and
    persons String. `columns` are those that were exported; a blank one may be left out of `data`.
    """

    data: pl.DataFrame
    columns: frozenset[str]
    headings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CardTable:
    """Cards in columns, in the order of the tables; `listed` are case numbers by list."""

    tables: tuple[Table, ...]
    listed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        tables: Iterable[pl.DataFrame],
        *,
        headings: Sequence[Mapping[str, str]] = (),
        listed: Mapping[str, frozenset[str]] | None = None,
    ) -> CardTable:
        """Take tables whose columns have canonical names; others are left out.

        Raises:
            NoCaseNumberError: a table lacks 部门受案号.
        """
        made = []
        for place, data in enumerate(tables):
            if CASE_NO not in data.columns:
                raise NoCaseNumberError(place)
            own = headings[place] if headings else {name: name for name in data.columns}
            made.append(Table(_typed(data), frozenset(data.columns), own))
        return cls(tuple(made), listed or {})

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """The place of each table's first row, and the number of all rows."""
        return tuple(accumulate((each.data.height for each in self.tables), initial=0))

    @property
    def height(self) -> int:
        """How many rows there are."""
        return self.offsets[-1]

    def card(self, place: int) -> Card:
        """Return one row as a card."""
        number = next(n for n, end in enumerate(self.offsets[1:]) if place < end)
        table = self.tables[number]
        row = table.data.row(place - self.offsets[number], named=True)
        values = {name: _plain(row.get(name)) for name in table.columns}
        return Card(row[CASE_NO], row.get(PERSON_NO), values, headings=table.headings)

    @property
    def whole(self) -> None:
        """Nothing: no cards are made beforehand."""
        return

    def numbers(self) -> tuple[pl.Series, pl.Series]:
        """Return the numbers of case and person of every row."""
        schema = {CASE_NO: pl.String, PERSON_NO: pl.String}
        tables = [
            table.data.select(name for name in schema if name in table.data.columns)
            for table in self.tables
        ]
        both = pl.concat([pl.DataFrame(schema=schema), *tables], how="diagonal", rechunk=False)
        return both[CASE_NO], both[PERSON_NO]

    def rows(self, places: pl.Series, names: Sequence[str]) -> pl.DataFrame:
        """Return the exported values of some rows; their places are in order."""
        ends = places.search_sorted(list(self.offsets)).to_list()
        found = [
            _gathered(table.data, names, places.slice(begin, end - begin) - first)
            for table, first, (begin, end) in zip(
                self.tables, self.offsets, pairwise(ends), strict=False
            )
            if end > begin
        ]
        if len(found) == 1:
            return found[0]
        return pl.concat(found, how="diagonal_relaxed") if found else pl.DataFrame()

    def sheets(self, names: Iterable[str], told_by_heading: Sequence[str]) -> list[Sheet]:
        """Lay the columns named out, a sheet for each table; texts are kept as categories."""
        asked = set(names)
        return [
            _sheet(table, asked, told_by_heading, first)
            for table, first in zip(self.tables, self.offsets, strict=False)
        ]


def _gathered(data: pl.DataFrame, names: Sequence[str], places: pl.Series) -> pl.DataFrame:
    held = set(data.columns)
    narrow = pl.DataFrame([data[name] for name in names if name in held])
    return narrow[places] if narrow.width else narrow


def _plain(value: Value) -> Value:
    """Return a whole number as such: 17, not 17.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _typed(data: pl.DataFrame) -> pl.DataFrame:
    fields = registry().fields
    columns = [column.cast(_kind(column)) for column in data if column.name in fields]
    return pl.DataFrame(columns)


def _kind(column: pl.Series) -> pl.DataType | type[pl.DataType]:
    kind = registry().fields[column.name].type
    if column.name in NUMBERS:
        return pl.String
    if kind in {"int", "number"}:
        return pl.Float64
    if kind == "date" or (kind == "datetime" and column.dtype == pl.Date):
        return pl.Date
    return pl.Datetime("us") if kind == "datetime" else TEXTS


def _sheet(table: Table, names: set[str], told_by_heading: Sequence[str], first: int) -> Sheet:
    data, height = table.data, table.data.height
    columns = [
        pl.int_range(first, first + height, dtype=pl.UInt32, eager=True).alias(ROW),
        data[CASE_NO].alias(CASE),
        *([data[PERSON_NO].alias(PERSON)] if PERSON_NO in data.columns else []),
    ]
    kinds, numbers = _kinds(table)
    columns.append(numbers)
    for column in data:
        if column.name in names and column.null_count() < height:
            columns += _days_and_moments(column)
    headings = frozenset((name, table.headings.get(name, "")) for name in told_by_heading)
    return Sheet(pl.DataFrame(columns), (Shape(table.columns, headings),), kinds, TEXTS)


def _kinds(table: Table) -> tuple[tuple[Kind, ...], pl.Series]:
    if CASE_TYPE not in table.data.columns:
        nothing = pl.repeat(0, table.data.height, dtype=pl.UInt32, eager=True)
        return (kind_of(None),), nothing.alias(KIND)
    column = table.data[CASE_TYPE]
    found: dict[Kind, int] = {}
    texts = column.unique().cast(pl.String)
    numbers = [found.setdefault(kind_of(text), len(found)) for text in texts]
    told = column.replace_strict(
        texts.cast(TEXTS), pl.Series(numbers, dtype=pl.UInt32), return_dtype=pl.UInt32
    )
    return tuple(found), told.alias(KIND)


def _days_and_moments(column: pl.Series) -> list[pl.Series]:
    if column.dtype != pl.Datetime:
        return [column]
    return [column.dt.date(), column.alias(column.name + MOMENT)]
