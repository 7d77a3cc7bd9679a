"""Columns that look beyond a row's own case: the same person's row of another report, and counts.

They are worked out over the whole card set, before it is taken apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from knowledge.fields import ACCEPTED, OFFICE, UNIFIED_NO
from knowledge.rules import syntax
from knowledge.rules.frame import CASE, KIND, PERSON, REPORT_STAGES, SHAPE, among
from knowledge.rules.known import expression
from knowledge.rules.runs import first_of_runs, repeated
from knowledge.rules.side_by_side import mapped
from knowledge.rules.side_columns import record_key, table_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from knowledge.rules.frame import Kind
    from knowledge.rules.parts import Whole
    from knowledge.rules.plan import Plan
    from knowledge.rules.syntax import Node, Table

REPORTS: tuple[Table, ...] = ("逮捕", "公诉")
SAME_NUMBER, OFFICES = "同编号数", "同统一受案号的单位数"
RECORD = "#record"


def columns_needed(nodes: Iterable[Node]) -> set[str]:
    """Return the columns that must be loaded beyond those the conditions name."""
    asked = {each.name for each in nodes if isinstance(each, syntax.Computed)}
    return {ACCEPTED, *((UNIFIED_NO, OFFICE) if OFFICES in asked else ())}


def add(cards: Whole, asking: Plan, *, workers: int) -> Whole:
    """Return the card set with every column that looks across it."""
    if not cards.height:
        return cards
    persons = _persons(cards)
    wanted = [partial(_of_report, cards, persons, report) for report in _reports(asking)]
    computed = {each.name for each in asking.sides if isinstance(each, syntax.Computed)}
    if OFFICES in computed:
        wanted.append(partial(_offices, cards))
    if SAME_NUMBER in computed:
        wanted.append(partial(_same_number, cards, persons, asking))
    made = mapped(lambda make: make(), iter(wanted), workers=workers)
    found = frozenset(pair for pair in asking.reports if _is_somewhere(cards, *pair))
    return replace(_attached(cards, made), elsewhere=found)


@dataclass(frozen=True)
class _Report:
    """What is read of another report: its columns, and for which case types (None: all)."""

    table: Table
    names: tuple[str, ...]
    types: frozenset[str] | None


def _reports(asking: Plan) -> Iterator[_Report]:
    for table in REPORTS:
        types = _types(asking, lambda node: getattr(node, "table", None) == table)  # noqa: B023 - asked at once
        if types is None or types:
            read = (
                node.name
                for node in asking.sides
                if isinstance(node, syntax.Field) and node.table == table
            )
            yield _Report(table, tuple(read), types)


def _types(asking: Plan, is_meant: Callable[[Node], bool]) -> frozenset[str] | None:
    """Return the case types of the rules that read some node, None where they are for all."""
    found: set[str] = set()
    for each in asking.rules:
        if any(map(is_meant, each.sides)):
            if each.types is None:
                return None
            found |= set(each.types)
    return frozenset(found)


def _attached(cards: Whole, made: Sequence[pl.DataFrame]) -> Whole:
    """Attach columns that hold a value for each row of the card set, in order."""
    if not made:
        return cards
    sheets, first = [], 0
    for sheet in cards.sheets:
        own = [column for each in made for column in each.slice(first, sheet.height)]
        filled = [column for column in own if column.null_count() < sheet.height]
        sheets.append(sheet.with_columns(filled))
        first += sheet.height
    return replace(cards, sheets=tuple(sheets))


def _gathered(cards: Whole, names: Iterable[str]) -> pl.DataFrame:
    """Return some columns of all sheets under each other."""
    asked = list(dict.fromkeys(names))
    tables = [
        sheet.select([name for name in asked if name in sheet.columns]) for sheet in cards.sheets
    ]
    return pl.concat(tables, how="diagonal_relaxed")


def _of_kinds(cards: Whole, holds: Callable[[Kind], bool]) -> pl.Expr:
    kinds = enumerate(cards.kinds)
    asked = {number for number, kind in kinds if holds(kind)}
    return expression(among(KIND, asked, range(len(cards.kinds))))


def _is_somewhere(cards: Whole, table: str, name: str) -> bool:
    """Tell whether some row of a report has a column at all."""
    shapes = {number for number, shape in enumerate(cards.shapes) if name in shape.columns}
    there = expression(among(SHAPE, shapes, range(len(cards.shapes))))
    where = _of_kinds(cards, lambda kind: kind.stage == REPORT_STAGES[table]) & there
    return any(bool(sheet.select(where.any()).item()) for sheet in cards.sheets if sheet.height)


def _persons(cards: Whole) -> pl.Series:
    """Return the hashes of all persons' numbers, blank where a row names none."""
    rows = _gathered(cards, (KIND, PERSON))
    if PERSON not in rows.columns:
        return pl.repeat(None, rows.height, dtype=pl.UInt64, eager=True)
    return rows[PERSON].hash().set(rows[PERSON].is_null(), None)


