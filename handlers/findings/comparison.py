"""Hold the hits of a patrol against the open findings: what is new, changed, gone, or asked about.

Nothing is written here; a preview and the patrol itself use the same comparison.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from handlers.findings import custody_alerts
from storage.findings import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.cards import Card, CardSet, Value
    from knowledge.rules.model import Hit, PatrolResult
    from storage.models.findings import Finding

Identity = tuple[str, str, str, str]


@dataclass(frozen=True)
class DateChange:
    """A date that was altered after the prompt so that a term now looks met (事后改期)."""

    finding: Finding
    values: Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True)
class Comparison:
    """What one patrol changes; `closable` findings rest on a newer export that shows the cure.

    `passed_on`: the end of custody is told in the case of a later stage now, by the hit named.
    """

    new: tuple[Hit, ...] = ()
    same: tuple[tuple[Finding, Hit], ...] = ()
    changed: tuple[tuple[Finding, Hit], ...] = ()
    closable: tuple[Finding, ...] = ()
    date_changed: tuple[DateChange, ...] = ()
    vanished: tuple[Finding, ...] = ()
    held: tuple[Finding, ...] = ()
    passed_on: tuple[tuple[Finding, Hit], ...] = ()

    @property
    def silent(self) -> tuple[Finding, ...]:
        """The findings that stay open though their rule says nothing of them today."""
        return (*self.held, *(one.finding for one in self.date_changed))


@dataclass(frozen=True)
class Import:
    """What the newest import alone shows: the cases it covers and the patrol over it alone.

    A finding closes only when this import holds its row and its rule could be evaluated on it.
    `vanished` are known cases that an export of their kind no longer holds, `added` those that were
    in no card before; `day_before` is the day
    of the export before this one: a blank on a later day than the term's end was really a blank.
    """

    cards: CardSet
    result: PatrolResult
    vanished: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()
    day_before: date | None = None

    @cached_property
    def rows(self) -> frozenset[tuple[str, str]]:
        """The rows this import holds: case, and person or ""."""
        return frozenset((card.case_no, card.person_no or "") for card in self.cards.cards)

    @cached_property
    def persons(self) -> Mapping[str, tuple[str | None, ...]]:
        """The persons this import holds of each case; None for a row of the whole case."""
        found: dict[str, tuple[str | None, ...]] = {}
        for card in self.cards.cards:
            found[card.case_no] = (*found.get(card.case_no, ()), card.person_no)
        return found

    @cached_property
    def cases(self) -> frozenset[str]:
        """The cases this import holds."""
        return frozenset(card.case_no for card in self.cards.cards)


def hit_identity(hit: Hit) -> Identity:
    """Return who a hit is about: case, person or "", rule, occurrence."""
    return (hit.case_no, hit.person_no or "", hit.rule, hit.occurrence)


def finding_identity(finding: Finding) -> Identity:
    """Return who a finding is about, in the form of a hit's identity."""
    return (finding.case_no, finding.person_no, finding.rule, finding.occurrence)


