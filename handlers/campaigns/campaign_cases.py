"""The cases of a campaign, one after the other: looked at, sound, a problem, not one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.campaigns import campaign_draw, campaigns
from handlers.findings import finding_life
from handlers.findings.releasing import allowed
from handlers.imports.sources import of_campaign
from handlers.monitoring import case_in_hand, case_looking
from handlers.permissions import demand, may
from handlers.review import outcomes
from knowledge.errors import UserFacingError
from storage import campaigns as campaigns_table
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.monitoring.case_in_hand import CaseInHand
    from storage.models.campaigns import Campaign, CampaignCase
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction

STATE_WORDS = {
    "unseen": "未看",
    "sound": "无问题",
    "problem": "有问题",
    "not_applicable": "不适用",
}
SOUND_REASON = "专项核对无问题"


class NotAConfirmationError(UserFacingError):
    """有问题 was tapped where the rules found nothing."""

    def __init__(self) -> None:
        super().__init__("规则没有命中这一件，请点“登记问题”写明发现的问题")


def next_case(
    tx: Transaction, desk: Desk, person: Person, campaign: Campaign, *, after: int = 0
) -> CampaignCase | None:
    """Return the next case nobody has looked at and this person may; his own are left to others."""
    demand(person, "run_campaign")
    campaigns.demand_state(campaign, campaigns_table.RUNNING)
    waiting = [
        one
        for one in campaigns_table.cases(tx.session, campaign.id)
        if one.state == campaigns_table.UNSEEN
    ]
    behind = [one for one in waiting if one.position > after]
    for one in (*behind, *waiting):
        case = case_of(tx, desk, one)
        if case is None or may(person, "look_at_case", case):
            return one
    return None


def case_of(tx: Transaction, desk: Desk, listed: CampaignCase) -> CaseInHand | None:
    """Return the case behind a line of the list; None: an import took it out of the cards."""
    try:
        return case_in_hand.of_number(tx, desk, listed.case_no)
    except case_in_hand.NoSuchCaseError:
        return None


def sound(
    tx: Transaction, desk: Desk, person: Person, campaign: Campaign, listed: CampaignCase
) -> EntryMark:
    """无问题: what the campaign's rules found there was none, and does not come back."""
    case = _mine(tx, desk, person, campaign, listed)
    dropped = [
        one.finding
        for one in campaigns_table.belonging(tx.session, campaign.id, case_id=listed.id)
        if one.how == "rule" and one.finding.state == "queued"
    ]
    for finding in allowed(dropped, person):
        outcomes.note_drop(tx, finding, person, SOUND_REASON)
        finding_life.accept(tx, finding, person, SOUND_REASON)
        finding_life.close(tx, finding, "dropped", actor=f"person:{person.id}", reason=SOUND_REASON)
    entry = _note(tx, person, campaign, listed, campaigns_table.SOUND, [])
    _looked(tx, person, campaign, case, sound=True, findings=[])
    return entry


def problem(
    tx: Transaction, desk: Desk, person: Person, campaign: Campaign, listed: CampaignCase
) -> tuple[EntryMark, list[Finding]]:
    """有问题: what the rules found, or was known, holds; the outcome is decided in 待审."""
    case = _mine(tx, desk, person, campaign, listed)
    found = [
        one.finding
        for one in campaigns_table.belonging(tx.session, campaign.id, case_id=listed.id)
        if one.finding.state != findings_table.CLOSED
    ]
    if not found:
        raise NotAConfirmationError
    numbers = [one.number for one in found]
    entry = _note(tx, person, campaign, listed, campaigns_table.PROBLEM, numbers)
    _looked(tx, person, campaign, case, sound=False, findings=numbers)
    return entry, found


def not_applicable(
    tx: Transaction, desk: Desk, person: Person, campaign: Campaign, listed: CampaignCase
) -> EntryMark:
    """不适用: the case does not belong here after all; it is no look at a case."""
    demand(person, "run_campaign")
    campaigns.demand_state(campaign, campaigns_table.RUNNING)
    case = case_of(tx, desk, listed)
    if case is not None:
        demand(person, "look_at_case", case)
    return _note(tx, person, campaign, listed, campaigns_table.NOT_APPLICABLE, [])


def mark(
    tx: Transaction,
    desk: Desk,
    person: Person,
    campaign: Campaign,
    listed: CampaignCase,
    name: str,
) -> None:
    """Set one of the words the key figures count, or take it off."""
    _mine(tx, desk, person, campaign, listed)
    ready = campaign_draw.ready_of(desk, campaign)
    if ready is None:
        return
    before = list(listed.marks)
    listed.marks = ready.toggled(listed.marks, name)
    tx.record(
        "campaign_marked",
        f"campaign:{campaign.number}",
        actor=f"person:{person.id}",
        data={"case_no": listed.case_no, "before": before, "after": list(listed.marks)},
    )


def _mine(
    tx: Transaction, desk: Desk, person: Person, campaign: Campaign, listed: CampaignCase
) -> CaseInHand:
    demand(person, "run_campaign")
    campaigns.demand_state(campaign, campaigns_table.RUNNING)
    case = case_in_hand.of_number(tx, desk, listed.case_no)
    demand(person, "look_at_case", case)
    return case


def _looked(
    tx: Transaction,
    person: Person,
    campaign: Campaign,
    case: CaseInHand,
    *,
    sound: bool,
    findings: Sequence[str],
) -> None:
    case_looking.record(
        tx,
        person,
        case,
        sound=sound,
        said="无问题" if sound else "有问题",
        source=of_campaign(campaign.number),
        findings=findings,
    )


def _note(
    tx: Transaction,
    person: Person,
    campaign: Campaign,
    listed: CampaignCase,
    state: str,
    findings: Sequence[str],
) -> EntryMark:
    before, listed.state = listed.state, state
    listed.looked_at, listed.looked_by = tx.now, person.id
    return tx.record(
        "campaign_looked",
        f"campaign:{campaign.number}",
        actor=f"person:{person.id}",
        data={
            "case_no": listed.case_no,
            "before": before,
            "state": state,
            "marks": list(listed.marks),
            "findings": list(findings),
        },
    )
