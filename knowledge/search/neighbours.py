"""Words of the neighbouring fields: what a question says that these texts say nothing on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import strict_yaml
from knowledge.search.cutting import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.search.postings import Postings

_FILE = Path(__file__).with_name("neighbours.yaml")
_AT_HOME = 10
"""Provisions that say a word of another field before it is one of the base, too."""


@dataclass(frozen=True)
class Neighbours:
    """Words of other fields in a question: `strong` hardly ever, `weak` now and then ours."""

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    def against(self, said: str, postings: Postings) -> tuple[int, int]:
        """Return how many words speak against what a provision says: much, and a little.

        A strong word that the provision says too still speaks a little (政务处分有哪几种); one
        that many provisions of the base say is no stranger there.
        """
        strangers = [word for word in self.strong if not _is_at_home(word, postings)]
        much = sum(word not in said for word in strangers)
        weak = sum(word not in said for word in self.weak)
        return much, len(strangers) - much + weak


def _is_at_home(word: str, postings: Postings) -> bool:
    pairs = (word[at : at + 2] for at in range(len(word) - 1))
    return min(map(postings.spread, pairs)) >= _AT_HOME


def find(text: str) -> Neighbours:
    """Find the words of other fields; those in the midst of a word of this field are none."""
    lists = _lists()
    found = tuple(_words(text, lists))
    return Neighbours(
        tuple(word for word in found if word in lists.strong),
        tuple(word for word in found if word in lists.weak),
    )


@dataclass(frozen=True)
class _Lists:
    strong: frozenset[str]
    weak: frozenset[str]
    longest: int


def _words(text: str, lists: _Lists) -> Iterator[str]:
    inner = cut(text).inner
    place = 0
    while place < len(text):
        word = next(
            (
                text[place:end]
                for end in range(min(len(text), place + lists.longest), place + 1, -1)
                if {place, end}.isdisjoint(inner)
                and (text[place:end] in lists.strong or text[place:end] in lists.weak)
            ),
            "",
        )
        if word:
            yield word
        place += max(1, len(word))


@cache
def _lists() -> _Lists:
    content = strict_yaml.load(_FILE)
    strong = frozenset(word for words in content["strong"].values() for word in words.split())
    weak = frozenset(content["weak"].split()) - strong
    return _Lists(strong, weak, max(map(len, strong | weak)))
