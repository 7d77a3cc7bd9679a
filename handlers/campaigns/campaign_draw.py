"""Which cases belong to a campaign, and how a sample is drawn so that it can be repeated."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.monitoring import case_in_hand
from knowledge.monitoring import stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handlers.desk import Desk
    from handlers.monitoring.case_in_hand import CaseInHand
    from knowledge.cards import CardSet
    from knowledge.monitoring.campaigns import ReadyCampaign
    from storage.models.campaigns import Campaign
    from storage.transaction import Transaction


@dataclass(frozen=True)
class Drawn:
    """The cases that belong to a campaign, and those that were drawn from them."""

    population: tuple[str, ...]
    drawn: tuple[str, ...]
    cases: Mapping[str, CaseInHand]

    @property
    def digest(self) -> str:
        """A short hash of the whole list the draw was made from, to repeat it."""
        text = "\n".join(self.population)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def ready_of(desk: Desk, campaign: Campaign) -> ReadyCampaign | None:
    """Return the ready campaign this one follows; a free one follows none."""
    return desk.plan.campaign(campaign.kind)


def draw(campaign: Campaign, desk: Desk, cards: CardSet) -> Drawn:
    """Return which cases belong, and the sample; the same seed draws the same cases again."""
    cases = case_in_hand.of_cards(desk.office, cards.cards)
    population = sorted(no for no, case in cases.items() if belongs(campaign, desk, case))
    return Drawn(tuple(population), sampled(population, campaign.seed, campaign.sample), cases)


def sampled(population: Sequence[str], seed: str | None, size: int | None) -> tuple[str, ...]:
    """Draw so many cases: those whose SHA-256 of `seed:case number` is smallest.

    Anybody can repeat the draw with the list and the seed; no generator of a library is part of it.
    """
    if size is None or size >= len(population):
        return tuple(population)

    def rank(case_no: str) -> str:
        return hashlib.sha256(f"{seed}:{case_no}".encode()).hexdigest()

    return tuple(sorted(sorted(population, key=rank)[:size]))


def belongs(campaign: Campaign, desk: Desk, case: CaseInHand) -> bool:
    """Tell whether a case is of the types and the time of a campaign."""
    ready = ready_of(desk, campaign)
    if campaign.case_types:
        fits = case.case_type in campaign.case_types
    else:
        wanted = ready.stages if ready is not None else (stages.ALL_TYPES,)
        fits = stages.fits(wanted, case.case_type, juvenile=case.minor)
    if not fits or (campaign.first is None and campaign.last is None):
        return fits
    day = case.accepted_on if campaign.basis == "受理" else case.concluded_on
    if day is None:
        return False
    return (campaign.first is None or campaign.first <= day) and (
        campaign.last is None or day <= campaign.last
    )


def seed_for(tx: Transaction, campaign: Campaign) -> str:
    """Return the seed of a draw: the moment and the draft, fixed before anybody sees the cases."""
    return f"{tx.now:%Y%m%d%H%M%S}-{campaign.id}"


def types_in(desk: Desk, campaign: Campaign, cases: Iterable[CaseInHand]) -> dict[str, int]:
    """Return the case types there are to choose from, with how many cases each."""
    ready = ready_of(desk, campaign)
    wanted = ready.stages if ready is not None else (stages.ALL_TYPES,)
    counts: dict[str, int] = {}
    for case in cases:
        if case.case_type and stages.fits(wanted, case.case_type, juvenile=case.minor):
            counts[case.case_type] = counts.get(case.case_type, 0) + 1
    return counts
