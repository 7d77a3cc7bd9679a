"""The rules on columns of pandas: masks and numpy, texts as categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import polars as pl

from bench.patrol.day_table import day_table
from bench.patrol.pandas_rows import DAY, PandasRows
from bench.patrol.view import STAGES
from knowledge.rules.frame import MOMENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.patrol.view import Sheet, Value
    from knowledge.rules.card_table import CardTable


class Pandas:
    """pandas with the cards in memory."""

    def __init__(self, cards: CardTable) -> None:
        self.tables = [
            _frame(table.data, first)
            for table, first in zip(cards.tables, cards.offsets, strict=False)
        ]
        days = day_table()
        self.days = {
            name: days[name].to_numpy().astype(DAY)
            if days[name].dtype == pl.Date
            else days[name].to_numpy()
            for name in days.columns
        }
        self.made: list[tuple[int, pd.DataFrame]] = []
        self.found_ends: dict[int, pd.DataFrame] = {}
        self.newest: dict[str, pd.DataFrame] = {}
        self.offices = pd.Series(dtype=float)

    def clear(self) -> None:
        """Forget an earlier run."""
        self.made, self.found_ends, self.newest = [], {}, {}

    def prepare(self, sheets: Sequence[Sheet]) -> None:
        """Make what looks across tables: the newest rows of reports, and counts."""
        for table, stage in STAGES.items():
            number = next(each.number for each in sheets if each.stages == [stage])
            rows = self.tables[number].dropna(subset=["#person"])
            ordered = rows.sort_values("受理日期", na_position="first", kind="stable")
            self.newest[table] = ordered.drop_duplicates("#person", keep="last").set_index(
                "#person"
            )
        both = [
            pd.DataFrame({"number": each["统一受案号"], "office": each.get("承办单位")})
            for each in self.tables
        ]
        held = pd.concat([each.astype(object) for each in both])
        self.offices = held.groupby("number")["office"].nunique().astype(float)

    def open(self, sheet: Sheet) -> PandasRows:
        return PandasRows(self, sheet, self.tables[sheet.number])

    def settle(self, rows: PandasRows) -> None:
        """Nothing: what was defined is there."""

    def fork(self, rows: PandasRows) -> PandasRows:
        return PandasRows(self, rows.sheet, rows.data)

    def hits(
        self, place: int, rows: PandasRows, shown: dict[str, Value], values: list[str]
    ) -> None:
        table = rows.data[["#row", *values]]
        told = {
            f"@{key}": pd.Series(pd.NaT if value is None else value, index=rows.data.index)
            for key, value in shown.items()
        }
        self.made.append((place, table.assign(**told)))

    def ends(self, sheet: Sheet, found: list[tuple[PandasRows, dict[str, Value]]]) -> None:
        parts = []
        for rows, shown in found:
            rolled = shown["rolled"].loc[rows.data.index]
            parts.append(
                pd.DataFrame(
                    {"due": rows.data["due_at"], "raw": rows.data["raw_end"], "rolled": rolled}
                )
            )
        data = self.tables[sheet.number]
        nothing = pd.DataFrame({name: pd.Series(dtype=DAY) for name in ("due", "raw", "rolled")})
        held = pd.concat(parts) if parts else nothing
        first = held[~held.index.duplicated(keep="first")].reindex(data.index)
        first["case_due"] = first.groupby(data["#case"])["due"].transform("min")
        self.found_ends[sheet.number] = first

    def table(self) -> pl.DataFrame:
        """Return the hits: rule, row, state, due, done, certain."""
        found = []
        for place, data in self.made:
            found.append(
                pl.DataFrame(
                    {
                        "rule": pl.repeat(place, len(data), dtype=pl.UInt16, eager=True),
                        "row": pl.Series(data["#row"].to_numpy(), dtype=pl.UInt32),
                        "state": pl.Series(data["@state"].tolist(), dtype=pl.String),
                        "due": _days(data["@due"]),
                        "done": _days(data["@done"]),
                        "certain": pl.Series(data["@certain"].astype(bool).to_numpy()),
                    }
                )
            )
        return pl.concat(found)


def _days(values: pd.Series) -> pl.Series:
    days = values.to_numpy().astype("datetime64[D]")
    return pl.Series(days).cast(pl.Date)


def _frame(data: pl.DataFrame, first: int) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "#row": np.arange(first, first + data.height),
        "#case": data["部门受案号"].to_list(),
        "#person": data["嫌疑人编号"].to_list(),
    }
    for column in data:
        if column.null_count() == data.height:
            continue
        if column.dtype == pl.Categorical:
            columns[column.name] = _categories(column)
        elif column.dtype == pl.Datetime:
            columns[column.name] = column.dt.date().to_numpy().astype(DAY)
            columns[column.name + MOMENT] = column.to_numpy().astype(DAY)
        elif column.dtype == pl.Date:
            columns[column.name] = column.to_numpy().astype(DAY)
        else:
            columns[column.name] = (
                column.to_list() if column.dtype == pl.String else column.to_numpy()
            )
    return pd.DataFrame(
        {
            name: pd.Series(value, dtype=object) if isinstance(value, list) else value
            for name, value in columns.items()
        }
    )


def _categories(column: pl.Series) -> pd.Categorical:
    texts = column.drop_nulls().unique()
    codes = column.replace_strict(
        texts, pl.Series(range(len(texts)), dtype=pl.Int32), default=-1, return_dtype=pl.Int32
    )
    return pd.Categorical.from_codes(
        codes.fill_null(-1).to_numpy(), texts.cast(pl.String).to_list()
    )
