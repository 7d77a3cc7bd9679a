"""Questions that want a sum: a matter and a day in, the last day of the term with its steps out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import strict_yaml
from knowledge.periods import Amount, compute
from knowledge.replies.dates import find_clear_days

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from knowledge.calendar import Calendar
    from knowledge.periods import Period

_FILE = Path(__file__).with_name("terms.yaml")
_WANTS_DAY = re.compile(
    r"到期|届满|期满|截止|最晚|最迟|(?:什么时候|啥时候|哪天|哪一天|几号|何时)(?:要|该|得|前)?"
    r"(?:办|完|审|决定|作出|结|批|到)|算(?:一)?(?:下|到)|期限"
)
_BEGUN = re.compile(r"收案|受案|受理|收到|收的|移送|送来|报来|报捕|提请|取保|监居|退")
_FREE = re.compile(r"(?:没有?|未|不)被?(?:刑?拘留?|羁押|在押|关)|取保|不在押|监居|监视居住")
_HELD = re.compile(r"拘留|刑拘|在押|羁押|关着|押着|已拘|拘了")
_SHORT = 20
_BOTH = ("审查逮捕", "审查起诉")
"""What is meant by a day of receipt alone: one of the two that are counted every day."""


@dataclass(frozen=True)
class Term:
    """One length of a matter; `custody` None: for people in custody and others alike."""

    matter: str
    amount: str
    point: str
    custody: bool | None = None
    note: str = ""
    longest: bool = False


@dataclass(frozen=True)
class Counted:
    """A term counted from a day; `in_custody` is what was supposed for it."""

    term: Term
    period: Period
    in_custody: bool


@dataclass(frozen=True)
class TermQuestion:
    """What was asked: the matters it may be, the day it begins with, custody where it was said."""

    matters: tuple[str, ...]
    start: date
    custody: bool | None

    @property
    def is_of_one_matter(self) -> bool:
        """Tell whether the question says which term it means."""
        return len(self.matters) == 1


def read(text: str, today: date, calendar: Calendar) -> TermQuestion | None:
    """Return a question for the end of a term, None where a text is none."""
    days = find_clear_days(text, today)
    start = days[0].resolve(today, calendar, "past") if days else None
    if start is None:
        return None
    custody = False if _FREE.search(text) else True if _HELD.search(text) else None
    matter = next((name for name, said in _said().items() if said.search(text)), None)
    if matter is None:
        told = custody is not None and _BEGUN.search(text) and len(text) <= _SHORT
        return TermQuestion(_BOTH, start, custody) if told else None
    wanted = _WANTS_DAY.search(text)
    return TermQuestion((matter,), start, custody) if wanted else None


def matters() -> Iterable[str]:
    """Return the names of all matters that are counted."""
    return _said()


def count(asked: TermQuestion, calendar: Calendar) -> list[Counted]:
    """Count every term that may be meant, the earlier end first.

    Where custody was not said, both are counted: in custody a last day off does not move.
    """
    found: list[Counted] = []
    for term in _terms():
        if term.matter in asked.matters:
            found += _counted(term, asked, calendar)
    return sorted(found, key=lambda one: str(one.period.due))


def _counted(term: Term, asked: TermQuestion, calendar: Calendar) -> Iterable[Counted]:
    supposed = {True, False} if asked.custody is None else {asked.custody}
    if term.custody is not None:
        supposed &= {term.custody}
    done = [
        Counted(term, _period(term, asked.start, calendar, in_custody=held), held)
        for held in sorted(supposed, reverse=True)
    ]
    same = len(done) == 2 and done[0].period.due == done[1].period.due
    return done[:1] if same else done


def _period(term: Term, start: date, calendar: Calendar, *, in_custody: bool) -> Period:
    return compute(
        start,
        Amount.parse(term.amount),
        calendar=calendar,
        custody=in_custody,
        roll=not term.longest,
    )


@cache
def _entries() -> tuple[tuple[str, re.Pattern[str], tuple[Term, ...]], ...]:
    return tuple(
        (
            entry["matter"],
            re.compile(entry["said"]),
            tuple(Term(matter=entry["matter"], **term) for term in entry["terms"]),
        )
        for entry in strict_yaml.load(_FILE)
    )


def _said() -> dict[str, re.Pattern[str]]:
    return {name: said for name, said, _ in _entries()}


def _terms() -> Iterable[Term]:
    return (term for _, _, terms in _entries() for term in terms)
