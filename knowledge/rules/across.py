"""Columns that look beyond a row's own case: the same person's row of another report, and counts.

They are worked out over the whole card set, before it is taken apart.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from knowledge.fields import ACCEPTED, OFFICE, UNIFIED_NO
from knowledge.rules import syntax
from knowledge.rules.frame import CASE, KIND, PERSON, REPORT_STAGES, SHAPE
from knowledge.rules.side_columns import record_key, table_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.rules.parts import Whole
    from knowledge.rules.syntax import Node, Table

REPORTS: tuple[Table, ...] = ("逮捕", "公诉")
SAME_NUMBER, OFFICES = "同编号数", "同统一受案号的单位数"


def columns_needed(nodes: Iterable[Node]) -> set[str]:
    """Return the columns that must be loaded beyond those the conditions name."""
    asked = {
        each.name
        for node in nodes
        for each in syntax.walk(node)
        if isinstance(each, syntax.Computed)
    }
    return {ACCEPTED, *((UNIFIED_NO, OFFICE) if OFFICES in asked else ())}


def add(cards: Whole, nodes: Iterable[Node], reports: Iterable[tuple[str, str]]) -> Whole:
    """Return the card set with every column that looks across it.

    Args:
        cards: the sheets.
        nodes: the conditions that will be asked.
        reports: the columns (table, name) that rules need of other reports.
    """
    walked = dict.fromkeys(part for node in nodes for part in syntax.walk(node))
    asked: dict[Table, list[str]] = {}
    for each in walked:
        if isinstance(each, syntax.Field) and each.table is not None:
            asked.setdefault(each.table, []).append(each.name)
        elif isinstance(each, syntax.NoRecord):
            for table in REPORTS:
                if each.table == table:
                    asked.setdefault(table, [])
    made = [_of_report(cards, table, names) for table, names in asked.items()]
    computed = {each.name for each in walked if isinstance(each, syntax.Computed)}
    if SAME_NUMBER in computed:
        made.append(_same_number(cards))
    if OFFICES in computed:
        made.append(_offices(cards))
    found = frozenset(pair for pair in reports if _is_somewhere(cards, *pair))
    return replace(_attached(cards, made), elsewhere=found)


def _attached(cards: Whole, made: Sequence[pl.DataFrame]) -> Whole:
    """Attach columns that hold a value for each row of the card set, in order."""
    if not made or not cards.height:
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


def _of_stage(cards: Whole, stage: str) -> pl.Expr:
    numbers = [number for number, kind in enumerate(cards.kinds) if kind.stage == stage]
    return pl.col(KIND).is_in(numbers)


def _is_somewhere(cards: Whole, table: str, name: str) -> bool:
    """Tell whether some row of a report has a column at all."""
    shapes = [number for number, shape in enumerate(cards.shapes) if name in shape.columns]
    where = _of_stage(cards, REPORT_STAGES[table]) & pl.col(SHAPE).is_in(shapes)
    return any(bool(sheet.select(where.any()).item()) for sheet in cards.sheets)


def _of_report(cards: Whole, table: Table, names: Sequence[str]) -> pl.DataFrame:
    """Return what the same person's newest row of a report says, for every row.

    A row of that report speaks for itself.
    """
    stage = REPORT_STAGES[table]
    rows = _gathered(cards, (PERSON, ACCEPTED, *names)).with_columns(
        _gathered(cards, (KIND,)).select(_of_stage(cards, stage).alias("own")).to_series()
    )
    missing = [name for name in (PERSON, ACCEPTED, *names) if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None).alias(name) for name in missing)
    newest = (
        rows.lazy()
        .filter(pl.col("own") & pl.col(PERSON).is_not_null())
        .sort(ACCEPTED, nulls_last=False, maintain_order=True)
        .unique(PERSON, keep="last", maintain_order=True)
        .select(PERSON, *(pl.col(name).alias(table_key(table, name)) for name in names))
        .with_columns(pl.lit(value=True).alias(record_key(table)))
        .collect()
    )
    found = rows.select(PERSON).join(newest, on=PERSON, how="left", maintain_order="left")
    return found.select(
        pl.col(record_key(table)).fill_null(value=False),
        *(
            pl.when(rows["own"]).then(rows[name]).otherwise(pl.col(table_key(table, name)))
            .alias(table_key(table, name))
            for name in names
        ),
    )  # fmt: skip


def _same_number(cards: Whole) -> pl.DataFrame:
    """Count the cases of each person's number at the stage of the row."""
    rows = _gathered(cards, (CASE, PERSON, KIND))
    if PERSON not in rows.columns:
        return pl.DataFrame()
    stages = list(dict.fromkeys(kind.stage for kind in cards.kinds))
    numbers = pl.Series([stages.index(kind.stage) for kind in cards.kinds], dtype=pl.UInt32)
    rows = rows.with_columns(numbers.gather(rows[KIND]).alias("stage"))
    counted = pl.col(CASE).n_unique().over(PERSON, "stage").cast(pl.Int64)
    return rows.select(pl.when(pl.col(PERSON).is_not_null()).then(counted).alias(SAME_NUMBER))


def _offices(cards: Whole) -> pl.DataFrame:
    """Count the offices that hold each 统一受案号."""
    rows = _gathered(cards, (UNIFIED_NO, OFFICE))
    if UNIFIED_NO not in rows.columns:
        return pl.DataFrame()
    if OFFICE not in rows.columns:
        rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(OFFICE))
    offices = pl.col(OFFICE).drop_nulls().n_unique().over(UNIFIED_NO).cast(pl.Int64)
    return rows.select(pl.when(pl.col(UNIFIED_NO).is_not_null()).then(offices).alias(OFFICES))
