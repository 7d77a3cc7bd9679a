"""How alike a question and a curated line are, both as typed and as the texts would say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.search.grams import pairs

if TYPE_CHECKING:
    from knowledge.search.question import Question
    from knowledge.search.weigher import Lines, Weighed, Weigher

_NUMBER = "[一二三四五六七八九十两半百千0-9]+"
_OF_KIND: dict[str, re.Pattern[str]] = {
    "term": re.compile(
        rf"期限|时间|时限|多久|多长|几[天日个小]|最长|何时|什么时候|{_NUMBER}(?:日|天|个?月|小时|年)"
    ),
    "times": re.compile(rf"次数|几次|(?!一次){_NUMBER}次"),
    "amount": re.compile(r"多少|最少|最低|数额|人数|几[个份]|份"),
    "who": re.compile(r"谁|由|权限|主体|批准|决定|哪"),
    "where": re.compile(r"哪里|地点|处所|管辖|哪"),
    "conditions": re.compile(r"条件|情形|情况|标准|什么人|哪些|认定|对象"),
    "content": re.compile(r"内容|种类|哪些|范围|包括|什么"),
}

_PHRASE = 2
"""How many times longer than the typed word a phrase may be before its pairs count less."""


@dataclass(frozen=True)
class Alike:
    """The best of several lines, each between 0 and 1.

    `line` is how alike it is, `kind` the same among the lines of the wanted kind, `said` how much
    of the question one line says.
    """

    line: float = 0.0
    kind: float = 0.0
    said: float = 0.0

    def or_better(self, other: Alike, trust: float = 1.0) -> Alike:
        """Return the better of two in each respect."""
        return Alike(
            max(self.line, trust * other.line),
            max(self.kind, trust * other.kind),
            max(self.said, trust * other.said),
        )


@dataclass(frozen=True)
class _Form:
    """One way to say the question, weighed; `free` are pairs that a chapter says already."""

    pairs: Weighed
    free: Weighed
    needed: float
    whole: float


class LineMatcher:
    """A question made ready to be held against curated lines."""

    def __init__(self, question: Question, weigher: Weigher) -> None:
        self._weigher = weigher
        self._kinds = [_OF_KIND[want] for want in question.wants]
        forms = {form: weigher.weigh(form) for form in (question.typed, question.whole)}
        if question.content not in forms:
            forms[question.content] = _as_meant(question, weigher)
        self._weighed = [weighed for weighed in forms.values() if weighed]
        self._under: dict[str, list[_Form]] = {}

    def best(self, lines: tuple[str, ...], heading: str) -> Alike:
        """Compare lines; pairs that only name the chapter need not be said again by a title."""
        forms = self._under.get(heading)
        if forms is None:
            forms = self._under[heading] = [_form(one, heading) for one in self._weighed]
        laid_out = self._weigher.lines(lines)
        best, of_kind, most_said = 0.0, 0.0, 0.0
        for form in forms:
            free = _shared(form.free, laid_out)
            for at, shared in _shared(form.pairs, laid_out).items():
                alike = 2 * shared / (form.needed + free.get(at, 0.0) + laid_out.wholes[at])
                best, most_said = max(best, alike), max(most_said, shared / form.whole)
                if alike > of_kind and self._is_of_kind(laid_out.forms[at]):
                    of_kind = alike
        return Alike(min(1.0, best), min(1.0, of_kind), min(1.0, most_said))

    def _is_of_kind(self, line: str) -> bool:
        return any(kind.search(line) for kind in self._kinds)


def _shared(pairs: Weighed, lines: Lines) -> dict[int, float]:
    """Return for each line that shares a pair how much it shares."""
    shared: dict[int, float] = {}
    for pair, weight in pairs.items():
        if not weight:  # a pair of mere particles says nothing
            continue
        for at in lines.at.get(pair, ()):
            shared[at] = shared.get(at, 0.0) + weight
    return shared


def _as_meant(question: Question, weigher: Weigher) -> Weighed:
    """Weigh the question in the words of the texts; the longest phrases count somewhat less."""
    weighed = weigher.weigh(question.content)
    for part in question.each_part:
        if part.meant:
            share = min(1.0, _PHRASE * part.says(1))
            for pair in pairs(part.meant[0]):
                if pair in weighed:
                    weighed[pair] *= share
    return weighed


def _form(weighed: Weighed, heading: str) -> _Form:
    free = {gram: weight for gram, weight in weighed.items() if gram in heading}
    whole = sum(weighed.values())
    return _Form(weighed, free, whole - sum(free.values()), whole)
