"""The patrol beside DuckDB, pandas and plain Python: the same rules, the same cards, the same hits.

`python -m bench.patrol [--sizes 1000 100000 1000000] [--rules on|all] [--plots FOLDER]`. For each
number of cards the engines run one after the other, each in a process of its own, with two
threads. Every engine must find the same hits, else it ends with a fault. `--rules on` are the
rules that are on without an office's doing, `all` the whole catalogue. `make bench` installs what
is needed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.patrol import exchange, generated, plots
from bench.patrol.one import ALL, ENGINES, ON, THREADS, rules_of

SIZES = (1_000, 100_000, 1_000_000)
FEWEST = 100
"""Start-up is what so few cards take, some of each type."""
MOST = {"python": 100_000}
TIMES = {"product": 5, "duckdb": 2, "pandas": 1, "python": 1}
FEW, OFTEN = 1_000, 25
"""Few cards take little more than start-up does: told apart only by the best of many runs."""

Figures = dict[str, Any]


class UnlikeHitsError(Exception):
    """Two engines do not say the same of the same cards."""


def measured(engine: str, folder: Path, which: str, times: int) -> Figures:
    command = [sys.executable, "-W", "ignore", "-m", "bench.patrol.one", engine, str(folder)]
    limits = {"POLARS_MAX_THREADS": str(THREADS), "OMP_NUM_THREADS": str(THREADS)}
    told = subprocess.run(  # noqa: S603 - our own program
        [*command, str(times), which],
        check=True, capture_output=True, text=True, env=os.environ | limits,
    )  # fmt: skip
    found: Figures = json.loads(told.stdout)
    return found | {"load": os.getloadavg()[0]}


def times_of(engine: str, size: int) -> int:
    return OFTEN if engine == "product" and size <= FEW else TIMES[engine]


def compared(size: int, pools: generated.Pools, engines: list[str], which: str) -> list[Figures]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        exchange.write(generated.table(pools, size), folder)
        found = [
            measured(engine, folder, which, times_of(engine, size))
            for engine in engines
            if size <= MOST.get(engine, size)
        ]
    if len({each["digest"] for each in found}) > 1:
        raise UnlikeHitsError([(each["engine"], each["hits"]) for each in found])
    return found


def with_ratios(found: list[Figures], start: Figures) -> list[Figures]:
    """Add cards × rules in a second, the ratio to the product, and seconds of a card."""
    own = next(each for each in found if each["engine"] == "product")
    for each in found:
        work = each["cards"] * each["rules"]
        each["rate"] = work / each["wall_s"]
        each["rate_cpu"] = work / each["cpu_s"]
        each["times_slower"] = each["wall_s"] / own["wall_s"]
        each["times_slower_cpu"] = each["cpu_s"] / own["cpu_s"]
    own["us_per_card"] = (own["cpu_s"] - start["cpu_s"]) / (own["cards"] - start["cards"]) * 1e6
    return found


def line(each: Figures) -> str:
    per_card = f"{each['us_per_card']:6.1f}" if "us_per_card" in each else "      "
    return (
        f"{each['cards']:>9,}  {each['engine']:8} {each['hits']:>8,} "
        f"{each['wall_s']:9.2f} {each['cpu_s']:9.2f} {each['rate'] / 1e6:9.2f} "
        f"{each['rate_cpu'] / 1e6:9.2f} {each['times_slower']:8.1f} "
        f"{each['times_slower_cpu']:8.1f} "
        f"{per_card} {each['peak_mib']:>7,} {each['load']:5.1f}"
    )


HEAD = (
    "    cards  engine       hits    wall s     CPU s   M/s wall   M/s CPU  x wall    x CPU"
    "  us/card    MiB  load"
)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.patrol")
    options.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    options.add_argument("--engines", nargs="*", default=list(ENGINES), choices=list(ENGINES))
    options.add_argument("--rules", default=ON, choices=(ON, ALL), help="those on, or all")
    options.add_argument("--plots", type=Path, help="a folder for the pictures")
    given = options.parse_args()
    pools = generated.pools(rules_of(given.rules))
    print(HEAD, flush=True)
    [start] = compared(FEWEST, pools, ["product"], given.rules)
    found: list[Figures] = []
    for size in given.sizes:
        for each in with_ratios(compared(size, pools, given.engines, given.rules), start):
            print(line(each), flush=True)
            found.append(each)
    print(json.dumps({"start_up": start, "figures": found}))
    if given.plots:
        for path in plots.draw(found, given.plots):
            print(path)


if __name__ == "__main__":
    main()