def as_stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as they lie in the database: days and moments as ISO text."""
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in values.items()
    }


def compare(
    findings: Iterable[Finding],
    result: PatrolResult,
    *,
    cards: CardSet,
    newest: Import | None,
) -> Comparison:
    """Compare; without a newest import nothing closes and nothing counts as vanished."""
    open_ones = {finding_identity(finding): finding for finding in findings}
    hits = {hit_identity(hit): hit for hit in result.hits}
    spoken = [(open_ones[one], hit) for one, hit in hits.items() if one in open_ones]
    silent = [finding for one, finding in open_ones.items() if one not in hits]
    named = _named_persons(silent, [hit for one, hit in hits.items() if one not in open_ones])
    spoken += [(one, named[one.id]) for one in silent if one.id in named]
    silent = [one for one in silent if one.id not in named]
    known = {*open_ones, *(hit_identity(hit) for hit in named.values())}
    passed_on = [
        (one, hit) for one in silent if (hit := custody_alerts.passed_on(one, result.hits))
    ]
    gone_over = {one.id for one, _ in passed_on}
    silent = [one for one in silent if one.id not in gone_over]
    closable, date_changed, held = _sort_silent(silent, result, cards, newest)
    gone = newest.vanished if newest else frozenset()
    return Comparison(
        new=tuple(hit for one, hit in hits.items() if one not in known),
        same=tuple(pair for pair in spoken if not has_changed(*pair)),
        changed=tuple(pair for pair in spoken if has_changed(*pair)),
        closable=tuple(closable),
        date_changed=tuple(date_changed),
        vanished=tuple(one for one in open_ones.values() if one.case_no in gone),
        held=tuple(held),
        passed_on=tuple(passed_on),
    )


def _named_persons(silent: Iterable[Finding], unknown: Iterable[Hit]) -> dict[int, Hit]:
    """Return by whose hits findings on whole cases go on, now that an export names the persons.

    A list knows no persons: what it showed of a case is the first person's once he has a row.
    """
    waiting: dict[tuple[str, str, str], list[Hit]] = {}
    for hit in unknown:
        if hit.person_no is not None:
            waiting.setdefault((hit.case_no, hit.rule, hit.occurrence), []).append(hit)
    named: dict[int, Hit] = {}
    for finding in silent:
        hits = waiting.get((finding.case_no, finding.rule, finding.occurrence))
        if not finding.person_no and hits:
            named[finding.id] = hits.pop(0)
    return named


def has_changed(finding: Finding, hit: Hit) -> bool:
    """Tell whether the values a rule rests on, or what it says of them, are not as they were."""
    return not same_values(finding, hit) or finding.hit_state != hit.state or finding.due != hit.due


def same_values(finding: Finding, hit: Hit) -> bool:
    """Tell whether a hit rests on the values a finding rests on; a new blank column is none."""
    return filled(finding.evidence) == filled(as_stored(hit.evidence))


def _sort_silent(
    silent: Iterable[Finding], result: PatrolResult, cards: CardSet, newest: Import | None
) -> tuple[list[Finding], list[DateChange], list[Finding]]:
    by_key = {(card.case_no, card.person_no or ""): card for card in cards.cards}
    closable: list[Finding] = []
    date_changed: list[DateChange] = []
    held: list[Finding] = []
    for finding in silent:
        if newest is None or not _shows_a_cure(finding, result, newest):
            held.append(finding)
        elif altered := altered_dates(finding, _card_of(by_key, finding), newest.day_before):
            date_changed.append(DateChange(finding, altered))
        else:
            closable.append(finding)
    return closable, date_changed, held


def _shows_a_cure(finding: Finding, result: PatrolResult, newest: Import) -> bool:
    """A rule is silent and was evaluated, on the card set and on the newest import alone."""
    if result.asked is not None and finding.rule not in result.asked:
        return False
    if not finding.person_no:
        persons = newest.persons.get(finding.case_no, ())
    else:
        row = (finding.case_no, finding.person_no)
        held = row in newest.rows or (finding.case_no, "") in newest.rows
        persons = (finding.person_no,) if held else ()
    if not persons:
        return False
    keys = {(finding.rule, finding.case_no, one) for one in persons}
    if any(hit_identity(hit)[:3] == finding_identity(finding)[:3] for hit in newest.result.hits):
        # the same rule still speaks of this row, only from another start
        return True
    return not any(one in result.unevaluated or one in newest.result.unevaluated for one in keys)


def _card_of(by_key: Mapping[tuple[str, str], Card], finding: Finding) -> Card | None:
    exact = by_key.get((finding.case_no, finding.person_no))
    if exact is not None:
        return exact
    return next((card for (case_no, _), card in by_key.items() if case_no == finding.case_no), None)


def altered_dates(
    finding: Finding, card: Card | None, day_before: date | None
) -> dict[str, tuple[str | None, str | None]]:
    """Return the days that were altered so that the term now looks met, with old and new value.

    A day that stood in the card and reads differently now counts; so does a day within the term
    that was still blank in an export made after the term's end (design, point 5). A blank in an
    export made before the end proves nothing: the day had not come yet.
    """
    if card is None or finding.told_at is None or finding.due is None:
        return {}
    changed: dict[str, tuple[str | None, str | None]] = {}
    blank_after_the_end = day_before is not None and day_before > finding.due
    for name, old in finding.evidence.items():
        new = _day_text(card.values.get(name))
        if new is None:
            continue
        moved = isinstance(old, str) and _is_day(old) and old[:10] != new
        backdated = (
            old is None
            and finding.hit_state == "overdue"
            and finding.done is None
            and blank_after_the_end
            and new <= finding.due.isoformat()
        )
        if moved or backdated:
            changed[name] = (old, new)
    return changed


def _day_text(value: Value) -> str | None:
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True
