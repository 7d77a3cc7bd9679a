"""Cards laid out as sheets: a typed column per field the rules use, shapes and kinds by number."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from knowledge.fields import CASE_TYPE, registry
from knowledge.rules.frame import CASE, KIND, MOMENT, PERSON, ROW, SHAPE, Kind, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.cards import CardSet, Value


class Sheet(NamedTuple):
    """Rows of a card set: ROW, CASE, PERSON, KIND, SHAPE where there are several, and the fields.

    A field that no row has filled is not among the columns. `texts` is how texts are kept.
    """

    data: pl.DataFrame
    shapes: tuple[Shape, ...]
    kinds: tuple[Kind, ...]
    texts: pl.DataType


LISTED = {
    "publication_list": "公开清单",
    "error_list": "问题通报",
    "case_list": "案件列表",
    "person_report": "人员明细",
}


def of_cards(cards: CardSet, names: Iterable[str], told_by_heading: Sequence[str]) -> Sheet:
    """Lay cards out with the columns named, one after the other and not card by card."""
    rows = cards.cards
    shapes: dict[Shape, int] = {}
    places = [
        shapes.setdefault(
            Shape(
                frozenset(card.values),
                frozenset((name, card.headings.get(name, "")) for name in told_by_heading),
            ),
            len(shapes),
        )
        for card in rows
    ]
    present = frozenset[str]().union(*(shape.columns for shape in shapes))
    kinds, numbers = _kinds([card.text(CASE_TYPE) for card in rows])
    columns = [
        pl.Series(ROW, range(len(rows)), dtype=pl.UInt32),
        pl.Series(CASE, [card.case_no for card in rows], dtype=pl.String),
        pl.Series(PERSON, [card.person_no for card in rows], dtype=pl.String),
        pl.Series(SHAPE, places, dtype=pl.UInt32),
        pl.Series(KIND, numbers, dtype=pl.UInt32),
    ]
    for name in names:
        if name in present:
            columns += columns_of(name, [card.values.get(name) for card in rows])
    filled = [column for column in columns if column.null_count() < len(rows)]
    return Sheet(pl.DataFrame(filled or columns), tuple(shapes), kinds, pl.String())


def listed(cards: CardSet) -> dict[str, frozenset[str]]:
    """Return the case numbers of the other lists of a card set."""
    found: dict[str, set[str]] = {}
    for row in cards.listed:
        found.setdefault(LISTED[row.kind], set()).add(row.case_no)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _kinds(texts: Sequence[str | None]) -> tuple[tuple[Kind, ...], list[int]]:
    found: dict[Kind, int] = {}
    numbers = {text: found.setdefault(kind_of(text), len(found)) for text in dict.fromkeys(texts)}
    return tuple(found), [numbers[text] for text in texts]


@cache
def kind_of(text: str | None) -> Kind:
    """Return the case type a cell of 案件类别 names, with its first stage."""
    found = registry().case_type(text) if text else None
    return Kind(found.name, found.stages[0]) if found else Kind(None, None)


def columns_of(name: str, values: list[Value]) -> list[pl.Series]:
    """Return a field's values as a column, its times of day as a further one."""
    kind, met = registry().fields[name].type, set(map(type, values))
    if kind in {"int", "number"}:
        plain = met <= {int, float, type(None)}
        return [pl.Series(name, values if plain else map(_number, values), dtype=pl.Float64)]
    if kind in {"date", "datetime"}:
        plain = met <= {date, type(None)}
        days = pl.Series(name, values if plain else map(_day, values), dtype=pl.Date)
        if kind == "date":
            return [days]
        moments = repeat(None, len(values)) if plain else map(_moment, values)
        return [days, pl.Series(name + MOMENT, list(moments), dtype=pl.Datetime("us"))]
    plain = met <= {str, type(None)}
    return [pl.Series(name, values if plain else map(_text, values), dtype=pl.String)]


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _moment(value: Value) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) or value is None else str(value)
