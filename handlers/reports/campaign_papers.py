"""The report of one campaign as files, asked for in a chat or on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.campaigns import campaign_facts
from handlers.findings import rule_sets
from handlers.reports import campaign_report
from knowledge.errors import UserFacingError
from storage import campaigns

if TYPE_CHECKING:
    from datetime import date

    from handlers.desk import Desk
    from storage.models.campaigns import Campaign
    from storage.session import Session

PREFIX = "专项"
REPORTED = (*campaigns.LIVE, campaigns.FINISHED)


class NoCampaignError(UserFacingError):
    """No campaign that a report can be written about has this number."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            f"没有编号为“{typed[:30]}”的专项监控，或者已经取消，不能写报告。"
            "编号写作 专项2026-1，流程监控专员发送 /专项 可以查看"
        )


@dataclass(frozen=True)
class CampaignPapers:
    """The report in full, without lists and names as it may travel, and what a chat says of it."""

    name: str
    summary: str
    full: bytes
    pointer: bytes


def reported(session: Session, office: str) -> list[Campaign]:
    """Return the campaigns a report can be written about, the newest first."""
    return list(campaigns.in_states(session, office, REPORTED))


def find(session: Session, office: str, typed: str) -> Campaign:
    """Return the campaign that is meant by 专项2026-1, or 2026-1.

    Raises:
        NoCampaignError: there is none of this number, or it was cancelled.
    """
    number = PREFIX + typed.strip().removeprefix(PREFIX)
    found = campaigns.numbered(session, office, number)
    if found is None or found.state not in REPORTED:
        raise NoCampaignError(typed.strip())
    return found


def make(
    session: Session, desk: Desk, typed: str, *, day: date, head: str, drafter: str = ""
) -> CampaignPapers:
    """Write the report of a campaign as it stands now; takes a second, no transaction may be open.

    Args:
        session: one state of the database.
        desk: the office at work; its templates are used.
        typed: the campaign's number, as somebody writes it.
        day: the date under the report.
        head: the ledger's head, printed in the footer.
        drafter: who asked for it; empty where nobody is known.

    Raises:
        NoCampaignError: there is no such campaign.
        LayoutError, DocumentError, YamlError: the office's own layout or template cannot be used.
    """
    campaign = find(session, desk.office, typed)
    facts = campaign_facts.facts(session, desk, campaign)
    words = campaign_report.write(facts, rule_sets.known(desk), desk.templates)
    full, pointer = (
        campaign_report.paper(
            facts,
            words,
            clearance,
            day=day,
            ledger_head=head,
            templates=desk.templates,
            drafter=drafter,
        )
        for clearance in campaign_report.CLEARANCES
    )
    return CampaignPapers(
        name=f"{words.name}（{facts.number}）",
        summary=campaign_report.in_words(facts),
        full=full,
        pointer=pointer,
    )
