"""Cards handed from the process that draws them to the processes that are measured."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl

from knowledge.rules.card_table import CardTable, Table

if TYPE_CHECKING:
    from pathlib import Path


def write(cards: CardTable, folder: Path) -> None:
    """Write the tables, and which columns their exports have."""
    for number, table in enumerate(cards.tables):
        table.data.write_parquet(folder / f"cards{number}.parquet")
    columns = [sorted(table.columns) for table in cards.tables]
    (folder / "columns.json").write_text(json.dumps(columns), encoding="utf-8")


def read(folder: Path) -> CardTable:
    """Read them again."""
    columns = json.loads((folder / "columns.json").read_text("utf-8"))
    return CardTable(
        tuple(
            Table(pl.read_parquet(folder / f"cards{number}.parquet"), frozenset(names))
            for number, names in enumerate(columns)
        )
    )
