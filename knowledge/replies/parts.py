"""A part of a text that speaks of one thing, and the clauses it is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from knowledge.replies.model import Intent

Mode = Literal["free", "named", "all", "rest", "some", "except", "left", "this"]
CLAUSE = re.compile(r"[^,。;!?~\s]+[,。;!?~\s]*|[,。;!?~\s]+")
_NOTHING: frozenset[int] = frozenset()
DEEDS: frozenset[Intent] = frozenset(
    {"commitment", "corrected", "corrected_partial", "delegate", "wrong_person"}
)
ACTS: frozenset[Intent] = DEEDS | {"not_an_error", "objection"}


@dataclass(frozen=True)
class Part:
    """A stretch of the masked text and what it speaks of.

    `count` is the number of items it speaks of where it says one, `every` tells that all the items
    it can mean are meant, `known` is false where it names something that is not open.
    """

    start: int
    end: int
    text: str
    mode: Mode
    items: frozenset[int] = frozenset()
    every: bool = False
    known: bool = True
    count: int | None = None

    def between(self, start: int, end: int) -> Part:
        """Return the stretch of this part between two positions of the masked text."""
        text = self.text[start - self.start : end - self.start]
        return replace(self, start=start, end=end, text=text)


def clauses_of(part: Part) -> list[Part]:
    """Return the clauses of a part, each as a part of its own."""
    return [
        part.between(part.start + m.start(), part.start + m.end())
        for m in CLAUSE.finditer(part.text)
    ]
