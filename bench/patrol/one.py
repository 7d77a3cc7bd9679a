"""One engine over one set of cards, in a process of its own: prints its figures as JSON.

Measured are wall and CPU seconds from the cards in memory to the hits, each with state, due day,
day done, certainty and the values it rests on; reading and loading are not. The digest is over all
hits.
"""

from __future__ import annotations

import gc
import hashlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.patrol import exchange, growing, plain, told_rules
from knowledge.cards import CardSet
from knowledge.rules import found, patrol, versions
from knowledge.rules.loader import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from knowledge.rules.card_table import CardTable
    from knowledge.rules.rule import Rule

COLUMNS = ["rule", "row", "state", "due", "done", "certain"]
THREADS = 2
ON, ALL = "on", "all"
Measured = tuple["Callable[[], object]", "Callable[[], pl.DataFrame]"]


def rules_of(which: str) -> list[Rule]:
    """Return rules of the catalogue: those `on` without an office's doing, or `all` of them.

    Each version of a rule stands for itself.
    """
    rules = versions.apart(load_catalogue().rules)
    return [rule for rule in rules if which == ALL or not rule.optional]


def product(cards: CardTable, rules: list[Rule], _: Path) -> Measured:
    kept: list[found.Found] = []

    def run() -> None:
        kept.clear()
        hits = patrol.find(cards, rules, growing.asked())
        kept.append(hits)
        for place in hits.spoken:
            hits.values(place)

    return run, lambda: kept[0].hits.select(COLUMNS)


def duckdb(cards: CardTable, rules: list[Rule], folder: Path) -> Measured:
    from bench.patrol.in_duckdb import Duck  # noqa: PLC0415 - only where it is measured

    sheets = told_rules.sheets_of(cards, growing.asked())
    engine = Duck(cards, folder, THREADS)

    def run() -> None:
        engine.clear()
        engine.prepare(sheets)
        told_rules.patrol(engine, sheets, rules)

    return run, lambda: _folded(engine.table(), cards, rules)


def pandas(cards: CardTable, rules: list[Rule], _: Path) -> Measured:
    from bench.patrol.in_pandas import Pandas  # noqa: PLC0415 - only where it is measured

    sheets = told_rules.sheets_of(cards, growing.asked())
    engine = Pandas(cards)

    def run() -> None:
        engine.clear()
        engine.prepare(sheets)
        told_rules.patrol(engine, sheets, rules)

    return run, lambda: _folded(engine.table(), cards, rules)


def python(cards: CardTable, rules: list[Rule], _: Path) -> Measured:
    card_set = CardSet(tuple(cards.card(place) for place in range(cards.height)))
    said: list[plain.Said] = []

    def run() -> None:
        said[:] = plain.patrol(card_set, rules, growing.asked())

    return run, lambda: plain.as_table(said).select(COLUMNS)


ENGINES = {"product": product, "duckdb": duckdb, "pandas": pandas, "python": python}


def _folded(hits: pl.DataFrame, cards: CardTable, rules: list[Rule]) -> pl.DataFrame:
    """Leave out the custody ends that another item shows; the time for it is not counted."""
    return found.folded(hits.sort("row", "rule"), cards, rules).select(COLUMNS)


def digest(hits: pl.DataFrame) -> str:
    """Return a hash of all hits, in one order."""
    return hashlib.sha256(hits.sort(COLUMNS).write_csv().encode()).hexdigest()


def main() -> None:
    engine, folder, times, which = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    cards, rules = exchange.read(folder), rules_of(which)
    run, hits = ENGINES[engine](cards, rules, folder)
    gc.collect()
    _forget_peak()
    before = _memory("VmRSS")
    wall, cpu = [], []
    for _ in range(times):
        began, used = time.perf_counter(), time.process_time()
        run()
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - used)
    peak = _memory("VmHWM")
    told = hits()
    print(
        json.dumps(
            {
                "engine": engine, "cards": cards.height, "rules": len(rules), "hits": told.height,
                "digest": digest(told), "wall_s": min(wall), "cpu_s": min(cpu),
                "loaded_mib": before, "peak_mib": peak,
            }
        )
    )  # fmt: skip


def _forget_peak() -> None:
    """Let the peak begin anew, where the system can do so."""
    file = Path("/proc/self/clear_refs")
    if file.exists():
        file.write_text("5", encoding="ascii")


def _memory(name: str) -> int:
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = next(each for each in status.read_text("ascii").splitlines() if each.startswith(name))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main()
