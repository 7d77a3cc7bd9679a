"""What is searched: one unit per article, with every own-words point that rests on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge import chinese
from knowledge.search.model import Point
from knowledge.search.normalise import squeeze
from knowledge.search.question import actor_of
from knowledge.search.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.laws.model import Article, OfficialText
    from knowledge.search.model import Provision

_LABEL = re.compile(r"第(?P<number>.+?)条(?:之(?P<branch>.+))?\Z")
_CLAUSE = re.compile(r"[。；;\n]")
_SHOWN = 120
"""Characters of an article shown where there is no own-words point; the rest is its full text."""


@dataclass
class Unit:
    """One article of one document: its text where imported, its headings, titles and points."""

    document: str
    article: str
    number: int
    branch: int = 0
    headings: tuple[str, ...] = ()
    text: str = ""
    titles: tuple[str, ...] = ()
    points: list[Point] = field(default_factory=list)
    near: list[Point] = field(default_factory=list)

    @cached_property
    def body(self) -> str:
        """Return the article's text in one form; own words stand for it where none is imported."""
        return squeeze(self.text or "".join(point.text for point in self.points))

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """Return the article's sentences and items in one form."""
        source = self.text or "。".join(point.text for point in self.points)
        return tuple(squeeze(clause) for clause in _CLAUSE.split(source) if clause.strip())

    @cached_property
    def heading(self) -> str:
        """Return the last two headings in one form."""
        return squeeze("，".join(self.headings[-2:]))

    @cached_property
    def scope(self) -> str | None:
        """Return the part of its law that a question must speak of, None for the common parts."""
        headings = "，".join(self.headings)
        return next((part for part in vocabulary().scopes if part in headings), None)

    @cached_property
    def actor(self) -> str | None:
        """Return which office the article speaks of first."""
        return actor_of(self.text)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Return the curated lines: titles, questions and aliases of the points, own titles."""
        found = [*self.titles]
        for point in self.points:
            found += [point.title, *point.questions, *point.aliases]
        return tuple(dict.fromkeys(squeeze(line) for line in found))

    @cached_property
    def near_lines(self) -> tuple[str, ...]:
        """Return the lines of points that rest on another article first."""
        return tuple(
            squeeze(line) for point in self.near for line in (point.title, *point.questions)
        )

    @cached_property
    def own_words(self) -> str:
        """Return what own-words points say, in one form."""
        return squeeze("。".join(point.text for point in (*self.points, *self.near)))

    @cached_property
    def everything(self) -> str:
        """Return all that can be found of this unit, in one form."""
        return "|".join((self.body, self.heading, self.own_words, *self.lines, *self.near_lines))

    @property
    def key(self) -> str:
        """Return what the article is asked for by."""
        return key_of(self.document, self.number, self.branch)

    def shown(self) -> Point:
        """Return the article itself as a point, for when no own-words point fits."""
        first = self.text.split("\n", 1)[0]
        short = first if len(first) <= _SHOWN else f"{first[:_SHOWN]}……"
        title = self.titles[0] if self.titles else "、".join(self.headings[-1:]) or self.article
        return Point(
            key=self.key,
            title=title,
            text=short,
            document=self.document,
            article=self.article,
            full_text=self.text or None,
        )


def gather(
    points: Iterable[Point],
    texts: Iterable[OfficialText],
    titles: Mapping[tuple[str, int], tuple[str, ...]],
) -> list[Unit]:
    """Bring points and imported texts together, article by article.

    An article that has titles but no text in the base is a unit too: that it answers is known from
    our own words, and who finds it is told that its text is not there.
    """
    units: dict[tuple[str, int, int], Unit] = {}
    for text in texts:
        for article in text.articles:
            units[text.title, article.number, article.branch] = _unit(text.title, article)
    for point in points:
        home = _at(units, point.document, point.article)
        home.points.append(replace(point, full_text=home.text or point.full_text))
    for (document, number), lines in titles.items():
        _at(units, document, f"第{chinese.numeral(number)}条").titles = lines
    for point in points:
        for provision in point.also:
            _near(units, point, provision)
    return list(units.values())


def _unit(title: str, article: Article) -> Unit:
    return Unit(
        document=title,
        article=article.label,
        number=article.number,
        branch=article.branch,
        headings=article.headings,
        text=article.text,
    )


def _at(units: dict[tuple[str, int, int], Unit], document: str, article: str) -> Unit:
    number, branch = place_of(article)
    key = (document, number, branch)
    if not number:  # a numbered point of a text without articles is known by its mark alone
        same = (at for at, one in units.items() if (at[0], one.article) == (document, article))
        key = next(same, key)
    if key not in units:
        units[key] = Unit(document, article, number, branch)
    return units[key]


def _near(units: dict[tuple[str, int, int], Unit], point: Point, provision: Provision) -> None:
    number, branch = place_of(provision.article)
    unit = units.get((provision.document, number, branch))
    if unit is not None:
        unit.near.append(point)


def key_of(document: str, number: int, branch: int) -> str:
    """Return what an article is asked for by."""
    return f"{document}#{number}" + (f"-{branch}" if branch else "")


def place_of(article: str) -> tuple[int, int]:
    """Return number and branch of 第二百八十二条之一."""
    match = _LABEL.match(article)
    if match is None:
        return 0, 0
    return chinese.number(match["number"]) or 0, chinese.number(match["branch"] or "零") or 0
