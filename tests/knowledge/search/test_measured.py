"""The questions of tests/examples, written from how the office speaks before the search was."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowledge.search.units import place_of
from tests.support.shared import shared_folder

if TYPE_CHECKING:
    from knowledge.search.engine import Engine

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = {
    "own": "questions.jsonl",
    "rounds": "questions_by_round.jsonl",
    "prosecutors": "questions_prosecutors.jsonl",
    "independent": "questions_independent.jsonl",
}
"""Sets written from articles drawn at random before the search had seen them."""
HASTY = {
    "spoken": ("questions_spoken.jsonl", 0.80, 0.92),
    "desk": ("questions_desk.jsonl", 0.78, 0.92),
}
"""Sets in the words of haste, some in words chosen because no list had them."""
PREFIX = "中华人民共和国"


@dataclass(frozen=True)
class Score:
    """Shares of questions; `refused` those in scope, `rejected` those out of scope."""

    top_1: float
    top_3: float
    refused: float
    rejected: float
    top_3_of: dict[str, float]


def score(search: Engine, path: Path) -> Score:
    ranks: list[tuple[str, int]] = []
    outside: list[bool] = []
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        wanted = {(one["document"], one["article"]) for one in entry["gold"]}
        found = [
            (one.point.document.removeprefix(PREFIX), place_of(one.point.article)[0])
            for one in search.ask(entry["q"], limit=10).results
        ]
        if entry["kind"] == "oos":
            outside.append(not found)
            continue
        rank = next((at for at, one in enumerate(found, 1) if one in wanted), 99)
        ranks.append((entry["kind"], rank if found else 100))
    return _shares(ranks, outside)


def _shares(ranks: list[tuple[str, int]], outside: list[bool]) -> Score:
    whole = len(ranks)
    of_kind = Counter(kind for kind, _ in ranks)
    hits = Counter(kind for kind, rank in ranks if rank <= 3)
    return Score(
        top_1=sum(rank == 1 for _, rank in ranks) / whole,
        top_3=sum(rank <= 3 for _, rank in ranks) / whole,
        refused=sum(rank == 100 for _, rank in ranks) / whole,
        rejected=sum(outside) / len(outside),
        top_3_of={kind: hits[kind] / count for kind, count in of_kind.items()},
    )


@pytest.mark.parametrize("name", [*FILES, "practice"])
def test_the_right_article_comes_first_or_is_offered(office: Engine, name: str) -> None:
    practice = shared_folder("tools", "kb_dev.jsonl")
    reached = score(office, EXAMPLES / FILES[name] if name in FILES else practice)
    assert reached.top_1 >= 0.85
    assert reached.top_3 >= 0.95
    assert reached.top_3_of["artno"] == 1.0
    assert reached.top_3_of["pinyin"] >= 0.9
    assert reached.refused <= 0.02
    assert reached.rejected >= 0.92


@pytest.mark.parametrize("name", HASTY)
def test_what_is_said_in_haste_is_understood_nearly_as_well(office: Engine, name: str) -> None:
    file, first, offered = HASTY[name]
    reached = score(office, EXAMPLES / file)
    assert reached.top_1 >= first
    assert reached.top_3 >= offered
    assert reached.refused <= 0.02
    assert reached.rejected >= 0.92
