"""Ours beside rapidfuzz, bm25s on character grams and SQLite FTS5, in one run.

python -m bench.bench_search [--laws FOLDER] [--questions FILE…] [--articles N]

Times are of the processor; those of `fangyuan ask`, from outside, are on the wall. `--articles`
adds generated articles up to N, to see what a base of all laws would cost.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench import search_baselines as baselines
from bench import search_command
from knowledge.laws.files import read
from knowledge.laws.model import Article, OfficialText, Paragraph
from knowledge.search.engine import build
from knowledge.search.points import load_points
from knowledge.search.titles import load_titles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = sorted((ROOT / "tests" / "examples").glob("questions*.jsonl"))
LAWS = ROOT.parent / "shared" / "laws"
PREFIX = "中华人民共和国"

Place = tuple[str, str]


class Question(NamedTuple):
    text: str
    gold: frozenset[Place]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--laws", type=Path, default=LAWS)
    parser.add_argument("--questions", type=Path, nargs="+", default=QUESTIONS)
    parser.add_argument("--articles", type=int, default=0)
    parser.add_argument("--without", nargs="*", default=(), help="systems to leave out")
    chosen = parser.parse_args()
    texts = [read(path) for path in sorted(chosen.laws.glob("*.md"))]
    texts += generated(chosen.articles - sum(len(text.articles) for text in texts), texts)
    lines = [line for path in chosen.questions for line in path.read_text("utf-8").splitlines()]
    questions = [question(line) for line in lines]
    print(f"{sum(len(text.articles) for text in texts)} articles, {len(questions)} questions")
    for name, prepare in SYSTEMS.items():
        if name in chosen.without:
            continue
        began = time.perf_counter()
        try:
            ask = prepare(texts)
        except baselines.MissingBaselineError as missing:
            print(f"{name:10} left out: {missing}")
            continue
        built = time.perf_counter() - began
        report(name, built, ask, questions)
    if not chosen.articles:
        search_command.report(texts, [one.text for one in questions])


def question(line: str) -> Question:
    entry = json.loads(line)
    gold = frozenset((one["document"], str(one["article"])) for one in entry["gold"])
    return Question(entry["q"], gold)


def ours(texts: Sequence[OfficialText]) -> Callable[[str], list[Place]]:
    search = build(load_points(), texts, load_titles())
    search.warm()
    numbers = {article.label: str(article.number) for text in texts for article in text.articles}

    def ask(text: str) -> list[Place]:
        return [
            (one.point.document.removeprefix(PREFIX), numbers.get(one.point.article, ""))
            for one in search.ask(text, limit=3).results
        ]

    return ask


def report(
    name: str,
    built: float,
    ask: Callable[[str], list[Place]],
    questions: Sequence[Question],
) -> None:
    first, third, refused, rejected = 0, 0, 0, 0
    taken: list[float] = []
    for one in questions:
        began = time.process_time()
        found = ask(one.text)
        taken.append(1000 * (time.process_time() - began))
        first += bool(found) and found[0] in one.gold
        third += not one.gold.isdisjoint(found)
        refused += bool(one.gold) and not found
        rejected += not one.gold and not found
    taken.sort()
    inside = sum(bool(one.gold) for one in questions)
    print(
        f"{name:10} top-1 {first / inside:6.1%}  top-3 {third / inside:6.1%}  "
        f"refused {refused / inside:5.1%}  out of scope rejected "
        f"{rejected / max(1, len(questions) - inside):6.1%}  "
        f"p50 {taken[len(taken) // 2]:6.1f} ms  p95 {taken[int(0.95 * len(taken))]:6.1f} ms  "
        f"build {built:5.1f} s  peak {memory():5.0f} MiB"
    )


SYSTEMS: dict[str, Callable[[Sequence[OfficialText]], Callable[[str], list[Place]]]] = {
    "ours": ours,
    "rapidfuzz": baselines.rapidfuzz_alone,
    "bm25s": baselines.bm25s_on_grams,
    "fts5": baselines.fts5_trigram,
}


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def generated(missing: int, texts: Sequence[OfficialText]) -> list[OfficialText]:
    """Make articles by shuffling the clauses of the real ones, 300 to a text."""
    clauses = [
        clause
        for text in texts
        for article in text.articles
        for clause in article.text.split("。")
        if clause
    ]
    chance = random.Random(7)  # noqa: S311 - the same articles in every run
    made = []
    for start in range(0, max(0, missing), 300):
        articles = tuple(
            Article(at + 1, 0, (), (Paragraph("。".join(chance.choices(clauses, k=3))),))
            for at in range(min(300, missing - start))
        )
        made.append(OfficialText(f"第{start}号生成规定", "2026-01-01", articles))
    return made


if __name__ == "__main__":
    main()
