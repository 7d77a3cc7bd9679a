"""Read a text without articles by its numbered points: 一、（一）1. and rows of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge import chinese
from knowledge.laws.model import Article, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HAN = "[一二三四五六七八九十百]+"
_LEVELS = (
    re.compile(rf"(?P<mark>{_HAN})、(?P<text>.*)\Z"),
    re.compile(rf"[（(](?P<mark>{_HAN})[)）][、.．]?(?P<text>.*)\Z"),
    re.compile(r"(?P<mark>\d{1,3})(?:[.．](?!\d)|、)(?P<text>.*)\Z"),
)
_SIGNS = ("{}、", "（{}）", "{}.")
_LONGEST_HEADING = 40


def split(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part what stands before the first numbered line from the points themselves."""
    for place, line in enumerate(lines):
        if _level(_bare(line))[0] is not None:
            return list(lines[:place]), list(lines[place:])
    return list(lines), []


def points(lines: Iterable[str]) -> tuple[list[Article], list[str]]:
    """Return the numbered points of a text in order, and what is odd about their numbers.

    A numbered line with finer numbers below it is a heading of these, and a point of its own only
    where it says something itself. What stands above a point is among its headings and in its mark.
    """
    found = [_Line(*_level(line), line) for raw in lines if (line := _bare(raw))]
    reader = _Reader()
    numbered = [one for one in found if one.level is not None]
    following = {id(one): after for one, after in pairwise(numbered)}
    for one in found:
        after = following.get(id(one))
        reader.read(one, leads=after is not None and (after.level or 0) > (one.level or 0))
    return reader.finished(), reader.remarks


@dataclass(frozen=True, eq=False)
class _Line:
    level: int | None
    mark: str
    text: str
    whole: str


def _bare(line: str) -> str:
    return line.strip("#*\ufeff \t\u3000")


def _level(line: str) -> tuple[int | None, str, str]:
    for level, pattern in enumerate(_LEVELS):
        if match := pattern.match(line):
            return level, match["mark"], match["text"].strip()
    return None, "", line


@dataclass
class _Reader:
    above: dict[int, _Line] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)
    read_points: list[Article] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    marks: str = ""
    headings: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)

    def read(self, line: _Line, *, leads: bool) -> None:
        if line.level is None:
            if self.lines:
                self.lines.append(line.text)
            return
        self._close()
        self.above = {level: one for level, one in self.above.items() if level < line.level}
        self.above[line.level] = line
        self._check_number(line, line.level)
        if not leads or len(line.text) > _LONGEST_HEADING or "。" in line.text:
            self._open()

    def finished(self) -> list[Article]:
        self._close()
        return self.read_points

    def _check_number(self, line: _Line, level: int) -> None:
        """Say where a number of one row of numbers is missing or comes twice."""
        number = chinese.number(line.mark) or 0
        self.last = {one: known for one, known in self.last.items() if one <= level}
        before = self.last.get(level, 0)
        self.last[level] = number
        where = self._marks([one for one in sorted(self.above) if one < level])
        place = f"{where}之下" if where else ""
        sign = _SIGNS[level].format(line.mark)
        if number == before:
            self.remarks.append(f"{place}序号“{sign}”重复")
        elif number != before + 1 and not (number == 1 and not place):
            self.remarks.append(f"{place}序号不连续，“{sign}”之前有缺")

    def _open(self) -> None:
        chain = [self.above[level] for level in sorted(self.above)]
        self.marks = self._marks(sorted(self.above))
        self.headings = tuple(one.text for one in chain[:-1])
        self.lines = [chain[-1].text]

    def _marks(self, levels: Iterable[int]) -> str:
        signs = (_SIGNS[level].format(self.above[level].mark) for level in levels)
        return "".join(signs).rstrip("、.")

    def _close(self) -> None:
        if self.lines:
            number = len(self.read_points) + 1
            paragraphs = tuple(Paragraph(line) for line in self.lines if line)
            self.read_points.append(Article(number, 0, self.headings, paragraphs, self.marks))
        self.lines = []
