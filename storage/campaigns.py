"""专项监控: campaigns, the cases drawn for them, and the findings that belong to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage.models.campaigns import Campaign, CampaignCase, CampaignFinding
from storage.models.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

DRAFT, RUNNING, PAUSED, FINISHED, CANCELLED = "draft", "running", "paused", "finished", "cancelled"
LIVE = (RUNNING, PAUSED)
UNSEEN, SOUND, PROBLEM, NOT_APPLICABLE = "unseen", "sound", "problem", "not_applicable"


@dataclass(frozen=True)
class Progress:
    """How far a campaign is: its cases by state."""

    unseen: int = 0
    sound: int = 0
    problem: int = 0
    not_applicable: int = 0

    @property
    def seen(self) -> int:
        """Cases that were looked at, those that do not belong here too."""
        return self.sound + self.problem + self.not_applicable

    @property
    def all(self) -> int:
        """Every case of the list."""
        return self.seen + self.unseen


@dataclass(frozen=True)
class Belonging:
    """A finding of a campaign, the case of the list it is of, and how it came to it."""

    finding: Finding
    case_id: int
    how: str


def by_id(session: Session, id_: int) -> Campaign | None:
    """Return one campaign."""
    return session.get(Campaign, id_)


def numbered(session: Session, office: str, number: str) -> Campaign | None:
    """Return the campaign with a number."""
    return session.scalars(
        select(Campaign).where(Campaign.office == office, Campaign.number == number)
    ).one_or_none()


def in_states(session: Session, office: str, states: Iterable[str]) -> Sequence[Campaign]:
    """Return an office's campaigns in some states, the newest first."""
    return session.scalars(
        select(Campaign)
        .where(Campaign.office == office, Campaign.state.in_(list(states)))
        .order_by(Campaign.id.desc())
    ).all()


def next_sequence(session: Session, office: str, year: int) -> int:
    """Return the number after the highest of a year; the writer's lock keeps it the caller's."""
    highest = session.scalar(
        select(func.max(Campaign.sequence)).where(Campaign.office == office, Campaign.year == year)
    )
    return (highest or 0) + 1


def cases(session: Session, campaign_id: int) -> Sequence[CampaignCase]:
    """Return a campaign's cases in the order they are looked at."""
    return session.scalars(
        select(CampaignCase)
        .where(CampaignCase.campaign_id == campaign_id)
        .order_by(CampaignCase.position)
    ).all()


def case_by_id(session: Session, id_: int | None) -> CampaignCase | None:
    """Return one case of a list."""
    return None if id_ is None else session.get(CampaignCase, id_)


def progress(session: Session, campaign_id: int) -> Progress:
    """Count a campaign's cases by state."""
    counted = session.execute(
        select(CampaignCase.state, func.count())
        .where(CampaignCase.campaign_id == campaign_id)
        .group_by(CampaignCase.state)
    )
    return Progress(**{row[0]: row[1] for row in counted})


def link(
    session: Session, campaign_id: int, case: CampaignCase, finding: Finding, how: str
) -> None:
    """Let a finding belong to a campaign; once is enough."""
    if session.get(CampaignFinding, (campaign_id, finding.id)) is None:
        session.add(
            CampaignFinding(
                campaign_id=campaign_id, finding_id=finding.id, case_id=case.id, how=how
            )
        )
        session.flush()


def belonging(session: Session, campaign_id: int, *, case_id: int | None = None) -> list[Belonging]:
    """Return the findings of a campaign, or of one case of its list, in the order made."""
    wanted = (
        select(Finding, CampaignFinding)
        .join(CampaignFinding, CampaignFinding.finding_id == Finding.id)
        .where(CampaignFinding.campaign_id == campaign_id)
        .order_by(Finding.id)
    )
    if case_id is not None:
        wanted = wanted.where(CampaignFinding.case_id == case_id)
    return [
        Belonging(finding, belongs.case_id, belongs.how)
        for finding, belongs in session.execute(wanted)
    ]
