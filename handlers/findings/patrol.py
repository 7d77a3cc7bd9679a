"""The patrol over the card set: findings made, changed, closed, or put before the officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.counting import card_counts
from handlers.findings import citations, custody_alerts, finding_life, rule_sets, transfers
from handlers.findings import comparison as comparing
from handlers.findings.finding_values import CardIndex
from handlers.people import handovers
from storage import findings as findings_table
from storage import settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from handlers.desk import Desk
    from handlers.findings.comparison import Comparison, Import
    from knowledge.cards import CardSet
    from knowledge.rules.model import Hit, PatrolResult
    from knowledge.rules.rule import Rule
    from storage.transaction import Transaction


@dataclass(frozen=True)
class Patrolled:
    """A patrol's result and what it changed; findings by their numbers."""

    result: PatrolResult
    made: tuple[str, ...]
    closed: tuple[str, ...]
    changed: tuple[str, ...]
    date_changed: tuple[str, ...]
    vanished: tuple[str, ...]


def horizon(desk: Desk, today: date) -> date:
    """Return the last day a term must be warned of today because days off follow (point 14)."""
    return desk.calendar.workday_after(desk.calendar.workday_after(today))


def evaluate(
    desk: Desk, cards: CardSet, as_of: date, *, rules: Sequence[Rule] | None = None
) -> PatrolResult:
    """Run the office's rules over cards, or those given."""
    # polars takes a fifth of a second to load; who only reads answers never patrols
    from knowledge.rules import patrol as rules_patrol  # noqa: PLC0415

    found = rules_patrol.evaluate(
        cards,
        list(desk.rules.values()) if rules is None else rules,
        as_of=as_of,
        calendar=desk.calendar,
        settings=desk.settings,
        horizon=horizon(desk, as_of),
    )
    return custody_alerts.told_once(found, cards)


def apply(
    tx: Transaction,
    desk: Desk,
    result: PatrolResult,
    cards: CardSet,
    *,
    newest: Import | None = None,
    snapshot_id: int | None = None,
    baseline: bool = False,
) -> Patrolled:
    """Write what a patrol found; every change of a finding's state is a ledger entry."""
    rule_sets.note(tx, desk)
    basis = rule_sets.basis(tx, desk, snapshot_id)
    result = citations.with_links(result, citations.linked(tx.session, desk.office))
    open_ones = findings_table.open_ones(tx.session, desk.office)
    compared = comparing.compare(open_ones, result, cards=cards, newest=newest)
    index = CardIndex(cards)
    made = [
        finding_life.make(
            tx,
            desk.office,
            hit,
            index,
            day=result.as_of,
            snapshot_id=snapshot_id,
            baseline=baseline,
            basis=basis,
        )
        for hit in _in_order(compared.new, index)
    ]
    moved = [
        *(
            finding_life.see_again(tx, finding, hit, index, result.as_of)
            for finding, hit in compared.same
        ),
        *(
            finding_life.change(tx, finding, hit, index, result.as_of, basis=basis)
            for finding, hit in compared.changed
        ),
        *(finding_life.follow_card(tx, finding, index) for finding in compared.silent),
    ]
    transfers.tell_old(tx, desk, (one for one in moved if one is not None))
    handovers.end_overtaken(tx, desk, cards)
    _settle(tx, compared, newest)
    patrolled = Patrolled(
        result=result,
        made=tuple(one.number for one in made if one is not None),
        closed=tuple(
            one.number for one in (*compared.closable, *(gone for gone, _ in compared.passed_on))
        ),
        changed=tuple(one.number for one, _ in compared.changed),
        date_changed=tuple(one.finding.number for one in compared.date_changed),
        vanished=tuple(one.number for one in compared.vanished),
    )
    counted = card_counts.counts(cards, newest.added if newest else ())
    _record(tx, desk, patrolled, {"snapshot": snapshot_id, **counted}, accepted=made.count(None))
    return patrolled


def _settle(tx: Transaction, compared: Comparison, newest: Import | None) -> None:
    for finding in compared.closable:
        finding_life.close(tx, finding, "cured", actor="system")
    for finding, hit in compared.passed_on:
        finding_life.close(tx, finding, "passed_on", actor="system", case_no=hit.case_no)
    for change in compared.date_changed:
        finding_life.note_date_change(tx, change)
    for finding in compared.vanished:
        finding_life.note_vanished(tx, finding)
    if newest is not None:
        seen = (*(one for one, _ in compared.same), *compared.held)
        for finding in seen:
            finding.vanished = finding.vanished and finding.case_no not in newest.cases


def _record(
    tx: Transaction,
    desk: Desk,
    patrolled: Patrolled,
    counted: Mapping[str, object],
    *,
    accepted: int,
) -> None:
    result = patrolled.result
    missing = {rule: list(columns) for rule, columns in sorted(result.not_evaluated.items())}
    settings.write(tx.session, desk.office, "not_evaluated", missing)
    tx.record(
        "patrolled",
        f"day:{result.as_of}",
        actor="system",
        data={
            "as_of": result.as_of.isoformat(),
            "cases": result.cases,
            "persons": result.persons,
            "rules": result.rules,
            "hits": len(result.hits),
            "made": list(patrolled.made),
            "closed": list(patrolled.closed),
            "changed": list(patrolled.changed),
            "date_changed": list(patrolled.date_changed),
            "vanished": list(patrolled.vanished),
            "silent_as_accepted": accepted,
            "not_evaluated": sorted(missing),
            **counted,
        },
    )


def _in_order(hits: tuple[Hit, ...], cards: CardIndex) -> list[Hit]:
    """Order hits by person and urgency, so that a digest reads A01, A02 and so on.

    Hits of one item follow one another, at the place of the most pressing of them.
    """

    def rank(hit: Hit) -> tuple[bool, str, int, str, str]:
        card = cards.of_hit(hit)
        name = (card.text("承办检察官") if card else None) or ""
        return (not name, name, _pressing(hit), str(hit.due or "9999"), hit.case_no)

    first: dict[tuple[str, str], tuple[bool, str, int, str, str]] = {}
    for hit in hits:
        item = (hit.case_no, hit.item)
        first[item] = min(first.get(item, rank(hit)), rank(hit))
    return sorted(hits, key=lambda hit: (first[hit.case_no, hit.item], hit.item, rank(hit)))


def _pressing(hit: Hit) -> int:
    """Open terms come first, then what is still to be done, then past facts."""
    if hit.done is not None:
        return 2
    return 0 if hit.state in {"due_soon", "overdue"} else 1
