"""The terms that run in some cases today, whether or not a rule speaks of them yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knowledge.rules import patrol, versions
from knowledge.rules.frame import ROW
from knowledge.rules.interpret import Row, Surroundings
from knowledge.rules.rule import TermBody
from knowledge.rules.run import Asked
from knowledge.rules.source import Cards

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from knowledge.calendar import Calendar
    from knowledge.cards import Card, CardSet
    from knowledge.rules.found import Found
    from knowledge.rules.rule import Rule


@dataclass(frozen=True)
class RunningTerm:
    """One term that is not met: its rule, whose it is, its last day, and the days left."""

    rule: str
    title: str
    case_no: str
    person_no: str | None
    due: date
    days_left: int
    certain: bool


def running(
    cards: CardSet,
    rules: Sequence[Rule],
    *,
    as_of: date,
    calendar: Calendar,
    settings: Mapping[str, int | None],
) -> list[RunningTerm]:
    """Return every term that runs or is over and not met, the nearest end first.

    Args:
        cards: the cards to look at.
        rules: the rules of the office; those without a term are left out.
        as_of: the day it is.
        calendar: working days and days off.
        settings: the office's own numbers.
    """
    with_terms = [each for each in versions.apart(rules) if isinstance(each.body, TermBody)]
    if not cards.cards or not with_terms:
        return []
    found = patrol.find(Cards(cards), with_terms, Asked(as_of, as_of, calendar, settings))
    running_terms = [one for rule in with_terms for one in _of_rule(rule, found)]
    return sorted(
        running_terms, key=lambda one: (one.due, one.rule, one.case_no, one.person_no or "")
    )


def detained(cards: CardSet, *, as_of: date, calendar: Calendar) -> list[Card]:
    """Return the cards of who is in custody, as the card says or as is derived."""
    around = Surroundings(cards, as_of, calendar)
    return [
        card for card in cards.cards if Row(card, around, {}, {}).resolved("是否在押").value == "是"
    ]


def _of_rule(rule: Rule, found: Found) -> Iterator[RunningTerm]:
    body = rule.body
    if not isinstance(body, TermBody) or body.kind == "before_event":
        return
    as_of = found.asked.as_of
    for row in found.term_rows(rule):
        if row["done"] or row["due"] is None or _not_yet(body, row, as_of):
            continue
        card = found.source.card(row[ROW])
        yield RunningTerm(
            rule=rule.id,
            title=rule.title,
            case_no=card.case_no,
            person_no=card.person_no,
            due=row["due"],
            days_left=(row["due"] - as_of).days,
            certain=row["certain"],
        )


def _not_yet(body: TermBody, row: Mapping[str, Any], as_of: date) -> bool:
    """A duty the law calls prompt has no end to count down to before its fact is there."""
    return body.kind == "immediate" and bool(row["due"] >= as_of)
