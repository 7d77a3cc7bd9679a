"""How well a question fits one unit: coverage, the best curated line, the best clause, its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from knowledge.search.normalise import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.search.model import Point
    from knowledge.search.question import Part, Question
    from knowledge.search.units import Unit
    from knowledge.search.weigher import Weighed, Weigher

_NUMBER = "[一二三四五六七八九十两半百千0-9]+"
_LIST = re.compile(
    r"(?:下列|以下|如下|同时).{0,12}(?:情形|条件|之一|规定|案件|内容|人员|情况|犯罪|行为)|包括"
)
_IN_CLAUSE: dict[str, re.Pattern[str]] = {
    "term": re.compile(rf"{_NUMBER}个?(?:工作)?(?:日|天|月|个月|小时|年)|当日|立即|及时|次日|届满"),
    "times": re.compile(rf"{_NUMBER}次"),
    "amount": re.compile(rf"{_NUMBER}(?:元|人|份|名)|以上|以下"),
    "who": re.compile(r"由|报|批准|决定|负责|检察长|上一级|省级|指派"),
    "where": re.compile(r"所在|地点|处所|住处|现场|指定|场所|居所|内进行"),
    "conditions": _LIST,
    "content": _LIST,
}
_IN_LINE: dict[str, re.Pattern[str]] = {
    "term": re.compile(
        rf"期限|时间|多久|几[天日个小]|最长|何时|什么时候|{_NUMBER}(?:日|个?月|小时|年)"
    ),
    "times": re.compile(rf"次数|几次|{_NUMBER}次"),
    "amount": re.compile(r"多少|最少|最低|数额|人数|几[个份]|份"),
    "who": re.compile(r"谁|由|权限|主体|批准|决定|哪"),
    "where": re.compile(r"哪里|地点|处所|管辖|哪"),
    "conditions": re.compile(r"条件|情形|标准|什么人|哪些|认定|对象"),
    "content": re.compile(r"内容|种类|哪些|范围|包括|什么"),
}
_NEAR = 0.85
"""What a line of a point counts for that rests on another article first."""


@dataclass(frozen=True)
class Fit:
    """How well one unit fits, each between 0 and 1; the last three come with a closer look."""

    coverage: float
    line: float
    clause: float = 0.0
    kind: float = 0.0
    fuzzy: float = 0.0


@dataclass(frozen=True)
class _Way:
    grams: tuple[tuple[str, float], ...]
    mass: float

    def share_in(self, text: str) -> float:
        found = 0.0
        for gram, weight in self.grams:
            if gram in text:
                found += weight
        return found / self.mass if self.mass else 0.0


class Matcher:
    """A question made ready to be held against many units."""

    def __init__(self, question: Question, weigher: Weigher) -> None:
        self._question = question
        self._weigher = weigher
        self._parts = [_weighed_part(part, weigher) for part in question.parts]
        self._total = sum(mass for _, mass in self._parts)
        self._content = question.content
        forms = dict.fromkeys((question.content, question.typed, question.whole))
        self._forms = [weigher.weigh(form) for form in forms]

    def glance(self, unit: Unit) -> Fit:
        """Hold the question against all of a unit at once."""
        line, kind = self._best_line(unit)
        return Fit(coverage=self._share(unit.everything), line=line, kind=kind / 2)

    def look(self, unit: Unit, glance: Fit) -> Fit:
        """Look closer: at each clause, at the kind of answer, at the order of the words."""
        clause, kind = self._best_clause(unit)
        return Fit(
            coverage=glance.coverage,
            line=glance.line,
            clause=clause,
            kind=glance.kind + kind / 2,
            fuzzy=fuzz.partial_ratio(self._content, unit.body) / 100,
        )

    def fit_of_point(self, point: Point) -> float:
        """Tell how well one own-words point among several of an article answers."""
        lines = [squeeze(line) for line in (point.title, *point.questions, *point.aliases)]
        return self._fit_of(squeeze(point.text), lines)

    def fit_of_article(self, unit: Unit) -> float:
        """Tell how well an article's own text answers, without the points that rest on it."""
        return self._fit_of(unit.body, [squeeze(line) for line in unit.titles])

    def _fit_of(self, text: str, lines: list[str]) -> float:
        best, of_kind = self._best_of(lines, "")
        return self._share("|".join((text, *lines))) + best + of_kind

    def _share(self, text: str) -> float:
        if not self._total:
            return 0.0
        covered = sum(mass * max(way.share_in(text) for way in ways) for ways, mass in self._parts)
        return covered / self._total

    def _best_clause(self, unit: Unit) -> tuple[float, float]:
        """Return how much the best clause covers, and how much the best one of the wanted kind."""
        best, kind = 0.0, 0.0
        lead = unit.clauses[0] if unit.clauses else ""
        for clause in unit.clauses:
            share = self._share(clause)
            best = max(best, share)
            if share > kind and self._is_of_kind(clause, lead):
                kind = share
        return best, kind

    def _is_of_kind(self, clause: str, lead: str) -> bool:
        return any(
            _IN_CLAUSE[want].search(lead if want in {"conditions", "content"} else clause)
            for want in self._question.wants
        )

    def _best_line(self, unit: Unit) -> tuple[float, float]:
        """Return how alike the best curated line is, and the best one of the wanted kind."""
        line, kind = self._best_of(unit.lines, unit.heading)
        near, near_kind = self._best_of(unit.near_lines, unit.heading)
        return max(line, _NEAR * near), max(kind, _NEAR * near_kind)

    def _best_of(self, lines: Iterable[str], heading: str) -> tuple[float, float]:
        """Compare lines; pairs that only name the chapter need not be said again by a title."""
        needed = [
            sum(weight for gram, weight in form.items() if gram not in heading)
            for form in self._forms
        ]
        best, kind = 0.0, 0.0
        for line in lines:
            alike = self._alike(line, heading, needed)
            best = max(best, alike)
            if alike > kind and any(_IN_LINE[want].search(line) for want in self._question.wants):
                kind = alike
        return best, kind

    def _alike(self, line: str, heading: str, needed: list[float]) -> float:
        best = 0.0
        theirs, whole = self._weigher.line(line)
        for mine, alone in zip(self._forms, needed, strict=True):
            if mine.keys().isdisjoint(theirs):
                continue
            shared, excused = 0.0, 0.0
            for gram in mine.keys() & theirs.keys():
                shared += mine[gram]
                excused += mine[gram] if gram in heading else 0.0
            best = max(best, 2 * shared / (alone + excused + whole) if shared else 0.0)
        return min(1.0, best)


def _weighed_part(part: Part, weigher: Weigher) -> tuple[list[_Way], float]:
    ways = [_way(weigher.weigh(way)) for way in part.ways]
    mass = ways[1].mass if part.meant else ways[0].mass
    return ways, part.weight * mass


def _way(weighed: Weighed) -> _Way:
    return _Way(tuple(weighed.items()), sum(weighed.values()))
