"""What others would find on the same articles: each takes the texts and gives a way to ask."""

from __future__ import annotations

import importlib
import re
import sqlite3
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knowledge.laws.model import OfficialText

Place = tuple[str, str]
PREFIX = "中华人民共和国"
SHOWN = 3
_HAN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")


class MissingBaselineError(Exception):
    """A baseline's library is not installed; the run says so and goes on."""


def places(texts: Sequence[OfficialText]) -> list[Place]:
    """Return document and number of every article, in the order of `bodies`."""
    return [
        (text.title.removeprefix(PREFIX), str(article.number))
        for text in texts
        for article in text.articles
    ]


def bodies(texts: Sequence[OfficialText]) -> list[str]:
    """Return what every baseline searches: title, label, last two headings, text."""
    return [
        f"{text.title} {article.label} {' '.join(article.headings[-2:])} {article.text}"
        for text in texts
        for article in text.articles
    ]


def rapidfuzz_alone(texts: Sequence[OfficialText]) -> Callable[[str], list[Place]]:
    """Take the best plain use on raw text: the best matching part."""
    where, written = places(texts), bodies(texts)

    def ask(text: str) -> list[Place]:
        found = process.extract(text, written, scorer=fuzz.partial_ratio, limit=SHOWN)
        return [where[at] for _, _, at in found]

    return ask


def bm25s_on_grams(texts: Sequence[OfficialText]) -> Callable[[str], list[Place]]:
    """BM25 over single characters and pairs, the cheapest good baseline.

    Raises:
        MissingBaselineError: bm25s is not installed; it is no dependency of the product.
    """
    try:
        bm25s: Any = importlib.import_module("bm25s")
    except ImportError as error:
        raise MissingBaselineError("bm25s is not installed (make bench installs it)") from error
    where = places(texts)
    index = bm25s.BM25()
    index.index([_grams(body) for body in bodies(texts)], show_progress=False)

    def ask(text: str) -> list[Place]:
        wanted = [gram for gram in _grams(text) if gram in index.vocab_dict]
        if not wanted:
            return []
        found, scores = index.retrieve([wanted], k=SHOWN, show_progress=False)
        return [where[at] for at, score in zip(found[0], scores[0], strict=True) if score > 0]

    return ask


def fts5_trigram(texts: Sequence[OfficialText]) -> Callable[[str], list[Place]]:
    """Use SQLite's full-text search with its trigram tokeniser, the words joined by OR."""
    where = places(texts)
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE articles USING fts5(body, tokenize='trigram')")
    database.executemany("INSERT INTO articles(body) VALUES (?)", ((one,) for one in bodies(texts)))

    def ask(text: str) -> list[Place]:
        runs = _HAN.findall(text.lower())
        parts = [run[at : at + 3] for run in runs for at in range(max(0, len(run) - 2))]
        if not parts:
            return []
        query = " OR ".join(f'"{part}"' for part in dict.fromkeys(parts))
        rows = database.execute(
            "SELECT rowid FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?",
            (query, SHOWN),
        )
        return [where[row - 1] for (row,) in rows]

    return ask


def _grams(text: str) -> list[str]:
    found: list[str] = []
    for run in _HAN.findall(text.lower()):
        found += (
            [run] if run.isascii() else [*run, *(run[at : at + 2] for at in range(len(run) - 1))]
        )
    return found
