"""A part of the cards as one table: a typed column per field, and which columns each card has.

Cards of one export have the same columns; such a set of columns is a shape, so that "is the column
there" is asked per shape and not per card. A column that is blank on every row is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import polars as pl

from knowledge.rules.known import expression, negated, some

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from knowledge.rules.known import Known

ROW, CASE, PERSON, SHAPE, KIND = "#row", "#case", "#person", "#shape", "#kind"
CASE_ID = "#case_id"
MOMENT = "@"
REPORT_STAGES = {"逮捕": "审查逮捕", "公诉": "审查起诉"}
MANY = 16
"""More numbers than these are looked up rather than compared one by one."""

T = TypeVar("T", str, int)


class Shape(NamedTuple):
    """A set of columns of an export, and the headings they had where a heading tells a value."""

    columns: frozenset[str]
    headings: frozenset[tuple[str, str]] = frozenset()


class Kind(NamedTuple):
    """A case type and its first stage; None where the cell names no known type."""

    name: str | None
    stage: str | None


@dataclass(frozen=True)
class Frame:
    """Rows of a card set with everything conditions read of them.

    `data` has ROW (the place in the card set), CASE and PERSON, the numbers of SHAPE and KIND, and
    CASE_ID, a number for each case.
    `shapes` and `kinds` are those that occur, by their numbers. `texts` is how texts are kept: as
    they are, or as categories. `listed` are the case numbers of other lists, `elsewhere` the
    columns (table, name) that some row of another report has. `resolved` names the column that
    holds a derived field, None where it is blank on every row; `told` says where it is known.
    `masks` are columns that tell which rows have some shapes or kinds.
    """

    data: pl.DataFrame
    shapes: Mapping[int, Shape]
    kinds: Mapping[int, Kind]
    texts: pl.DataType = field(default_factory=pl.String)
    listed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    elsewhere: frozenset[tuple[str, str]] = frozenset()
    resolved: Mapping[str, str | None] = field(default_factory=dict)
    told: Mapping[str, Known] = field(default_factory=dict)
    masks: Mapping[tuple[str, frozenset[int]], str] = field(default_factory=dict)
    _met: dict[str, pl.Series] = field(default_factory=dict, repr=False, compare=False)

    def present(self, name: str) -> Known:
        """Tell on which rows a column was in the export, filled or blank."""
        return self.of_shapes(self._having(name))

    def of_shapes(self, numbers: Iterable[int]) -> Known:
        """Tell which rows have one of some shapes."""
        return self._asked(SHAPE, frozenset(numbers), self.shapes)

    def of_types(self, names: Collection[str]) -> Known:
        """Tell which rows are of one of some case types."""
        asked = (number for number, kind in self.kinds.items() if kind.name in names)
        return self._asked(KIND, frozenset(asked), self.kinds)

    def _asked(self, column: str, asked: frozenset[int], of: Collection[int]) -> Known:
        mask = self.masks.get((column, asked))
        return among(column, asked, of) if mask is None else pl.col(mask)

    def with_masks(self, names: Iterable[str], types: Iterable[Collection[str]]) -> Frame:
        """Return the frame with a column for each question of shape or type that is asked often."""
        found = {(SHAPE, self._having(name)) for name in names}
        found |= {
            (KIND, frozenset(number for number, kind in self.kinds.items() if kind.name in each))
            for each in types
        }
        masks, columns = {}, []
        for place, (column, asked) in enumerate(sorted(found, key=repr)):
            where = among(column, asked, self.shapes if column == SHAPE else self.kinds)
            if not isinstance(where, bool):
                masks[column, asked] = f"#mask{place}"
                columns.append(where.alias(f"#mask{place}"))
        return replace(self.with_columns(columns), masks=masks)

    def _having(self, name: str) -> frozenset[int]:
        return frozenset(n for n, shape in self.shapes.items() if name in shape.columns)

    def known(self, name: str) -> Known:
        """Tell on which rows a field is known: exported, or derived."""
        return self.told[name] if name in self.told else self.present(name)

    def met(self, name: str) -> pl.Series:
        """Return the different texts of a column; looked for once, as columns never change."""
        if name not in self._met:
            self._met[name] = self.data[name].unique().cast(pl.String)
        return self._met[name]

    def column(self, name: str) -> str | None:
        """Return a column if some row has a value in it."""
        return name if name in self._names else None

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.data.columns)

    def stage(self) -> pl.Expr | None:
        """Return the first stage of each row's case type, None where no row has one."""
        chosen: pl.Expr | None = None
        for number, kind in self.kinds.items():
            if kind.stage is not None:
                own = pl.lit(kind.stage, dtype=self.texts)
                where = pl.when(expression(among(KIND, {number}, self.kinds))).then(own)
                chosen = where.otherwise(chosen)
        return chosen

    def by_stage(self, values: Mapping[str, T], others: T) -> pl.Expr:
        """Return for each row the value of its stage."""
        found = {
            number: values.get(kind.stage or "", others) for number, kind in self.kinds.items()
        }
        chosen = pl.lit(others)
        for value in set(found.values()) - {others}:
            where = among(KIND, {n for n, own in found.items() if own == value}, found)
            chosen = pl.when(expression(where)).then(pl.lit(value)).otherwise(chosen)
        return chosen

    def with_columns(self, columns: Sequence[pl.Expr | pl.Series]) -> Frame:
        """Return the frame with further columns, without those that are blank everywhere."""
        if not columns:
            return self
        height = self.data.height
        # with the row number, so that what is the same on all rows is spread over them
        narrow = looked_at(self.data, [each for each in columns if isinstance(each, pl.Expr)])
        made = narrow.select(pl.col(ROW), *columns).get_columns()[1:]
        filled = [column for column in made if column.null_count() < height]
        return replace(self, data=self.data.hstack(filled))


def looked_at(data: pl.DataFrame, expressions: Iterable[pl.Expr]) -> pl.DataFrame:
    """Return the columns some expressions read, and the row number.

    A table of hundreds of columns costs more to be laid before the engine than to be computed on.
    """
    names = {name for each in expressions for name in each.meta.root_names()}
    return pl.DataFrame([data[name] for name in sorted(names | {ROW})])


def among(column: str, asked: AbstractSet[int], of: Collection[int]) -> Known:
    """Tell which rows have one of some numbers, among those that occur."""
    others = set(of) - asked
    if not asked:
        return False
    if not others:
        return True
    if min(len(asked), len(others)) > MANY:
        return pl.col(column).is_in(sorted(asked))
    if len(asked) > len(others):
        return negated(some(pl.col(column) == number for number in sorted(others)))
    return some(pl.col(column) == number for number in sorted(asked))


def without_blanks(data: pl.DataFrame, among: Iterable[str]) -> pl.DataFrame:
    """Leave out those of some columns that are blank on every row."""
    height = data.height
    return data.drop([name for name in among if data[name].null_count() == height])
