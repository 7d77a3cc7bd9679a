"""Cards for the benchmark in any number: grown ones, drawn again and again, each under its numbers.

They come as offices get them: a person report of arrests, one of prosecutions, and a list of all
other cases, each with the columns that the rules for its case types read. About two of three cases
have one person, every tenth person of the prosecution was under arrest before; about one card in
ten has a hit.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from bench.patrol import growing
from knowledge import fingerprints
from knowledge.fields import CASE_NO, CASE_TYPE, PERSON_NO, UNIFIED_NO, registry
from knowledge.rules import derivations, syntax
from knowledge.rules.card_table import CardTable, Table
from knowledge.rules.found import rests_on
from knowledge.rules.nodes import nodes_of
from knowledge.rules.run import ALL_TYPES, types_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.rules.rule import Rule

WEIGHTS = {
    "审查逮捕案件": 24, "审查逮捕案件（未检）": 2, "一审公诉案件": 34, "一审公诉案件（未检）": 2,
}  # fmt: skip
"""Of a hundred cards; the other types share the rest evenly."""
FAULTY = 0.065
PER_CASE = (0.62, 0.24, 0.14)
FROM_ARREST = 0.1
PROSECUTION = "一审公诉案件"
ARRESTS, PROSECUTIONS, LIST = "审查逮捕", "审查起诉", "案件列表"


@dataclass(frozen=True)
class Pools:
    """Grown cards as tables, by case type, and the columns its exports have."""

    clean: dict[str, pl.DataFrame]
    faulty: dict[str, pl.DataFrame]
    columns: dict[str, list[str]]


def columns_of(rules: Sequence[Rule]) -> dict[str, list[str]]:
    """Return the columns that the rules for each case type read."""
    found: dict[str, list[str]] = {}
    for name in registry().case_types:
        read: set[str] = set()
        for rule in rules:
            if ALL_TYPES in rule.case_types or name in types_of(rule.case_types):
                read |= set(rests_on(rule)) | {c.name for c in syntax.columns(*nodes_of(rule))}
        loaded = derivations.columns_needed(read)
        fields = registry().fields
        found[name] = sorted(
            each for each in loaded if each in fields and each not in growing.NUMBERS
        )
    return found


def pools(rules: Sequence[Rule]) -> Pools:
    """Grow the cards, or take those that were grown for the same rules before."""
    columns = columns_of(rules)
    digest = fingerprints.of([rule.digest for rule in rules])
    file = Path(tempfile.gettempdir()) / f"fangyuan-bench-cards-{digest[:12]}.parquet"
    if not file.exists():
        grown = growing.grow(rules, columns)
        rows = [
            {**card, "#faulty": faulty}
            for faulty, cards in ((False, grown.clean), (True, grown.faulty))
            for own in cards.values()
            for card in own
        ]
        growing.typed(rows).write_parquet(file)
    table = pl.read_parquet(file)
    clean, faulty = {}, {}
    for name in columns:
        own = table.filter(pl.col(CASE_TYPE) == name)
        clean[name] = own.filter(~pl.col("#faulty")).drop("#faulty")
        faulty[name] = own.filter(pl.col("#faulty")).drop("#faulty")
    return Pools(clean, faulty, columns)


def table(drawn: Pools, height: int, seed: int = 11) -> CardTable:
    """Draw so many cards of all types, and lay them out in three exports."""
    chance = np.random.default_rng(seed)
    names = list(drawn.columns)
    others = len(names) - len(WEIGHTS)
    shares = [WEIGHTS.get(name, (100 - sum(WEIGHTS.values())) / others) / 100 for name in names]
    heights = [int(share * height) for share in shares]
    heights[names.index(PROSECUTION)] += height - sum(heights)
    exports: dict[str, list[pl.DataFrame]] = {}
    columns: dict[str, set[str]] = {}
    first = 0
    for name, rows in zip(names, heights, strict=True):
        stage = registry().case_types[name].stages[0]
        export = stage if stage in {ARRESTS, PROSECUTIONS} else LIST
        exports.setdefault(export, []).append(_cards(drawn, name, rows, first, chance))
        columns.setdefault(export, {CASE_NO, PERSON_NO, UNIFIED_NO, CASE_TYPE}).update(
            drawn.columns[name]
        )
        first += rows
    tables = {
        export: pl.concat(data, how="diagonal", rechunk=True) for export, data in exports.items()
    }
    tables[PROSECUTIONS] = _with_arrests(tables[ARRESTS], tables[PROSECUTIONS], chance)
    return CardTable(
        tuple(Table(data, frozenset(columns[export])) for export, data in tables.items())
    )


def _cards(
    drawn: Pools, name: str, height: int, first: int, chance: np.random.Generator
) -> pl.DataFrame:
    faulty = chance.random(height) < FAULTY
    clean_rows = chance.integers(0, drawn.clean[name].height, height)
    faulty_rows = chance.integers(0, drawn.faulty[name].height, height) + drawn.clean[name].height
    pool = pl.concat([drawn.clean[name], drawn.faulty[name]])
    names = [
        each
        for each in drawn.columns[name]
        if each in pool.columns and pool[each].null_count() < pool.height
    ]
    typed = (
        CardTable.of([pool.select(pl.lit("").alias(CASE_NO), CASE_TYPE, *names)])
        .tables[0]
        .data.drop(CASE_NO)
    )
    data = typed[pl.Series(np.where(faulty, faulty_rows, clean_rows))]
    persons = chance.choice([1, 2, 3], p=PER_CASE, size=height)
    case = np.repeat(np.arange(height), persons)[:height] + first
    word = growing.WORDS.get(registry().case_types[name].stages[0], "他受")
    numbers = pl.DataFrame({"case": case, "person": np.arange(first, first + height)}).select(
        pl.format("例检" + word + "[2026]990103{}号", _digits("case", 6)).alias(CASE_NO),
        pl.format("9901032026{}", _digits("person", 7)).alias(PERSON_NO),
        pl.format("990103{}", _digits("case", 11)).alias(UNIFIED_NO),
    )
    return numbers.hstack(data)


def _digits(name: str, length: int) -> pl.Expr:
    return pl.col(name).cast(pl.String).str.zfill(length)


def _with_arrests(
    before: pl.DataFrame, after: pl.DataFrame, chance: np.random.Generator
) -> pl.DataFrame:
    """Give some persons of the prosecution the number they had under arrest."""
    count = min(int(after.height * FROM_ARREST), before.height)
    places = chance.choice(after.height, count, replace=False)
    numbers = after[PERSON_NO].to_numpy().copy()
    numbers[places] = before[PERSON_NO][:count].to_numpy()
    return after.with_columns(pl.Series(PERSON_NO, numbers, dtype=pl.String))
