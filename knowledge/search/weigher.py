"""What each pair of a text counts for: rare ones much, those that are no words little."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.search import question as questions
from knowledge.search.grams import pairs
from knowledge.search.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.search.postings import Postings

_ALONE = 0.4
"""What a single character counts for beside a pair."""
_STRANGE = 0.4
"""What a pair counts for that the base lacks: mostly a colloquial word, else another matter."""
_BETWEEN = 0.2
_USUAL_WORD = 3.0
"""How much less rare than an unknown pair a pair with a particle is if it is a word (来信)."""
REMEMBERED = 4_000
"""Units whose lines are kept laid out."""

Weighed = dict[str, float]


@dataclass(frozen=True)
class Lines:
    """The curated lines of one unit by the pairs they hold, so that only those met are looked at.

    A line may stand here twice, as typed and without its phrases: `forms` are these, `wholes`
    their weights and `at` the places of the forms in which a pair stands.
    """

    forms: Sequence[str]
    wholes: Sequence[float]
    at: Mapping[str, Sequence[int]]


@lru_cache(maxsize=50_000)
def _forms(line: str) -> tuple[str, ...]:
    """Return a line as typed and without its phrases: the same for every base in a process."""
    return tuple(dict.fromkeys((line, questions.read(line).content)))


class Weigher:
    """Weighs texts by one base; remembers the curated lines, which come again and again."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._unknown = postings.rarity("\x00")
        self._particles = vocabulary().particles
        self._lines: dict[tuple[str, ...], Lines] = {}

    def weigh(self, text: str) -> Weighed:
        """Return the pairs of a text with what each counts for."""
        found = pairs(text)
        rarities = [self._postings.rarity(gram) for gram in found]
        return {
            gram: rarities[place] * self._wordlike(gram, rarities, place)
            for place, gram in enumerate(found)
        }

    def lines(self, lines: tuple[str, ...]) -> Lines:
        """Return the curated lines of a unit, weighed and laid out by their pairs."""
        known = self._lines.get(lines)
        if known is None:
            known = self._laid_out(lines)
            if len(self._lines) < REMEMBERED:
                self._lines[lines] = known
        return known

    def _laid_out(self, lines: tuple[str, ...]) -> Lines:
        forms: list[str] = []
        wholes: list[float] = []
        at: dict[str, list[int]] = {}
        for line in lines:
            for form in _forms(line):
                weighed = self.weigh(form)
                if not weighed:
                    continue
                for pair in weighed:
                    at.setdefault(pair, []).append(len(forms))
                forms.append(line)
                wholes.append(sum(weighed.values()))
        return Lines(forms, wholes, at)

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
