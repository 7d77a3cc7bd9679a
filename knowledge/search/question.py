"""Take a question apart: what is asked for, and the words that say on what matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.search import neighbours
from knowledge.search.cutting import cut
from knowledge.search.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.search.neighbours import Neighbours

_NOT_TEXT = re.compile(r"[^\u3400-\u9fffa-z0-9]+")
_ACTOR = re.compile("(?:人民)?法院|(?:人民)?检察院|公安|监察机关|监委|监察委")
_ACTORS = {
    "法院": "法院",
    "检察": "检察院",
    "公安": "公安",
    "监察": "监察",
    "监委": "监察",
}
_KEPT_WORDS = re.compile("期限|时限|情形|条件|内容|数额|种类|范围|标准|人数")


@dataclass(frozen=True)
class Part:
    """Words that belong together, as typed, and other ways to say them, the likeliest first."""

    typed: str
    meant: tuple[str, ...] = ()
    weight: float = 1.0

    @property
    def ways(self) -> tuple[str, ...]:
        """Return every way to say it, the typed one first."""
        return (self.typed, *self.meant)

    def says(self, place: int) -> float:
        """Return what share of a way counts: a long phrase meant by a short word says no more."""
        return min(1.0, len(self.typed) / len(self.ways[place]))


@dataclass(frozen=True)
class Question:
    """A question without its phrases: parts and the kinds of answer that are wanted.

    `whole` is all of it in one run, phrases too; `scopes` are the parts of the
    laws it speaks of; `actor` is the office it asks about first; `foreign`
    tells that it asks as another field does.
    """

    parts: tuple[Part, ...]
    wants: frozenset[str]
    whole: str
    scopes: frozenset[str] = frozenset()
    actor: str | None = None
    foreign: bool = False

    @cached_property
    def neighbours(self) -> Neighbours:
        """Return the words of other fields that the question says."""
        return neighbours.find(self.whole)

    @cached_property
    def each_part(self) -> tuple[Part, ...]:
        """Return the parts, each once."""
        return tuple(dict.fromkeys(self.parts))

    @property
    def content(self) -> str:
        """Return the words on the matter in one run, as the texts would say them."""
        return "".join(part.meant[0] if part.meant else part.typed for part in self.parts)

    @property
    def typed(self) -> str:
        """Return the words on the matter in one run, as typed."""
        return "".join(part.typed for part in self.parts)


FAINT = 0.3
"""Weight of words like 期限 or 情形: half of the articles that answer do not contain them."""


def read(text: str) -> Question:
    """Take a cleaned question apart."""
    words = vocabulary()
    plain = _without(words.fillers, text)
    whole = _NOT_TEXT.sub("", plain)
    wants = set()
    faint: list[Part] = []
    for want, pattern in words.wants.items():
        for found in _matches(pattern, plain):
            wants.add(want)
            faint += [Part(kept, weight=FAINT) for kept in _KEPT_WORDS.findall(found[0])]
        plain = _without(pattern, plain)
    plain = _without(words.idle, plain)
    parts = [part for run in _NOT_TEXT.split(plain) for part in _parts(run)]
    return Question(
        parts=(*parts, *dict.fromkeys(faint)),
        wants=frozenset(wants),
        whole=whole,
        scopes=frozenset(name for name, asked in words.scopes.items() if asked.search(text)),
        actor=actor_of(text),
        foreign=words.foreign.search(text) is not None,
    )


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield where a pattern stands, but not in the midst of a word: 执行吗 asks no 行吗."""
    match = pattern.search(text)
    whole = cut(text if match else "")
    while match:
        place = match.start() + 1
        if not whole.is_parted_by(match):
            yield match
            place = max(place, match.end())
        match = pattern.search(text, place)


def _without(pattern: re.Pattern[str], text: str) -> str:
    """Return a text with spaces in the place of what a pattern finds."""
    left, place = "", 0
    for match in _matches(pattern, text):
        left += text[place : match.start()] + " "
        place = match.end()
    return left + text[place:]


def actor_of(text: str) -> str | None:
    """Return which office a text names first: 法院, 检察院, 公安 or 监察."""
    found = _ACTOR.search(text)
    return _ACTORS[found[0].removeprefix("人民")[:2]] if found else None


def _parts(run: str) -> Iterator[Part]:
    """Cut a run at the words that have other ways to say them."""
    synonyms = vocabulary().synonyms
    plain = ""
    for word in cut(run).words:
        if word not in synonyms:
            plain += word
            continue
        yield from _plain(plain)
        yield Part(word, synonyms[word])
        plain = ""
    yield from _plain(plain)


def _plain(run: str) -> Iterator[Part]:
    if run and not vocabulary().particles.issuperset(run):
        yield Part(run)