def _of_report(cards: Whole, persons: pl.Series, report: _Report) -> pl.DataFrame:
    """Return what the same person's newest row of a report says, for the rows that ask for it.

    A row of that report speaks for itself.
    """
    stage, types = REPORT_STAGES[report.table], report.types
    rows = _gathered(cards, (KIND, PERSON, ACCEPTED, *report.names))
    missing = {PERSON, ACCEPTED, *report.names} - set(rows.columns)
    rows = rows.with_columns(pl.lit(None).alias(name) for name in sorted(missing))
    own, asks = rows.select(
        _of_kinds(cards, lambda kind: kind.stage == stage).alias("own"),
        _of_kinds(cards, lambda kind: types is None or kind.name in types).alias("asks"),
    )
    # most persons have no row there, told by their hashes
    others = asks & ~own & persons.is_in(persons.filter(own).drop_nulls().implode())
    answering = own & persons.is_in(persons.filter(others).implode())
    newest = _newest(rows.filter(answering)).with_columns(pl.lit(value=True).alias(RECORD))
    told = (
        rows.filter(others)
        .select(PERSON)
        .join(newest, on=PERSON, how="left", maintain_order="left")
        .with_columns(pl.col(RECORD).fill_null(value=False))
    )
    speaks, place = asks & own, others.arg_true()
    rows = rows.with_columns(persons.is_not_null().alias(RECORD))
    names = {RECORD: record_key(report.table)}
    names |= {name: table_key(report.table, name) for name in report.names}
    made = rows.select(pl.when(speaks).then(name).alias(name) for name in names)
    return pl.DataFrame(
        [
            made[name].scatter(place, told[name]).alias(key)
            for name, key in names.items()
            if made[name].count() or told[name].count()
        ]
    )


def _newest(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the newest row of each person, the last of those of one day."""
    in_order = rows.sort(ACCEPTED, nulls_last=False, maintain_order=True)
    return in_order.unique(PERSON, keep="last", maintain_order=True)


def _same_number(cards: Whole, persons: pl.Series, asking: Plan) -> pl.DataFrame:
    """Count the cases of each person's number at the stage of the row."""
    rows = _gathered(cards, (CASE, PERSON, KIND))
    if PERSON not in rows.columns:
        return pl.DataFrame()
    types = _types(asking, lambda node: _is_computed(node, SAME_NUMBER))
    stages = {kind.stage for kind in cards.kinds if types is None or kind.name in types}
    numbers = list(dict.fromkeys(kind.stage for kind in cards.kinds))
    places = pl.Series([numbers.index(kind.stage) for kind in cards.kinds], dtype=pl.UInt32)
    stage = places.gather(rows[KIND])
    asked = rows.select(_of_kinds(cards, lambda kind: kind.stage in stages)).to_series()
    asked &= persons.is_not_null()
    counted = pl.select(pl.when(asked).then(pl.lit(1, pl.Int64))).to_series()
    # a hash that stands alone is a number that stands alone: most need not be counted
    known = (persons + stage.cast(pl.UInt64)).set(~asked, None)
    again = known.is_in(repeated(known.drop_nulls()).implode()).fill_null(value=False)
    several = rows.filter(again).with_columns(stage.filter(again).alias("stage"))
    count = several.select(pl.col(CASE).n_unique().over(PERSON, "stage").cast(pl.Int64))
    return pl.DataFrame([counted.scatter(again.arg_true(), count[CASE]).alias(SAME_NUMBER)])


def _is_computed(node: Node, name: str) -> bool:
    return isinstance(node, syntax.Computed) and node.name == name


def _offices(cards: Whole) -> pl.DataFrame:
    """Count the offices that hold each 统一受案号."""
    rows = _gathered(cards, (UNIFIED_NO, OFFICE))
    if UNIFIED_NO not in rows.columns:
        return pl.DataFrame()
    if OFFICE not in rows.columns:
        rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(OFFICE))
    number, office = rows[UNIFIED_NO].hash(), rows[OFFICE]
    has_office = office.is_not_null()
    known = number.filter(has_office)
    counted = has_office.cast(pl.Int64)
    if not has_office.all():
        # a row that names none has what the others of its number name
        others = number.filter(~has_office).is_in(known.unique().implode()).cast(pl.Int64)
        counted = counted.scatter((~has_office).arg_true(), others)
    several = _with_several(known, office.filter(has_office))
    if len(several):
        again = number.is_in(several.implode())
        offices = pl.col(OFFICE).drop_nulls().n_unique().over(UNIFIED_NO).cast(pl.Int64)
        counted = counted.scatter(again.arg_true(), rows.filter(again).select(offices).to_series())
    return pl.DataFrame([counted.set(rows[UNIFIED_NO].is_null(), None).alias(OFFICES)])


def _with_several(numbers: pl.Series, offices: pl.Series) -> pl.Series:
    """Return the hashed numbers that stand with several offices."""
    # a run of one number at one office says the same
    is_first = first_of_runs([numbers, offices])
    inside = pl.DataFrame({"number": numbers, "office": offices}).filter(is_first)
    again = pl.col("number").is_in(repeated(inside["number"]).implode())
    in_order = inside.filter(again).sort("number")
    number, office = in_order["number"], in_order["office"]
    # where a number has several, two that stand beside each other differ
    differ = (number[1:] == number[:-1]) & (office[1:] != office[:-1])
    return number[1:].filter(differ).unique()
