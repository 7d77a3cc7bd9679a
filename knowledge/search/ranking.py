"""Order the units for one question: grams choose the candidates, closer looks order them."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.search.grams import grams
from knowledge.search.matching import Matcher
from knowledge.search.weigher import REMEMBERED, Weigher

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.search.matching import Fit
    from knowledge.search.postings import Postings
    from knowledge.search.question import Question
    from knowledge.search.units import Unit

CANDIDATES, CLOSELY = 16, 10
_SINGLE = 0.4
_OTHER_WAY, _TYPED_WAY = 0.7, 0.6


@dataclass(frozen=True)
class Weights:
    """What each look counts for, found by cross-validation over all practice questions."""

    grams: float = 1.2
    coverage: float = 0.95
    clause: float = 0.7
    line: float = 1.4
    said: float = 0.25
    kind: float = 0.8
    beside: float = -0.3
    actor: float = 0.12
    fuzzy: float = 0.05
    named: float = 0.4


@dataclass(frozen=True)
class Found:
    """One unit found: its place in the base, its rank and how it fits."""

    unit: int
    rank: float
    share: float
    fit: Fit


class Ranker:
    """Ranks the units of one base."""

    def __init__(
        self, units: Sequence[Unit], postings: Postings, weights: Weights | None = None
    ) -> None:
        self._units = units
        self._postings = postings
        self._weigher = Weigher(postings)
        self.weights = weights or Weights()

    def rank(self, question: Question, document: str | None = None) -> list[Found]:
        """Return the best units, best first; with a document only its own."""
        scores = self._postings.scores(_wanted(question))
        if document is not None:
            scores = {at: s for at, s in scores.items() if self._units[at].document == document}
        least = min(heapq.nlargest(CANDIDATES, scores.values()), default=0.0)
        best = [(at, score) for at, score in scores.items() if score >= least]
        top = sorted(best, key=lambda one: -one[1])[:CANDIDATES]
        matcher = self.matcher(question)
        glanced = [
            self._found(at, score / top[0][1], matcher.glance(self._units[at])) for at, score in top
        ]
        glanced.sort(key=lambda one: -one.rank)
        looked = [
            self._found(one.unit, one.share, matcher.look(self._units[one.unit], one.fit))
            for one in glanced[:CLOSELY]
        ]
        return sorted(looked, key=lambda one: -one.rank)

    def remember(self) -> None:
        """Weigh the curated lines now rather than when they are first met."""
        for unit in self._units[:REMEMBERED]:
            self._weigher.lines(unit.lines)

    def matcher(self, question: Question) -> Matcher:
        """Make a question ready to be held against units."""
        return Matcher(question, self._weigher)

    def _found(self, at: int, share: float, fit: Fit) -> Found:
        by = self.weights
        rank = (
            by.grams * share
            + by.coverage * fit.coverage
            + by.clause * fit.clause
            + by.line * fit.line
            + by.said * fit.said
            + by.kind * fit.kind
            + by.beside * fit.beside
            + by.actor * fit.actor
            + by.fuzzy * fit.fuzzy
            + by.named * fit.named
        )
        return Found(at, rank, share, fit)


def _wanted(question: Question) -> Mapping[str, float]:
    wanted: dict[str, float] = {}
    for part in question.each_part:
        for place, way in enumerate(part.ways):
            quality = 1.0 if part.meant and place == 1 else _OTHER_WAY
            if place == 0:
                quality = _TYPED_WAY if part.meant else 1.0
            quality *= part.says(place)
            for gram in grams(way):
                weight = quality * part.weight * (_SINGLE if len(gram) == 1 else 1.0)
                wanted[gram] = max(wanted.get(gram, 0.0), weight)
    return wanted
