"""Questions typed in letters: pinyin in any spacing, and initials such as qbhs."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from knowledge.search.likely import Edge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.search.likely import Likely
    from knowledge.search.sounds import Sounds

_RUN = re.compile(r"[a-z][a-z' ]*[a-z]|[a-z]")
_HAN = re.compile(r"[\u3400-\u9fff]+\Z")
_LONGEST_SYLLABLE = 6
_CHARACTERS_PER_SYLLABLE = 24
_LETTER_LOST = 4.0
_NEAR = 2.0
_MARGIN = 3.0
_PARTICLES = frozenset("的了之着与及其于且但而并或")
_PARTICLE = 6.0
"""What 的 or 之 costs more than a character of a word: who types pinyin types words."""
_LOOSE, _WITHIN, _AT_AN_EDGE = 1, 4, 16
"""What a place counts for a phrase of initials: with a particle, inside a line, at its edge."""
_MOST_VERSIONS = 4
_MOST_LETTERS = 60
_MOST_TEXT = 3_000_000
_MOST_PLACES = 3000


class Latin:
    """Turns letters into the characters of the base."""

    def __init__(self, sounds: Sounds, likely: Likely, texts: Sequence[str]) -> None:
        self._sounds = sounds
        self._likely = likely
        self._texts = texts

    def readings(self, text: str, *, most: int = 2) -> list[str]:
        """Return the question with its letters written in characters, the likeliest first."""
        if not 0 < sum(map(len, _RUN.findall(text))) <= _MOST_LETTERS:
            return []
        versions = [""]
        place = 0
        for match in _RUN.finditer(text):
            before = text[place : match.start()]
            ways = self._run(match[0]) or [match[0]]
            versions = [one + before + way for one in versions for way in ways][: 2 * most]
            place = match.end()
        return [one + text[place:] for one in versions if one + text[place:] != text][:most]

    def _run(self, run: str) -> list[str]:
        """Read neighbouring syllable words together; the others are initials."""
        versions = [""]
        group: list[str] = []
        for word in [*run.replace("'", " ").split(), ""]:
            if word and self._is_spelt(word):
                group.append(word)
                continue
            if group:
                versions = _joined(versions, self._spelt(group))
                group = []
            if word:
                versions = _joined(versions, self._initials(word) or self._misspelt(word) or [word])
        return versions

    def _is_spelt(self, word: str) -> bool:
        reach = {0}
        for end in range(1, len(word) + 1):
            starts = range(max(0, end - _LONGEST_SYLLABLE), end)
            if any(
                start in reach and self._sounds.is_syllable(word[start:end]) for start in starts
            ):
                reach.add(end)
        return len(word) in reach

    def _spelt(self, words: Sequence[str]) -> list[str]:
        exact = self._likely.read(self._edges(words, loose=False), most=2)
        loose = self._likely.read(self._edges(words, loose=True), most=1)
        best = sorted({*exact, *loose}, key=lambda one: one[1])
        return list(dict.fromkeys(text for text, cost in best if cost < best[0][1] + _MARGIN))[:2]

    def _misspelt(self, word: str) -> list[str]:
        if len(word) <= _LONGEST_SYLLABLE:
            return []
        return [text for text, _ in self._likely.read(self._edges([word], loose=True), most=1)]

    def _edges(self, words: Sequence[str], *, loose: bool) -> list[list[Edge]]:
        edges: list[list[Edge]] = [[]]
        for word in words:
            first = len(edges) - 1
            for end in range(1, len(word) + 1):
                ending: list[Edge] = []
                for start in range(max(0, end - _LONGEST_SYLLABLE), end):
                    ending += self._characters(first + start, word[start:end], loose=loose)
                edges.append(ending)
        return edges

    def _characters(self, start: int, letters: str, *, loose: bool) -> Iterable[Edge]:
        exact = self._frequent.get(letters, ())
        for char in exact:
            yield Edge(start, char, _PARTICLE if char in _PARTICLES else 0.0)
        if not loose:
            return
        for char in self._frequent_near(letters):
            if char not in exact:
                yield Edge(start, char, _NEAR)
        for whole in self._one_lost.get(letters, ()):
            for char in self._frequent[whole][:4]:
                yield Edge(start, char, _LETTER_LOST)

    def _frequent_near(self, letters: str) -> list[str]:
        found = self._sounds.sounding_near(letters)
        return sorted(found, key=self._likely.spread, reverse=True)[:6]

    @cached_property
    def _frequent(self) -> dict[str, tuple[str, ...]]:
        return {
            syllable: tuple(
                sorted(self._sounds.sounding(syllable), key=self._likely.spread, reverse=True)[
                    :_CHARACTERS_PER_SYLLABLE
                ]
            )
            for syllable in self._sounds.syllables()
        }

    @cached_property
    def _one_lost(self) -> dict[str, list[str]]:
        lost: dict[str, list[str]] = {}
        for syllable in self._frequent:
            if len(syllable) < 3:
                continue
            for place in range(1, len(syllable)):
                lost.setdefault(syllable[:place] + syllable[place + 1 :], []).append(syllable)
        return lost

    def _initials(self, word: str) -> list[str]:
        """Return the phrases of the base whose initials these letters are, the commonest first."""
        if len(word) < 2:
            return []
        letters, characters = self._spelling
        places = islice(re.finditer(re.escape(word), letters), _MOST_PLACES)
        weighed: Counter[str] = Counter()
        for place in places:
            phrase = characters[place.start() : place.end()]
            if _HAN.match(phrase):
                weighed[phrase] += self._worth(characters, place.start(), place.end())
        return [phrase for phrase, _ in weighed.most_common(2)]

    def _worth(self, characters: str, start: int, end: int) -> int:
        """Return how much a place speaks for its phrase: one that begins or ends a line most."""
        if not _PARTICLES.isdisjoint(characters[start:end]):
            return _LOOSE
        begins = start == 0 or not _HAN.match(characters[start - 1])
        ends = end == len(characters) or not _HAN.match(characters[end])
        return _WITHIN + _AT_AN_EDGE * (begins + ends)

    @cached_property
    def _spelling(self) -> tuple[str, str]:
        """Return the texts as initials and as characters, place by place."""
        characters = "|".join(self._texts)[:_MOST_TEXT]
        table = {ord(char): self._sounds.initial(char) for char in set(characters)}
        return characters.translate(table), characters


def _joined(versions: list[str], ways: list[str]) -> list[str]:
    return [one + way for one in versions for way in ways][:_MOST_VERSIONS]
