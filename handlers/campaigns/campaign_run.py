"""The one-off run of a campaign's rules over its cases, rules that are off among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.campaigns.campaign_draw import ready_of
from handlers.findings import comparison as comparing
from handlers.findings import finding_life, patrol, rule_sets
from handlers.findings.finding_values import CardIndex
from handlers.imports.sources import of_campaign
from storage import campaigns as campaigns_table
from storage import findings as findings_table
from storage import snapshots

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from handlers.desk import Desk
    from knowledge.cards import CardSet
    from knowledge.rules.interpret import Row
    from knowledge.rules.model import Hit
    from knowledge.rules.rule import Rule
    from storage.models.campaigns import Campaign, CampaignCase
    from storage.models.people import Person
    from storage.transaction import Transaction


@dataclass(frozen=True)
class Ran:
    """What a run found: findings made, findings there were before, hits that were accepted once."""

    made: tuple[str, ...]
    known: tuple[str, ...]
    accepted: int
    not_evaluated: tuple[str, ...]


def hits(
    desk: Desk, cards: CardSet, rules: Iterable[str], case_nos: Iterable[str], today: date
) -> tuple[list[Hit], dict[str, list[str]]]:
    """Return what some rules say of some cases today, and the columns that others lacked.

    The rules in force run along, since checks may rest on the terms they compute.
    """
    known = rule_sets.known(desk)
    chosen = [known[one] for one in rules if one in known]
    result = patrol.evaluate(desk, cards, today, rules=_together(desk, chosen))
    wanted, inside = {rule.id for rule in chosen}, set(case_nos)
    found = [hit for hit in result.hits if hit.rule in wanted and hit.case_no in inside]
    missing = {
        rule: list(columns) for rule, columns in result.not_evaluated.items() if rule in wanted
    }
    return found, missing


def _together(desk: Desk, chosen: Sequence[Rule]) -> list[Rule]:
    by_id = {rule.id: rule for rule in desk.rules.values()} | {rule.id: rule for rule in chosen}
    return list(by_id.values())


def run(
    tx: Transaction, desk: Desk, person: Person, campaign: Campaign, listed: Sequence[CampaignCase]
) -> Ran:
    """Run the rules once over the list: hits become findings that wait for the officer."""
    cards = snapshots.cards(tx.session, desk.office)
    today = tx.now.date()
    by_case = {one.case_no: one for one in listed}
    found, missing = hits(desk, cards, campaign.rules, by_case, today)
    campaign.not_evaluated = missing
    index, basis = CardIndex(cards), rule_sets.basis(tx, desk, None)
    made: list[str] = []
    known: list[str] = []
    for hit in found:
        case = by_case[hit.case_no]
        before = findings_table.by_identity(tx.session, desk.office, comparing.hit_identity(hit))
        if before is not None and before.state != findings_table.CLOSED:
            campaigns_table.link(tx.session, campaign.id, case, before, "known")
            known.append(before.number)
            continue
        finding = finding_life.make(
            tx,
            desk.office,
            hit,
            index,
            day=today,
            snapshot_id=None,
            baseline=False,
            basis=basis,
            source=of_campaign(campaign.number),
        )
        if finding is not None:
            campaigns_table.link(tx.session, campaign.id, case, finding, "rule")
            made.append(finding.number)
    _propose_marks(desk, campaign, listed, cards, today)
    ran = Ran(tuple(made), tuple(known), len(found) - len(made) - len(known), tuple(missing))
    tx.record(
        "campaign_ran",
        f"campaign:{campaign.number}",
        actor=f"person:{person.id}",
        data={
            "rules": list(campaign.rules),
            "cases": len(listed),
            "hits": len(found),
            "made": made,
            "known": known,
            "silent_as_accepted": ran.accepted,
            "not_evaluated": sorted(missing),
            "basis": basis,
        },
    )
    return ran


def _propose_marks(
    desk: Desk,
    campaign: Campaign,
    listed: Sequence[CampaignCase],
    cards: CardSet,
    today: date,
) -> None:
    """Put what the cards show of the key figures beside each case; the officer may change it."""
    ready = ready_of(desk, campaign)
    if ready is None or not ready.marks:
        return
    rows = rows_of(desk, cards, today)
    for one in listed:
        one.marks = ready.proposed(rows.get(one.case_no, []))


def rows_of(desk: Desk, cards: CardSet, today: date) -> dict[str, list[Row]]:
    """Return the cards as conditions read them, case by case."""
    # the rules bring their grammar along: only who counts figures pays for it
    from knowledge.rules.interpret import Row, Surroundings  # noqa: PLC0415

    around = Surroundings(cards, today, desk.calendar)
    defaults = {
        name: value
        for rule in rule_sets.known(desk).values()
        for name, value in rule.settings.items()
    }
    numbers = defaults | dict(desk.settings)
    found: dict[str, list[Row]] = {}
    for card in cards.cards:
        found.setdefault(card.case_no, []).append(Row(card, around, numbers, {}))
    return found
