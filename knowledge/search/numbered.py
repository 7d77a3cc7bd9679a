"""Answer a question for articles by number: the article, or the own words that rest on it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.search import question as questions
from knowledge.search.model import Answer, Provision, Result
from knowledge.search.units import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knowledge.search.model import Point
    from knowledge.search.question import Question
    from knowledge.search.ranking import Ranker
    from knowledge.search.references import Reference, References
    from knowledge.search.units import Unit


class Numbered:
    """The units of one base by the numbers of their articles.

    `point_of` chooses what stands for a unit where a question says more than a number.
    """

    def __init__(
        self,
        gathered: Sequence[Unit],
        ranker: Ranker,
        point_of: Callable[[Unit, Question], Point],
    ) -> None:
        self._units = gathered
        self._ranker = ranker
        self._point_of = point_of

    def answer(self, cited: References, limit: int) -> Answer:
        """Return the articles cited; other words only order those of equal number."""
        asked = questions.read(cited.rest)
        matcher = self._ranker.matcher(asked)
        found: dict[tuple[str, str], Point] = {}
        for reference in cited.articles:
            number = (reference.number, reference.branch)
            numbered = self._by_number.get(number, ())
            same = [at for at in numbered if reference.document in {None, self._units[at].document}]
            same.sort(key=lambda at: -matcher.glance(self._units[at]).coverage)
            points = [self._point_at(self._units[at], asked, reference) for at in same]
            if reference.document is not None and not any(map(_says_something, points)):
                resting = self._resting_on.get(number, [])
                others = [point for point in resting if point.document == reference.document]
                points = sorted(others, key=_spoken_of, reverse=True) or points
            for point in points:
                found.setdefault((point.document, point.article), point)
        shown = list(found.values())[:limit]
        results = (Result(point, 100.0 - place) for place, point in enumerate(shown))
        return Answer(tuple(results), certain=True)

    def _point_at(self, unit: Unit, asked: Question, reference: Reference) -> Point:
        """Return what stands for an article asked for by number: by its number alone, itself."""
        if asked.content:
            return self._point_of(unit, asked)
        of_paragraph = [
            point
            for point in unit.points
            if reference.paragraph and point.paragraph == reference.paragraph
        ]
        if not unit.points or (unit.text and not of_paragraph):
            return unit.shown()
        return max(of_paragraph or unit.points, key=_spoken_of)

    @cached_property
    def _resting_on(self) -> dict[tuple[int, int], list[Point]]:
        """Points by the further provisions they rest on, each named by that provision."""
        found: dict[tuple[int, int], list[Point]] = {}
        for point in (point for unit in self._units for point in unit.points):
            own = Provision(point.document, point.article, point.paragraph)
            for one in point.also:
                others = tuple(other for other in point.also if other != one)
                named = replace(
                    point,
                    document=one.document,
                    article=one.article,
                    paragraph=one.paragraph,
                    also=(own, *others),
                )
                found.setdefault(place_of(one.article), []).append(named)
        return found

    @cached_property
    def _by_number(self) -> dict[tuple[int, int], list[int]]:
        places: dict[tuple[int, int], list[int]] = {}
        for at, unit in enumerate(self._units):
            places.setdefault((unit.number, unit.branch), []).append(at)
        return places


def _says_something(point: Point) -> bool:
    """Tell a point from an article of which the base has neither text nor own words."""
    return bool(point.text)


def _spoken_of(point: Point) -> int:
    """Order points on one article: people ask in more ways for a duty than for a check of cards."""
    return len(point.questions)
