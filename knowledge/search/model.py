"""What a search over the points takes and gives; the engine behind it may be replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Provision:
    """Where a duty is written; `document` is the full title, `article` as 第二百八十二条."""

    document: str
    article: str
    paragraph: int | None = None


@dataclass(frozen=True)
class Point:
    """One entry of the knowledge base that can be cited: an own-words duty with its provision.

    `document` is the full title, `article` as 第二百八十二条; `also` are further provisions it
    rests on; `full_text` is there only for texts the office imported itself.
    """

    key: str
    title: str
    text: str
    document: str
    article: str
    paragraph: int | None = None
    rule: str | None = None
    questions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    full_text: str | None = None
    also: tuple[Provision, ...] = ()


@dataclass(frozen=True)
class Result:
    """A point found, with its score between 0 and 100."""

    point: Point
    score: float


@dataclass(frozen=True)
class Answer:
    """Results best first; not `certain`: offer them as 可能是; none: say that nothing fits."""

    results: tuple[Result, ...]
    certain: bool


class Search(Protocol):
    """Anything that answers a question from the points."""

    def ask(self, question: str, *, limit: int = 3) -> Answer:
        """Return the best points for a question in ordinary words, pinyin or an article number."""
        ...

    def on(self, day: date) -> Search:
        """Return the search over the texts in force on a day."""
        ...

    def point(self, key: str) -> Point | None:
        """Return the point with a key."""
        ...

    def beside(self, key: str, step: int) -> Point | None:
        """Return the provision before or after the one a point rests on, in the same text."""
        ...

    def provision(self, provision: Provision) -> Point | None:
        """Return the imported article a provision names, or a point that rests on it."""
        ...

    def siblings(self, key: str) -> tuple[Point, ...]:
        """Return the other own-words points that rest on the same provision."""
        ...

    def nearest(self, question: str, *, limit: int = 3) -> tuple[Point, ...]:
        """Return what comes nearest to a question, however unsure, for a person to choose from."""
        ...

    def forget(self, key: str, words: str) -> bool:
        """Forget words that were learnt for a point; False where they are not known."""
        ...

    def learn(self, key: str, words: str) -> bool:
        """Take words as a further way to ask for a point; False: known, or nowhere to keep."""
        ...
