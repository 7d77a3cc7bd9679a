"""Learn how sure a find is: a logistic model over the signs of the questions of tests/examples.

python -m bench.fit_certainty [--laws FOLDER] [--write]

Each set is judged by a model that has not seen it. `--write` keeps the weights learnt on all sets
in knowledge/search/certainty.yaml; the thresholds stay where certainty.py has them.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bench.bench_search import LAWS, ROOT
from knowledge.laws.files import read
from knowledge.search.certainty import MAYBE, Signs
from knowledge.search.engine import build
from knowledge.search.points import load_points
from knowledge.search.titles import load_titles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from knowledge.search.engine import Engine

EXAMPLES = ROOT / "tests" / "examples"
KEPT = ROOT / "knowledge" / "search" / "certainty.yaml"
NAMES = [field.name for field in fields(Signs)]
PULL = 1.0
"""How strongly every weight is drawn towards nothing (ridge)."""
ROUNDS = 50


class Told(NamedTuple):
    """The signs of every question of one set, and which of them are in scope."""

    signs: NDArray[np.float64]
    inside: NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--laws", type=Path, default=LAWS)
    parser.add_argument("--write", action="store_true", help="keep the weights")
    chosen = parser.parse_args()
    texts = [read(path) for path in sorted(chosen.laws.glob("*.md"))]
    sets = told(build(load_points(), texts, load_titles()))
    left_out(sets)
    weights = learn(list(sets.values()))
    report = ", ".join(
        f"{name}: {weight:.2f}" for name, weight in zip(NAMES, weights, strict=False)
    )
    print(f"weights: {{{report}}}\nnothing: {weights[-1]:.2f}")
    if chosen.write:
        head = "".join(line for line in KEPT.open(encoding="utf-8") if line.startswith("#"))
        KEPT.write_text(
            f"{head}weights: {{{report}}}\nnothing: {weights[-1]:.2f}\n", encoding="utf-8"
        )


def told(search: Engine) -> dict[str, Told]:
    """Return the signs of every question that is not settled by numbers or by finding nothing."""
    gathered: defaultdict[str, list[tuple[list[float], float]]] = defaultdict(list)
    for path in sorted(EXAMPLES.glob("questions*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            entry = json.loads(line)
            seen = search.signs(entry["q"])
            if seen is not None:
                name = f"{path.stem} {entry.get('set', '')}".strip()
                row = [float(value) for value in asdict(seen).values()]
                gathered[name].append((row, float(bool(entry["gold"]))))
    return {
        name: Told(np.array([row for row, _ in rows]), np.array([inside for _, inside in rows]))
        for name, rows in gathered.items()
    }


def left_out(sets: dict[str, Told]) -> None:
    """Print for each set what a model learnt on the others would refuse of it."""
    kept: list[NDArray[np.float64]] = []
    wrong: list[NDArray[np.float64]] = []
    for name, one in sets.items():
        weights = learn([other for key, other in sets.items() if key != name])
        sure = judged(weights, one.signs)
        inside, outside = sure[one.inside == 1], sure[one.inside == 0]
        kept.append(inside)
        wrong.append(outside)
        print(f"{name:26} good refused {share(inside):6}  out of scope refused {share(outside):6}")
    print(f"{'all, each left out once':26} good refused {share(np.concatenate(kept)):6}  ", end="")
    print(f"out of scope refused {share(np.concatenate(wrong)):6}  (threshold {MAYBE})")


def share(sure: NDArray[np.float64]) -> str:
    """Return how many are refused, in words for a set without any."""
    return f"{np.mean(sure < MAYBE):.1%}" if len(sure) else "none"


def learn(sets: list[Told]) -> NDArray[np.float64]:
    """Return the weights by Newton's method; the last one stands for nothing at all."""
    signs = np.vstack([one.signs for one in sets])
    inside = np.concatenate([one.inside for one in sets])
    known = np.hstack([signs, np.ones((len(signs), 1))])
    pull = np.diag([PULL] * len(NAMES) + [1e-6])
    weights = np.zeros(known.shape[1])
    for _ in range(ROUNDS):
        sure = judged(weights, signs)
        slope = known.T @ (inside - sure) - pull @ weights
        bend = (known * (sure * (1 - sure))[:, None]).T @ known + pull
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def judged(weights: NDArray[np.float64], signs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the confidence of every row of signs."""
    sure: NDArray[np.float64] = 1 / (1 + np.exp(-(signs @ weights[:-1] + weights[-1])))
    return sure


if __name__ == "__main__":
    main()
