"""Typos: what was probably meant where two characters never stand together in the base.

A repaired question is a further candidate and never takes the place of the typed one: measured,
correcting words that are right but rare costs more than it gives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.search.likely import Edge
from knowledge.search.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.search.likely import Likely
    from knowledge.search.sounds import Sounds

_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_SAME_SOUND, _SAME_SHAPE, _NEAR_SOUND = 2.5, 2.5, 3.5
_LONGEST = 40
_KNOWN = 1
"""Units in which a pair must stand that a repair makes."""


class Speller:
    """Repairs by sound and by shape, against the pairs of the base."""

    def __init__(self, sounds: Sounds, likely: Likely) -> None:
        self.sounds = sounds
        self.likely = likely

    def repaired(self, text: str) -> str | None:
        """Return a question with its likely typos mended; None where nothing is to be mended."""
        if len(text) > _LONGEST:
            return None
        mended = _RUN.sub(lambda match: self._run(match[0]), text)
        return mended if mended != text else None

    def _run(self, run: str) -> str:
        doubtful = self._doubtful(run)
        if not doubtful:
            return run
        edges: list[list[Edge]] = [[]]
        for place, char in enumerate(run):
            ways = [Edge(place, char, 0.0)]
            if place in doubtful:
                ways += [Edge(place, other, cost) for other, cost in self._others(char)]
            edges.append(ways)
        read = self.likely.read(edges)
        return self._careful(run, read[0][0]) if read else run

    def _doubtful(self, run: str) -> set[int]:
        kept = _said_so(run)
        doubtful: set[int] = set()
        for place in range(len(run) - 1):
            if self.likely.spread(run[place : place + 2]) == 0:
                doubtful |= {place, place + 1}
        return doubtful - kept

    def _others(self, char: str) -> Iterator[tuple[str, float]]:
        seen = {char}
        for other in vocabulary().lookalikes.get(char, ""):
            seen.add(other)
            yield other, _SAME_SHAPE
        for reading in self.sounds.readings(char)[:2]:
            for other in self.sounds.sounding(reading):
                if other not in seen:
                    seen.add(other)
                    yield other, _SAME_SOUND
        for reading in self.sounds.readings(char)[:1]:
            for other in self.sounds.sounding_near(reading):
                if other not in seen:
                    seen.add(other)
                    yield other, _NEAR_SOUND

    def _careful(self, run: str, mended: str) -> str:
        """Keep only changes that make pairs which the base knows."""
        kept = ""
        for place, (old, new) in enumerate(zip(run, mended, strict=True)):
            around = (mended[max(0, place - 1) : place + 1], mended[place : place + 2])
            known = max((self.likely.spread(pair) for pair in around if len(pair) == 2), default=0)
            kept += new if old == new or known >= _KNOWN else old
        return kept


def _said_so(run: str) -> set[int]:
    """Return the places inside words that are known to be said: they are no typos."""
    words = vocabulary()
    kept: set[int] = set()
    for pattern in (words.fillers, words.idle, *words.wants.values()):
        for match in pattern.finditer(run):
            if len(match[0]) > 1:
                kept |= set(range(match.start(), match.end()))
    for start in range(len(run)):
        for length in (2, 3, 4, 5):
            if run[start : start + length] in words.synonyms:
                kept |= set(range(start, start + length))
    return kept
