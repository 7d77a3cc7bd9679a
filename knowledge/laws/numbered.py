"""Read a text without articles by its numbered points: 一、（一）1. and rows of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.laws.model import Article, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

_HAN = "[一二三四五六七八九十百]+"
_LEVELS = (
    re.compile(rf"(?P<mark>{_HAN})、(?P<text>.*)\Z"),
    re.compile(rf"[（(](?P<mark>{_HAN})[)）](?P<text>.*)\Z"),
    re.compile(r"(?P<mark>\d{1,3})[.．、](?!\d)(?P<text>.*)\Z"),
)
_SIGNS = ("{}、", "（{}）", "{}.")
_LONGEST_HEADING = 40


def points(lines: Iterable[str]) -> list[Article]:
    """Return the numbered points of a text, the finest numbering there is, in order.

    What stands above a point in the numbering is among its headings, and in its mark.
    """
    found = [_Line(*_level(line), line) for line in lines if line]
    levels = {one.level for one in found if one.level is not None}
    if not levels:
        return []
    reader = _Reader(finest=max(levels))
    for one in found:
        reader.read(one)
    return reader.finished()


@dataclass(frozen=True)
class _Line:
    level: int | None
    mark: str
    text: str
    whole: str


def _level(line: str) -> tuple[int | None, str, str]:
    for level, pattern in enumerate(_LEVELS):
        if match := pattern.match(line):
            return level, match["mark"], match["text"].strip()
    return None, "", line


@dataclass
class _Reader:
    finest: int
    above: dict[int, _Line] = field(default_factory=dict)
    read_points: list[Article] = field(default_factory=list)
    marks: str = ""
    headings: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)

    def read(self, line: _Line) -> None:
        if line.level is None:
            if self.lines:
                self.lines.append(line.text)
            return
        self._close()
        self.above = {level: one for level, one in self.above.items() if level < line.level}
        self.above[line.level] = line
        if line.level == self.finest or len(line.text) > _LONGEST_HEADING:
            self._open()

    def finished(self) -> list[Article]:
        self._close()
        return self.read_points

    def _open(self) -> None:
        chain = [self.above[level] for level in sorted(self.above)]
        self.marks = "".join(_SIGNS[one.level or 0].format(one.mark) for one in chain).rstrip("、.")
        self.headings = tuple(one.text for one in chain[:-1])
        self.lines = [chain[-1].text]

    def _close(self) -> None:
        if self.lines:
            number = len(self.read_points) + 1
            paragraphs = tuple(Paragraph(line) for line in self.lines)
            self.read_points.append(Article(number, 0, self.headings, paragraphs, self.marks))
        self.lines = []
