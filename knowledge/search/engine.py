"""The search itself: numbers first, then words; unsure is said, and nothing rather than noise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.search import certainty, grams, postings, references, units
from knowledge.search import question as questions
from knowledge.search.certainty import MAYBE, SURE
from knowledge.search.model import Answer, Result
from knowledge.search.normalise import clean
from knowledge.search.numbered import Numbered
from knowledge.search.ranking import Ranker
from knowledge.search.units import place_of
from knowledge.search.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from knowledge.laws.model import OfficialText
    from knowledge.search.certainty import Signs
    from knowledge.search.latin import Latin
    from knowledge.search.model import Point, Provision
    from knowledge.search.postings import Postings
    from knowledge.search.question import Question
    from knowledge.search.ranking import Found
    from knowledge.search.references import References
    from knowledge.search.spelling import Speller
    from knowledge.search.units import Unit

_MENDED = 0.94
_FAR = 0.35
"""What ranks below this share of the best is no answer, even where three are offered."""
_OWN_WORDS = 0.4
"""How much better an article must fit than the own-words points on it to be shown itself."""
_BROAD = 4
"""A question of so few characters names a whole chapter, unless it is a curated line."""
_EXACT = 0.95
_MOSTLY = 0.8
"""From this share of imported articles on, own words on other laws stand beside the matter."""
_HOLE = 0.25
"""Share of a question that one part may lack in a sure answer."""
_SPELT = 10_000
"""Units in which initials are looked for."""
_NOTHING = Answer((), certain=True)


def build(
    points: Iterable[Point],
    texts: Iterable[OfficialText] = (),
    titles: Mapping[tuple[str, int], tuple[str, ...]] | None = None,
) -> Engine:
    """Return the search over points and official texts; titles are further ways to ask."""
    gathered = units.gather(tuple(points), texts, titles or {})
    return Engine(gathered, postings.build(map(count, gathered)))


def count(unit: Unit) -> Counter[str]:
    """Count the grams of a unit: curated lines weigh most, headings as much as the text."""
    return grams.count(
        (
            (unit.body, 1.0),
            (unit.heading, 1.0),
            (unit.own_words, 0.6),
            ("|".join(unit.lines), 1.0),
            ("|".join(unit.near_lines), 0.7),
        )
    )


@dataclass(frozen=True)
class _Version:
    """One way to read what was typed, and how much its finds count."""

    question: Question
    trust: float


@dataclass(frozen=True)
class _Hit:
    found: Found
    version: _Version

    @property
    def rank(self) -> float:
        return self.found.rank * self.version.trust


class Engine:
    """Answers questions from the units of one base; safe to share between threads."""

    def __init__(self, gathered: Sequence[Unit], index: Postings) -> None:
        self._units = gathered
        self._postings = index
        self._ranker = Ranker(gathered, index)
        self._numbered = Numbered(gathered, self._ranker, self._point_of)
        self._titles = references.Titles(dict.fromkeys(unit.document for unit in gathered))

    def ask(self, question: str, *, limit: int = 3) -> Answer:
        """Return the best points for a question in ordinary words, pinyin or an article number."""
        text = clean(question)
        cited = references.find(text, self._titles)
        if cited.foreign:
            return _NOTHING
        if cited.articles:
            return self._numbered.answer(cited, limit)
        hits = self._hits(cited)
        sure = certainty.confidence(self._signs(hits[0])) if hits else 0.0
        if sure < MAYBE:
            return _NOTHING
        best = hits[0].rank
        near = [hit for hit in hits[:limit] if hit.rank >= _FAR * best]
        results = (self._result(hit, 100 * sure * hit.rank / best) for hit in near)
        certain = sure >= SURE and hits[0].found.fit.gap <= _HOLE and not _is_broad(hits[0])
        return Answer(tuple(results), certain=certain)

    def on(self, day: date) -> Engine:
        """Return this very search: which texts are in force is its opener's business."""
        del day
        return self

    def point(self, key: str) -> Point | None:
        """Return the point with a key; an imported article is one too."""
        return self._by_key.get(key)

    def beside(self, key: str, step: int) -> Point | None:
        """Return the provision before or after the one a point rests on, in the same text."""
        point = self.point(key)
        if point is None:
            return None
        ordered = self._in_order[point.document]
        place = ordered.index((*place_of(point.article), self._place_of[point.key])) + step
        return self._units[ordered[place][2]].shown() if 0 <= place < len(ordered) else None

    def provision(self, provision: Provision) -> Point | None:
        """Return the imported article a provision names, or a point that rests on it."""
        at = self._by_label.get((provision.document, provision.article))
        if at is None:
            return None
        unit = self._units[at]
        return unit.shown() if unit.text or not unit.points else unit.points[0]

    def siblings(self, key: str) -> tuple[Point, ...]:
        """Return the other own-words points that rest on the same provision."""
        at = self._place_of.get(key)
        return (
            tuple(one for one in self._units[at].points if one.key != key) if at is not None else ()
        )

    def nearest(self, question: str, *, limit: int = 3) -> tuple[Point, ...]:
        """Return what comes nearest to a question, however unsure, for a person to choose from."""
        hits = self._hits(references.find(clean(question), self._titles))
        return tuple(self._result(hit, 0.0).point for hit in hits[:limit])

    def signs(self, question: str) -> Signs | None:
        """Return what speaks for and against the best find; None where numbers or nothing tell."""
        cited = references.find(clean(question), self._titles)
        hits = [] if cited.foreign or cited.articles else self._hits(cited)
        return self._signs(hits[0]) if hits else None

    def forget(self, key: str, words: str) -> bool:
        """Forget nothing: nothing was learnt here."""
        del key, words
        return False

    def learn(self, key: str, words: str) -> bool:
        """Learn nothing: this base is only in memory, its opener keeps what is learnt."""
        del key, words
        return False

    def warm(self) -> None:
        """Make everything ready that a first question would otherwise wait for."""
        self._ranker.remember()
        self._latin.readings("qbhs")
        self._speller.repaired("取保候甚")

    def _hits(self, cited: References) -> list[_Hit]:
        best: dict[int, _Hit] = {}
        for version in self._versions(cited.rest):
            for found in self._ranker.rank(version.question, cited.document):
                hit = _Hit(found, version)
                if found.unit not in best or hit.rank > best[found.unit].rank:
                    best[found.unit] = hit
        return sorted(best.values(), key=lambda hit: -hit.rank)

    def _signs(self, hit: _Hit) -> Signs:
        unit = self._units[hit.found.unit]
        return certainty.signs(
            hit.version.question,
            hit.found,
            unit,
            self._postings,
            beside=self._has_texts and not unit.text,
        )

    def _versions(self, text: str) -> Iterable[_Version]:
        """Read what was typed as it stands, its letters as pinyin, and its typos mended."""
        if not questions.read(text).whole:
            return
        read = self._latin.readings(text) if any("a" <= char <= "z" for char in text) else []
        for version in read or [text]:
            yield _version(version, 1.0)
        if not read and self._has_strange_pairs(text) and not vocabulary().foreign.search(text):
            mended = self._speller.repaired(text.replace(" ", ""))
            if mended is not None:
                yield _version(mended, _MENDED)

    def _has_strange_pairs(self, text: str) -> bool:
        return any(
            not self._postings.knows(text[place : place + 2]) for place in range(len(text) - 1)
        )

    def _result(self, hit: _Hit, score: float) -> Result:
        unit = self._units[hit.found.unit]
        return Result(self._point_of(unit, hit.version.question), round(score, 2))

    def _point_of(self, unit: Unit, asked: Question) -> Point:
        """Return the own-words point of a unit that fits best, else the article itself."""
        if not unit.points:
            return unit.shown()
        matcher = self._ranker.matcher(asked)
        best = max(unit.points, key=matcher.fit_of_point)
        is_beside = unit.text and matcher.fit_of_article(unit) > (
            matcher.fit_of_point(best) + _OWN_WORDS
        )
        return unit.shown() if is_beside else best

    @cached_property
    def _by_key(self) -> dict[str, Point]:
        points = {point.key: point for point in (unit.shown() for unit in self._units)}
        return points | {point.key: point for unit in self._units for point in unit.points}

    @cached_property
    def _place_of(self) -> dict[str, int]:
        places = {unit.key: at for at, unit in enumerate(self._units)}
        return places | {one.key: at for at, unit in enumerate(self._units) for one in unit.points}

    @cached_property
    def _in_order(self) -> dict[str, list[tuple[int, int, int]]]:
        ordered: dict[str, list[tuple[int, int, int]]] = {}
        for at, unit in enumerate(self._units):
            ordered.setdefault(unit.document, []).append((*place_of(unit.article), at))
        return {document: sorted(places) for document, places in ordered.items()}

    @cached_property
    def _by_label(self) -> dict[tuple[str, str], int]:
        return {(unit.document, unit.article): at for at, unit in enumerate(self._units)}

    @cached_property
    def _has_texts(self) -> bool:
        texts = sum(bool(unit.text) for unit in self._units)
        return texts > _MOSTLY * len(self._units)

    @cached_property
    def _latin(self) -> Latin:
        from knowledge.search.latin import Latin  # noqa: PLC0415 - only for letters: start-up

        texts = [unit.everything for unit in self._units[:_SPELT]]
        return Latin(self._speller.sounds, self._speller.likely, texts)

    @cached_property
    def _speller(self) -> Speller:
        from knowledge.search.likely import Likely  # noqa: PLC0415 - only for typos: start-up
        from knowledge.search.sounds import Sounds  # noqa: PLC0415
        from knowledge.search.spelling import Speller  # noqa: PLC0415

        return Speller(Sounds(self._postings.characters()), Likely(self._postings))


def _version(text: str, trust: float) -> _Version:
    return _Version(questions.read(text), trust)


def _is_broad(hit: _Hit) -> bool:
    return len(hit.version.question.whole) <= _BROAD and hit.found.fit.line < _EXACT
