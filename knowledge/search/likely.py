"""Which characters follow each other in the base: the cheapest way through many spellings."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.search.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.search.postings import Postings

_BEAM = 20
_UNSEEN = 0.02
_SPOKEN = 20
_REMEMBERED = 100_000


@dataclass(frozen=True)
class Edge:
    """One character that may stand between two places, and what it costs to read it there."""

    start: int
    char: str
    cost: float


class Likely:
    """A pair model over the grams of the base."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._size = max(postings.size, 1)
        self._spoken = vocabulary().spoken
        self.cost = lru_cache(maxsize=_REMEMBERED)(self._cost)

    def spread(self, gram: str) -> int:
        """Return in how many units a gram stands; what is said in questions stands in some."""
        found = self._postings.spread(gram)
        return max(_SPOKEN, found) if gram in self._spoken else found

    def _cost(self, before: str, char: str) -> float:
        """Return how unlikely a character is after another, or at the beginning."""
        whole = self.spread(before) + 0.002 * self._size + 1 if before else self._size
        seldom = _UNSEEN * (1 + self.spread(char) / self._size)
        return -math.log((self.spread(before + char) + seldom) / whole)

    def read(self, edges: Sequence[Sequence[Edge]], *, most: int = 1) -> list[tuple[str, float]]:
        """Return the cheapest readings; `edges[n]` are those that end at place n."""
        states: list[list[tuple[float, str]]] = [[(0.0, "")]]
        for ending in edges[1:]:
            reached = [
                (so_far + edge.cost + self.cost(text[-1:], edge.char), text + edge.char)
                for edge in ending
                for so_far, text in states[edge.start]
            ]
            states.append(heapq.nsmallest(_BEAM, reached))
        return [(text, cost) for cost, text in states[-1][:most]]
