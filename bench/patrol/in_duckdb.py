"""The rules as SQL in DuckDB: each rule a query over the table it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from bench.patrol.day_table import day_table
from bench.patrol.sql_rows import SqlRows, quoted
from bench.patrol.view import STAGES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb

    from bench.patrol.view import Sheet, Value
    from knowledge.rules.card_table import CardTable

OFFICE = "承办单位"
NO_ENDS = (
    'SELECT 0::BIGINT AS "#row", \'\' AS "#case", 0 AS number, NULL::DATE AS due, '
    "NULL::DATE AS raw, NULL::DATE AS rolled WHERE FALSE"
)


class Duck:
    """DuckDB with the cards in memory."""

    def __init__(self, cards: CardTable, folder: Path, threads: int) -> None:
        import duckdb  # noqa: PLC0415 - only where the benchmark runs

        self.base: duckdb.DuckDBPyConnection = duckdb.connect()
        self.base.execute(f"SET threads = {threads}")
        self.made: list[tuple[int, str]] = []
        for number, table in enumerate(cards.tables):
            self._load(table.data, number, cards.offsets[number], folder)
        day_table(cards).write_parquet(folder / "days.parquet")
        self.base.execute(f"CREATE TABLE days AS FROM '{folder / 'days.parquet'}'")

    def _load(self, data: pl.DataFrame, number: int, first: int, folder: Path) -> None:
        shown = [
            pl.int_range(first, first + pl.len(), dtype=pl.Int64).alias("#row"),
            pl.col("部门受案号").alias("#case"),
            pl.col("嫌疑人编号").alias("#person"),
        ]
        for column in data:
            if column.dtype == pl.Datetime:
                shown.append(pl.col(column.name).dt.date())
                shown.append(pl.col(column.name).alias(f"{column.name}@"))
            elif column.null_count() < data.height:
                own = pl.col(column.name)
                shown.append(own.cast(pl.String) if column.dtype == pl.Categorical else own)
        file = folder / f"t{number}.parquet"
        data.select(shown).write_parquet(file)
        self.base.execute(f"CREATE TABLE t{number} AS FROM '{file}'")
        file.unlink()

    def clear(self) -> None:
        """Forget an earlier run."""
        for [name, kind] in self.base.execute(
            "SELECT table_name, table_type FROM information_schema.tables "
            "WHERE table_type = 'LOCAL TEMPORARY' OR table_name LIKE 'newest_%'"
        ).fetchall():
            what = "VIEW" if kind == "VIEW" else "TABLE"
            self.base.execute(f"DROP {what} {name}")
        self.made = []

    def prepare(self, sheets: Sequence[Sheet]) -> None:
        """Make what looks across tables: the newest rows of reports, and counts."""
        of_stage = {
            stage: next(each for each in sheets if each.stages == [stage])
            for stage in STAGES.values()
        }
        for table, stage in STAGES.items():
            own = of_stage[stage]
            newest = (
                'row_number() OVER (PARTITION BY "#person" '
                'ORDER BY "受理日期" DESC NULLS LAST, "#row" DESC)'
            )
            names = ["#person", *sorted(name for name in own.filled if "@" not in name)]
            shown = ", ".join(map(quoted, dict.fromkeys(names)))
            self.base.execute(
                f"CREATE TEMP VIEW newest_{table} AS SELECT {shown} FROM t{own.number} "
                f'WHERE "#person" IS NOT NULL QUALIFY {newest} = 1'
            )
        self.base.execute(
            'CREATE TEMP TABLE same_number AS SELECT "#person" AS person, '
            f'count(DISTINCT "#case") AS n FROM t{of_stage["审查起诉"].number} '
            "GROUP BY ALL HAVING n > 1"
        )
        held = " UNION ALL ".join(
            f'SELECT "统一受案号" AS number, {self._office(sheet)} AS office FROM t{sheet.number}'
            for sheet in sheets
        )
        self.base.execute(
            "CREATE TEMP TABLE offices AS SELECT number, count(DISTINCT office) AS n "
            f"FROM ({held}) WHERE number IS NOT NULL GROUP BY ALL HAVING n <> 1"
        )

    def _office(self, sheet: Sheet) -> str:
        return quoted(OFFICE) if OFFICE in sheet.filled else "NULL"

    def open(self, sheet: Sheet) -> SqlRows:
        return SqlRows(self, sheet, f"t{sheet.number}")

    def settle(self, rows: SqlRows) -> None:
        rows.flush()
        name = f"v{rows.sheet.number}"
        self.base.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM {rows.source}")
        rows.source = name

    def fork(self, rows: SqlRows) -> SqlRows:
        rows.flush()
        return SqlRows(self, rows.sheet, rows.source, [], rows.count_)

    def hits(self, place: int, rows: SqlRows, shown: dict[str, Value], values: list[str]) -> None:
        rows.flush()
        name = f"h{len(self.made)}"
        told = ", ".join(
            f"{value if value is not None else 'CAST(NULL AS DATE)'} AS {quoted('@' + key)}"
            for key, value in shown.items()
        )
        own = ", ".join(map(quoted, values))
        shown_columns = ", ".join(['"#row"', told, *([own] if own else [])])
        self.base.execute(f"CREATE TEMP TABLE {name} AS SELECT {shown_columns} FROM {rows.source}")
        self.made.append((place, name))

    def ends(self, sheet: Sheet, found: list[tuple[SqlRows, dict[str, Value]]]) -> None:
        parts = [
            f'SELECT "#row", "#case", {number} AS number, due_at AS due, raw_end AS raw, '
            f"{shown['rolled']} AS rolled FROM {rows.source}"
            for number, (rows, shown) in enumerate(found)
        ]
        union = " UNION ALL ".join(parts or [NO_ENDS])
        first = (
            f"SELECT * FROM ({union}) "
            'QUALIFY row_number() OVER (PARTITION BY "#row" ORDER BY number) = 1'
        )
        self.base.execute(
            f"CREATE TEMP TABLE ends{sheet.number} AS WITH e AS ({first}), "
            'c AS (SELECT "#case", min(due) AS case_due FROM e GROUP BY ALL) '
            f'SELECT t."#row", e.due, e.raw, e.rolled, c.case_due FROM t{sheet.number} t '
            'LEFT JOIN e ON e."#row" = t."#row" LEFT JOIN c ON c."#case" = t."#case"'
        )

    def table(self) -> pl.DataFrame:
        """Return the hits: rule, row, state, due, done, certain."""
        found = []
        for place, name in self.made:
            columns = self.base.execute(
                f'SELECT "#row", "@state", "@due", "@done", "@certain" FROM {name}'
            ).fetchnumpy()
            found.append(
                pl.DataFrame(
                    {
                        "rule": pl.repeat(place, len(columns["#row"]), dtype=pl.UInt16, eager=True),
                        "row": pl.Series(columns["#row"], dtype=pl.UInt32),
                        "state": pl.Series(list(columns["@state"]), dtype=pl.String),
                        "due": _days(columns["@due"]),
                        "done": _days(columns["@done"]),
                        "certain": pl.Series(columns["@certain"], dtype=pl.Boolean),
                    }
                )
            )
        return pl.concat(found)


def _days(values: Any) -> pl.Series:
    import numpy as np  # noqa: PLC0415

    mask = np.ma.getmaskarray(values)
    days = np.asarray(np.ma.filled(values.astype("datetime64[D]"), np.datetime64("NaT")))
    series = pl.Series(days.astype("datetime64[D]"))
    return series.cast(pl.Date).set(pl.Series(mask), None)
