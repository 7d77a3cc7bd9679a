"""What each pair of a text counts for: rare ones much, those that are no words little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.search import question as questions
from knowledge.search.grams import pairs
from knowledge.search.vocabulary import vocabulary

if TYPE_CHECKING:
    from knowledge.search.postings import Postings

_ALONE = 0.4
"""What a single character counts for beside a pair."""
_STRANGE = 0.4
"""What a pair counts for that the base lacks: mostly a colloquial word, else another matter."""
_BETWEEN = 0.2
_USUAL_WORD = 3.0
"""How much less rare than an unknown pair a pair with a particle is if it is a word (来信)."""
_REMEMBERED = 20_000

Weighed = dict[str, float]


class Weigher:
    """Weighs texts by one base; remembers the curated lines, which come again and again."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._unknown = postings.rarity("\x00")
        self._particles = vocabulary().particles
        self._lines: dict[str, tuple[tuple[Weighed, float], ...]] = {}

    def weigh(self, text: str) -> Weighed:
        """Return the pairs of a text with what each counts for."""
        found = pairs(text)
        rarities = [self._postings.rarity(gram) for gram in found]
        return {
            gram: rarities[place] * self._wordlike(gram, rarities, place)
            for place, gram in enumerate(found)
        }

    def line(self, line: str) -> tuple[tuple[Weighed, float], ...]:
        """Return the forms of a curated line, each weighed and with its whole weight."""
        known = self._lines.get(line)
        if known is None:
            forms = dict.fromkeys((line, questions.read(line).content))
            known = tuple(
                (weighed, sum(weighed.values())) for weighed in map(self.weigh, forms) if weighed
            )
            if len(self._lines) < _REMEMBERED:
                self._lines[line] = known
        return known

    def _wordlike(self, gram: str, rarities: list[float], place: int) -> float:
        if len(gram) == 1:
            return _ALONE
        if not self._particles.isdisjoint(gram):
            return min(1.0, max(0.0, self._unknown - rarities[place]) / _USUAL_WORD)
        if rarities[place] < self._unknown:
            return 1.0
        if not 0 < place < len(rarities) - 1:
            return _STRANGE
        # an unknown pair between two known ones is where one word ends and the next begins
        between = max(rarities[place - 1], rarities[place + 1]) < self._unknown
        return _BETWEEN if between else _STRANGE
