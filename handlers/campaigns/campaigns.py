"""专项监控: a campaign from draft to end.

For the report: `campaign_facts.facts(session, desk, campaign)` gathers scope, time, method, drawn
cases, key figures, problems and cures of one campaign (`storage.campaigns.numbered` finds it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.campaigns.campaign_draw import draw
from handlers.findings import rule_sets
from handlers.permissions import demand
from knowledge.errors import UserFacingError
from knowledge.monitoring.plan import FREE
from storage import campaigns as campaigns_table
from storage import snapshots
from storage.models.campaigns import Campaign, CampaignCase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.campaigns.campaign_draw import Drawn
    from handlers.desk import Desk
    from knowledge.monitoring.campaigns import ReadyCampaign
    from storage.models.people import Person
    from storage.transaction import Transaction

FREE_TITLE = "自选规则"
STATE_WORDS = {
    "draft": "草稿",
    "running": "进行中",
    "paused": "已暂停",
    "finished": "已完成",
    "cancelled": "已取消",
}


class CampaignMovedOnError(UserFacingError):
    """A button speaks of a campaign as it no longer stands."""

    def __init__(self, campaign: Campaign) -> None:
        name = campaign.number or "这份专项草稿"
        super().__init__(f"{name}现为“{STATE_WORDS[campaign.state]}”，请发送 /专项 查看")


class NoCasesError(UserFacingError):
    """A campaign has no case to look at."""

    def __init__(self) -> None:
        super().__init__("没有符合条件的案件，未开始。请放宽案件类别或者时间")


class NoRulesError(UserFacingError):
    """A free campaign has no rule yet."""

    def __init__(self) -> None:
        super().__init__("还没有选规则，请先选择规则")


def begin(
    tx: Transaction, desk: Desk, person: Person, kind: str, *, rules: Sequence[str] = ()
) -> Campaign:
    """Begin the draft of a campaign, a ready one or one of chosen rules."""
    demand(person, "run_campaign")
    ready = desk.plan.campaign(kind)
    campaign = Campaign(
        office=desk.office,
        kind=kind if ready is not None else FREE,
        title=ready.title if ready is not None else FREE_TITLE,
        rules=list(rules) if ready is None else rules_of(desk, ready),
        case_types=[],
        basis=ready.basis if ready is not None else "受理",
        state=campaigns_table.DRAFT,
        drafted_by=person.id,
        drafted_at=tx.now,
        not_evaluated={},
        population=0,
        version=1,
    )
    tx.session.add(campaign)
    tx.session.flush()
    return campaign


def rules_of(desk: Desk, ready: ReadyCampaign) -> list[str]:
    """Return the rules a ready campaign runs: those named, and of its groups what is sent out."""
    known = rule_sets.known(desk)
    named = [one for one in ready.rules if one in known]
    grouped = [
        rule.id
        for rule in known.values()
        if rule.group in ready.groups and rule.release != "officer" and rule.id not in named
    ]
    return [*named, *grouped]


def start(tx: Transaction, desk: Desk, person: Person, campaign: Campaign) -> list[CampaignCase]:
    """Start: number it, draw its cases and write its list.

    Raises:
        CampaignMovedOnError, NoRulesError, NoCasesError: it cannot start.
    """
    demand(person, "run_campaign")
    demand_state(campaign, campaigns_table.DRAFT)
    if not campaign.rules:
        raise NoRulesError
    drawn = draw(campaign, desk, snapshots.cards(tx.session, desk.office))
    if not drawn.drawn:
        raise NoCasesError
    year = tx.now.year
    sequence = campaigns_table.next_sequence(tx.session, desk.office, year)
    campaign.year, campaign.sequence, campaign.number = year, sequence, f"专项{year}-{sequence}"
    campaign.state, campaign.started_at = campaigns_table.RUNNING, tx.now
    campaign.population = len(drawn.population)
    newest = snapshots.newest(tx.session, desk.office)
    campaign.data_day = newest.day if newest is not None else None
    listed = _list(tx, campaign, drawn)
    move(
        tx,
        person,
        campaign,
        "campaign_started",
        kind=campaign.kind,
        rules=list(campaign.rules),
        case_types=list(campaign.case_types),
        basis=campaign.basis,
        first=campaign.first.isoformat() if campaign.first else None,
        last=campaign.last.isoformat() if campaign.last else None,
        rectify_by=campaign.rectify_by.isoformat() if campaign.rectify_by else None,
        population=campaign.population,
        population_hash=drawn.digest,
        drawn=len(drawn.drawn),
        seed=campaign.seed if campaign.sample is not None else None,
        data_day=campaign.data_day.isoformat() if campaign.data_day else None,
    )
    return listed


def _list(tx: Transaction, campaign: Campaign, drawn: Drawn) -> list[CampaignCase]:
    listed = []
    for position, case_no in enumerate(drawn.drawn, 1):
        case = drawn.cases[case_no]
        listed.append(
            CampaignCase(
                campaign_id=campaign.id,
                position=position,
                case_no=case_no,
                case_type=case.case_type,
                department=case.department,
                prosecutor=case.prosecutor,
                state=campaigns_table.UNSEEN,
                marks=[],
            )
        )
    tx.session.add_all(listed)
    tx.session.flush()
    return listed


def pause(tx: Transaction, person: Person, campaign: Campaign) -> None:
    """Lay a campaign aside."""
    demand(person, "run_campaign")
    demand_state(campaign, campaigns_table.RUNNING)
    campaign.state = campaigns_table.PAUSED
    move(tx, person, campaign, "campaign_paused")


def resume(tx: Transaction, person: Person, campaign: Campaign) -> None:
    """Go on with it."""
    demand(person, "run_campaign")
    demand_state(campaign, campaigns_table.PAUSED)
    campaign.state = campaigns_table.RUNNING
    move(tx, person, campaign, "campaign_resumed")


def finish(tx: Transaction, person: Person, campaign: Campaign) -> None:
    """End it; what nobody looked at stays so, and the report says how many."""
    _end(tx, person, campaign, campaigns_table.FINISHED, "campaign_finished")


def cancel(tx: Transaction, person: Person, campaign: Campaign) -> None:
    """Give it up; findings made so far go their own way."""
    _end(tx, person, campaign, campaigns_table.CANCELLED, "campaign_cancelled")


def _end(tx: Transaction, person: Person, campaign: Campaign, state: str, act: str) -> None:
    demand(person, "run_campaign")
    demand_state(campaign, *campaigns_table.LIVE)
    campaign.state, campaign.ended_at, campaign.ended_by = state, tx.now, person.id
    progress = campaigns_table.progress(tx.session, campaign.id)
    move(tx, person, campaign, act, seen=progress.seen, unseen=progress.unseen)


def drop(tx: Transaction, campaign: Campaign) -> None:
    """Throw a draft away; it never had a number."""
    demand_state(campaign, campaigns_table.DRAFT)
    tx.session.delete(campaign)
    tx.session.flush()


def demand_state(campaign: Campaign, *states: str) -> None:
    """Raise CampaignMovedOnError unless a campaign stands in one of these states."""
    if campaign.state not in states:
        raise CampaignMovedOnError(campaign)


def move(tx: Transaction, person: Person, campaign: Campaign, act: str, **data: object) -> None:
    """Put a step of a campaign into the ledger."""
    campaign.version += 1
    told = {"number": campaign.number, "state": campaign.state, **data}
    tx.record(act, f"campaign:{campaign.number}", actor=f"person:{person.id}", data=told)
