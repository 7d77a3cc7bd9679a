"""What was recognised in a text, and where: items, days, people, columns, values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.replies.day_words import DayWords

Kind = Literal["item", "day", "person", "column", "value"]
SIGNS: dict[Kind, str] = {"item": "□", "day": "◇", "person": "◎", "column": "▤", "value": "▣"}


@dataclass(frozen=True)
class Mark:
    """One recognised stretch of the text.

    `items` are places in the list of open items: what the stretch can mean, nothing where it names
    something that is not open. `every` tells that all of them are meant, not one of them. `how`
    tells by what they were recognised. `names` are canonical columns, a person or a value.
    """

    start: int
    end: int
    kind: Kind
    how: str = ""
    items: frozenset[int] = frozenset()
    every: bool = False
    names: tuple[str, ...] = ()
    day: DayWords | None = None


@dataclass
class Canvas:
    """The text with the marks made so far; no two marks overlap."""

    text: str
    marks: list[Mark] = field(default_factory=list)
    _taken: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self._taken = bytearray(len(self.text))

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether nothing has been recognised in this stretch yet."""
        return not any(self._taken[start:end])

    def add(self, mark: Mark) -> bool:
        """Put a mark down where the stretch is free, and tell whether it was."""
        if mark.start >= mark.end or not self.is_free(mark.start, mark.end):
            return False
        self._taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
        self.marks.append(mark)
        return True

    def masked(self) -> Masked:
        """Return the text with one sign for each mark."""
        parts, marks, position, length = [], {}, 0, 0
        for mark in sorted(self.marks, key=lambda each: each.start):
            plain = self.text[position : mark.start]
            parts += [plain, SIGNS[mark.kind]]
            length += len(plain)
            marks[length] = mark
            length += 1
            position = mark.end
        parts.append(self.text[position:])
        return Masked("".join(parts), marks)


def occurrences(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands in a text."""
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + len(word))


@dataclass(frozen=True)
class Masked:
    """A text in which one sign stands for each recognised stretch, and what the signs stand for."""

    text: str
    marks: dict[int, Mark]

    def within(self, start: int, end: int, kind: Kind) -> list[Mark]:
        """Return the marks of a kind between two positions of the masked text."""
        return [mark for at, mark in self.marks.items() if start <= at < end and mark.kind == kind]
