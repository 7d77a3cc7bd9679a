"""Cards as one table: a typed column per field the rules use, and which columns each card has.

Cards of one export have the same columns; such a set of columns is a shape, so that "is the column
there" is asked per shape and not per card.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache, reduce
from typing import TYPE_CHECKING

import polars as pl

from knowledge.fields import CASE_TYPE, registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.cards import Card, CardSet, Value

ROW, CASE, PERSON, TYPE, STAGE, SHAPE = "#row", "#case", "#person", "#type", "#stage", "#shape"
MOMENT = "@"
REPORT_STAGES = {"逮捕": "审查逮捕", "公诉": "审查起诉"}

Known = bool | pl.Expr
"""Whether something is known of a row: of all, of none, or row by row."""


@dataclass(frozen=True)
class CardFrame:
    """The cards and their table; `shapes` are the sets of columns met."""

    card_set: CardSet
    data: pl.DataFrame
    shapes: tuple[frozenset[str], ...]
    listed: dict[str, frozenset[str]]

    @property
    def cards(self) -> Sequence[Card]:
        """The cards in the order of the rows."""
        return self.card_set.cards

    def present(self, name: str) -> Known:
        """Tell on which rows a column was in the export, filled or blank."""
        holders = [place for place, shape in enumerate(self.shapes) if name in shape]
        if len(holders) == len(self.shapes):
            return True
        return pl.col(SHAPE).is_in(holders) if holders else False

    def with_columns(self, columns: Iterable[pl.Expr | pl.Series]) -> CardFrame:
        """Return the frame with further columns."""
        return CardFrame(self.card_set, self.data.with_columns(columns), self.shapes, self.listed)


def build(cards: CardSet, names: Iterable[str]) -> CardFrame:
    """Lay cards out as a table with the columns named."""
    rows = cards.cards
    shapes: dict[frozenset[str], int] = {}
    places = [shapes.setdefault(frozenset(card.values), len(shapes)) for card in rows]
    types = [_type_of(card) for card in rows]
    columns = [
        pl.Series(ROW, range(len(rows)), dtype=pl.Int64),
        pl.Series(CASE, [card.case_no for card in rows], dtype=pl.String),
        pl.Series(PERSON, [card.person_no for card in rows], dtype=pl.String),
        pl.Series(SHAPE, places, dtype=pl.Int32),
        pl.Series(TYPE, [name for name, _ in types], dtype=pl.String),
        pl.Series(STAGE, [stage for _, stage in types], dtype=pl.String),
    ]
    present = frozenset[str]().union(*shapes)
    for name in names:
        if name in present:
            columns += _columns(name, [card.values.get(name) for card in rows])
        else:
            columns += _nothing(name, len(rows))
    listed: dict[str, set[str]] = {}
    for row in cards.listed:
        listed.setdefault(_LISTED[row.kind], set()).add(row.case_no)
    return CardFrame(
        cards,
        pl.DataFrame(columns),
        tuple(shapes),
        {name: frozenset(numbers) for name, numbers in listed.items()},
    )


_LISTED = {
    "publication_list": "公开清单",
    "error_list": "问题通报",
    "case_list": "案件列表",
    "person_report": "人员明细",
}


def _type_of(card: Card) -> tuple[str | None, str | None]:
    text = card.text(CASE_TYPE)
    return _named_type(text) if text else (None, None)


@cache
def _named_type(text: str) -> tuple[str | None, str | None]:
    found = registry().case_type(text)
    return (found.name, found.stages[0]) if found else (None, None)


def _columns(name: str, values: list[Value]) -> list[pl.Series]:
    field = registry().fields[name]
    if field.type in {"int", "number"}:
        return [pl.Series(name, [_number(value) for value in values], dtype=pl.Float64)]
    if field.type in {"date", "datetime"}:
        days = pl.Series(name, [_day(value) for value in values], dtype=pl.Date)
        if field.type == "date":
            return [days]
        moments = [value if isinstance(value, datetime) else None for value in values]
        return [days, pl.Series(name + MOMENT, moments, dtype=pl.Datetime("us"))]
    return [pl.Series(name, [_text(value) for value in values], dtype=pl.String)]


def _nothing(name: str, height: int) -> list[pl.Series]:
    """Return the columns of a field that no card has."""
    return [_blank(column.dtype, height).alias(column.name) for column in _columns(name, [])]


@lru_cache(maxsize=8)
def _blank(kind: pl.DataType, height: int) -> pl.Series:
    return pl.repeat(None, height, dtype=kind, eager=True)


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) or value is None else str(value)


def every(known: Iterable[Known]) -> Known:
    """Tell where everything is known."""
    rows: list[pl.Expr] = []
    for each in known:
        if each is False:
            return False
        if each is not True:
            rows.append(each)
    return reduce(lambda left, right: left & right, rows) if rows else True


def some(known: Iterable[Known]) -> Known:
    """Tell where anything is known."""
    rows: list[pl.Expr] = []
    for each in known:
        if each is True:
            return True
        if each is not False:
            rows.append(each)
    return reduce(lambda left, right: left | right, rows) if rows else False


def expression(known: Known) -> pl.Expr:
    """Return what is known as an expression."""
    return pl.lit(known) if isinstance(known, bool) else known
