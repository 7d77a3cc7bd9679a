"""How well a question fits one unit: coverage, the best curated line, the best clause, its kind."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from knowledge.search.lines import LineMatcher
from knowledge.search.normalise import squeeze

if TYPE_CHECKING:
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
_NEAR = 0.85
"""What a line of a point counts for that rests on another article first."""

_PLAIN = 0.5
"""What a clause counts for as a line where nobody has written any for the article."""


@dataclass(frozen=True)
class Fit:
    """How well one unit fits, each between 0 and 1; clause, kind and fuzzy need a closer look.

    `mass` alone has no upper end: how much weight of the question the unit covers in all;
    `said` is how much of the question one curated line says; `gap` is the share of the question
    that belongs to the one part which the unit lacks most; `beside` is 1 where the unit stands in
    a part of its law (未成年人, 缺席审判) of which the question says nothing; `actor` is 1 where
    the unit begins with the same actor as the question, -1 where with another; `named` is 1 where
    the question is the unit's own title and nothing else.
    """

    coverage: float
    line: float
    mass: float = 0.0
    said: float = 0.0
    gap: float = 0.0
    beside: float = 0.0
    actor: float = 0.0
    clause: float = 0.0
    kind: float = 0.0
    fuzzy: float = 0.0
    named: float = 0.0


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
        self._parts = [
            _weighed_part(part, times, weigher) for part, times in Counter(question.parts).items()
        ]
        self._total = sum(mass for _, mass in self._parts)
        self._content = question.content
        self._lines = LineMatcher(question, weigher)

    def glance(self, unit: Unit) -> Fit:
        """Hold the question against all of a unit at once."""
        alike = self._lines.best(unit.lines, unit.heading)
        if unit.near:
            alike = alike.or_better(self._lines.best(unit.near_lines, unit.heading), _NEAR)
        coverage, gap = self._covered(unit.everything)
        return Fit(
            coverage=coverage,
            line=alike.line if unit.lines else _PLAIN * coverage,
            mass=coverage * self._total,
            said=alike.said,
            kind=alike.kind / 2,
            gap=gap,
            beside=float(unit.scope is not None and unit.scope not in self._question.scopes),
            actor=self._actor(unit),
            named=float(unit.titles[:1] == (self._content,)),
        )

    def look(self, unit: Unit, glance: Fit) -> Fit:
        """Look closer: at each clause, at the kind of answer, at the order of the words."""
        clause, kind = self._best_clause(unit)
        return replace(
            glance,
            line=glance.line if unit.lines else _PLAIN * clause,
            clause=clause,
            kind=glance.kind + kind / 2,
            fuzzy=fuzz.partial_ratio(self._content, unit.body) / 100,
        )

    def fit_of_point(self, point: Point) -> float:
        """Tell how well one own-words point among several of an article answers."""
        lines = tuple(squeeze(line) for line in (point.title, *point.questions, *point.aliases))
        return self._fit_of(squeeze(point.text), lines)

    def fit_of_article(self, unit: Unit) -> float:
        """Tell how well an article's own text answers, without the points that rest on it."""
        return self._fit_of(unit.body, tuple(squeeze(line) for line in unit.titles))

    def _fit_of(self, text: str, lines: tuple[str, ...]) -> float:
        alike = self._lines.best(lines, "")
        return self._covered("|".join((text, *lines)))[0] + alike.line + alike.kind

    def _actor(self, unit: Unit) -> float:
        if not self._question.actor or not unit.actor:
            return 0.0
        return 1.0 if unit.actor == self._question.actor else -1.0

    def _covered(self, text: str) -> tuple[float, float]:
        """Return the share of the question in a text, and the largest share that one part lacks."""
        if not self._total:
            return 0.0, 0.0
        covered, gap = 0.0, 0.0
        for ways, mass in self._parts:
            share = max(way.share_in(text) for way in ways)
            covered += mass * share
            gap = max(gap, mass * (1 - share))
        return covered / self._total, gap / self._total

    def _best_clause(self, unit: Unit) -> tuple[float, float]:
        """Return how much the best clause covers, and how much the best one of the wanted kind."""
        best, kind = 0.0, 0.0
        lead = unit.clauses[0] if unit.clauses else ""
        for clause in unit.clauses:
            share, _ = self._covered(clause)
            best = max(best, share)
            if share > kind and self._is_of_kind(clause, lead):
                kind = share
        return best, kind

    def _is_of_kind(self, clause: str, lead: str) -> bool:
        return any(
            _IN_CLAUSE[want].search(lead if want in {"conditions", "content"} else clause)
            for want in self._question.wants
        )


def _weighed_part(part: Part, times: int, weigher: Weigher) -> tuple[list[_Way], float]:
    ways = [_way(weigher.weigh(way)) for way in part.ways]
    mass = ways[1].mass * part.says(1) if part.meant else ways[0].mass
    return ways, times * part.weight * mass


def _way(weighed: Weighed) -> _Way:
    return _Way(tuple(weighed.items()), sum(weighed.values()))
