"""Take a question apart: what is asked for, and the words that say on what matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from knowledge.search.vocabulary import vocabulary

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


@dataclass(frozen=True)
class Question:
    """A question without its phrases: parts and the kinds of answer that are wanted.

    `whole` is all of it in one run, phrases too; `scopes` are the parts of the
    laws it speaks of; `actor` is the office it asks about first; `foreign`
    tells that it names a matter of another field.
    """

    parts: tuple[Part, ...]
    wants: frozenset[str]
    whole: str
    scopes: frozenset[str] = frozenset()
    actor: str | None = None
    foreign: bool = False

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
    plain = words.fillers.sub(" ", text)
    wants = set()
    faint: list[Part] = []
    for want, pattern in words.wants.items():
        for found in pattern.findall(plain):
            wants.add(want)
            faint += [Part(kept, weight=FAINT) for kept in _KEPT_WORDS.findall(found)]
        plain = pattern.sub(" ", plain)
    parts = [part for run in _NOT_TEXT.split(plain) for part in _parts(run)]
    whole = _NOT_TEXT.sub("", words.fillers.sub("", text))
    return Question(
        parts=(*parts, *dict.fromkeys(faint)),
        wants=frozenset(wants),
        whole=whole,
        scopes=frozenset(name for name, asked in words.scopes.items() if asked.search(text)),
        actor=actor_of(text),
        foreign=words.foreign.search(text) is not None,
    )


def actor_of(text: str) -> str | None:
    """Return which office a text names first: 法院, 检察院, 公安 or 监察."""
    found = _ACTOR.search(text)
    return _ACTORS[found[0].removeprefix("人民")[:2]] if found else None


def _parts(run: str) -> list[Part]:
    """Cut a run at the words that have other ways to say them, then drop the idle ones."""
    synonyms, longest = vocabulary().synonyms, _longest_synonym()
    parts: list[Part] = []
    plain, place = "", 0
    while place < len(run):
        word = next(
            (
                run[place : place + length]
                for length in range(longest, 0, -1)
                if run[place : place + length] in synonyms
            ),
            None,
        )
        if word is None:
            plain += run[place]
            place += 1
            continue
        parts += _plain(plain)
        parts.append(Part(word, synonyms[word]))
        plain, place = "", place + len(word)
    return parts + _plain(plain)


def _plain(run: str) -> list[Part]:
    if not run:
        return []
    words = vocabulary().idle.sub(" ", run).split()
    return [Part(word) for word in words if not vocabulary().particles.issuperset(word)]


@cache
def _longest_synonym() -> int:
    return max(map(len, vocabulary().synonyms))
