"""One end of custody is told once: not again for each stage the same person's case is in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.cards import CardSet
    from knowledge.rules.model import Hit, PatrolResult
    from storage.models.findings import Finding

Alert = tuple[str, str, str, date | None]
"""Who and what a custody alert is about: person, rule, start, end; not in which case it stands."""


def alert_of(hit: Hit) -> Alert | None:
    """Return what a hit alerts of, None where it is no term of a person in custody."""
    if hit.person_no is None or hit.term is None or not hit.term.custody:
        return None
    return (hit.person_no, hit.rule, hit.occurrence, hit.due)


def told_once(result: PatrolResult, cards: CardSet) -> PatrolResult:
    """Leave each custody alert to the latest stage, and each end of custody to one of its items."""
    accepted = _accepted(cards)
    latest: dict[Alert, str] = {}
    for hit in result.hits:
        alert = alert_of(hit)
        if alert is not None:
            known = latest.setdefault(alert, hit.case_no)
            if accepted.get(hit.case_no, date.min) > accepted.get(known, date.min):
                latest[alert] = hit.case_no
    kept = [
        hit
        for hit in result.hits
        if (alert := alert_of(hit)) is None or latest[alert] == hit.case_no
    ]
    return replace(result, hits=tuple(_each_end_once(kept)))


def passed_on(finding: Finding, hits: Iterable[Hit]) -> Hit | None:
    """Return the hit by which the same end of custody is now told in another case."""
    if not finding.custody:
        return None
    about = (finding.person_no, finding.rule, finding.occurrence, finding.due)
    return next(
        (hit for hit in hits if alert_of(hit) == about and hit.case_no != finding.case_no), None
    )


def _each_end_once(hits: list[Hit]) -> Iterable[Hit]:
    """Name the end of custody in the item whose own term ends first; the others go without."""
    first: dict[tuple[str, date], Hit] = {}
    for hit in hits:
        end = _end(hit)
        if end is not None:
            known = first.setdefault(end, hit)
            if (hit.due or date.max, hit.case_no) < (known.due or date.max, known.case_no):
                first[end] = hit
    for hit in hits:
        end = _end(hit)
        yield hit if end is None or first[end].case_no == hit.case_no else _without_end(hit)


def _end(hit: Hit) -> tuple[str, date] | None:
    if hit.person_no is None or hit.term is None or hit.term.custody_end is None:
        return None
    return (hit.person_no, hit.term.custody_end)


def _without_end(hit: Hit) -> Hit:
    # the wording brings the rules' language along: only who patrols pays for it
    from knowledge.rules.wording import custody_words  # noqa: PLC0415

    assert hit.term is not None  # noqa: S101 - _end saw to it
    assert hit.due is not None  # noqa: S101 - a term has an end
    words = custody_words(hit.term, hit.due)
    return replace(
        hit,
        fact=hit.fact.replace(words, ""),
        plain_fact=hit.plain_fact.replace(words, ""),
        term=replace(hit.term, custody_end=None),
    )


def _accepted(cards: CardSet) -> Mapping[str, date]:
    found: dict[str, date] = {}
    for card in cards.cards:
        day = card.values.get("受理日期")
        if isinstance(day, datetime):
            day = day.date()
        if isinstance(day, date):
            found[card.case_no] = day
    return found
