"""Where the words of a question begin and end: the fewest words of the field that cover it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from knowledge.search.vocabulary import vocabulary

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable


@dataclass(frozen=True)
class Cut:
    """A text cut into words; characters that belong to no known word stand alone.

    `inner` are the places between two characters of one word.
    """

    words: tuple[str, ...]
    inner: frozenset[int]

    def is_parted_by(self, match: re.Match[str]) -> bool:
        """Tell whether a match begins or ends in the midst of a word, and so is none."""
        return match.start() in self.inner or match.end() in self.inner


def cut(text: str) -> Cut:
    """Cut a text; of several ways with as few words the one with the longer words counts."""
    known, longest = _known()
    best: list[tuple[int, int, int]] = [(0, 0, 0)]
    for end in range(1, len(text) + 1):
        ways = [
            (best[start][0] + 1, best[start][1] - (end - start) ** 2, start)
            for start in range(max(0, end - longest), end)
            if end - start == 1 or text[start:end] in known
        ]
        best.append(min(ways))
    words: list[str] = []
    inner: set[int] = set()
    end = len(text)
    while end:
        start = best[end][2]
        words.append(text[start:end])
        inner.update(range(start + 1, end))
        end = start
    return Cut(tuple(reversed(words)), frozenset(inner))


@cache
def _known() -> tuple[frozenset[str], int]:
    words = vocabulary()
    return _with_longest({*words.terms, *words.synonyms})


def _with_longest(words: Iterable[str]) -> tuple[frozenset[str], int]:
    known = frozenset(words)
    return known, max(map(len, known))
