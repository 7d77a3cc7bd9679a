"""Gather what the report of a campaign needs, in one call: `facts(session, desk, campaign)`.

The values are those of `campaign_values`; they stand as the campaign stands now.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from handlers.campaigns import campaign_draw
from handlers.campaigns.campaign_values import (
    CampaignFacts,
    Figure,
    Problem,
    Rectification,
    RuleLine,
)
from handlers.findings import rule_sets
from handlers.review.outcomes import WORDS
from storage import campaigns as campaigns_table
from storage import case_history
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.campaigns.campaign_values import Rectified
    from handlers.desk import Desk
    from handlers.review.outcomes import Decision
    from knowledge.monitoring.campaigns import ReadyCampaign
    from storage.campaigns import Belonging
    from storage.case_history import Recorded
    from storage.models.campaigns import Campaign, CampaignCase
    from storage.models.findings import Finding
    from storage.session import Session
    from storage.transaction import Transaction

NO_PROBLEM = frozenset({"dropped", "objection_upheld", "clue_unfounded", "undone"})
"""Ways of closing that say there was no problem."""
CORRECTED = frozenset({"cured", "accepted", "clue_settled"})


def facts(session: Session, desk: Desk, campaign: Campaign) -> CampaignFacts:
    """Gather everything of a campaign that has started, as it stands now."""
    listed = campaigns_table.cases(session, campaign.id)
    held = _held(listed, campaigns_table.belonging(session, campaign.id))
    recorded = case_history.recorded(session, [one.finding.id for one in held])
    ready = campaign_draw.ready_of(desk, campaign)
    known = rule_sets.known(desk)
    return CampaignFacts(
        number=campaign.number or "",
        title=campaign.title,
        kind=campaign.kind,
        office=campaign.office,
        background=ready.background if ready is not None else "",
        state=campaign.state,
        first=campaign.first,
        last=campaign.last,
        basis=campaign.basis,
        case_types=tuple(campaign.case_types) or (ready.stages if ready is not None else ()),
        rules=tuple(
            RuleLine(one, known[one].title, one in desk.rules)
            for one in campaign.rules
            if one in known
        ),
        checks=_checks(desk, ready),
        population=campaign.population,
        drawn=len(listed),
        seed=campaign.seed if campaign.sample is not None else None,
        data_day=campaign.data_day,
        started_on=campaign.started_at.date() if campaign.started_at else None,
        ended_on=campaign.ended_at.date() if campaign.ended_at else None,
        rectify_by=campaign.rectify_by,
        progress=campaigns_table.progress(session, campaign.id),
        figures=_figures(desk, ready, listed),
        by_class=tuple(sorted(Counter(one.finding.title for one in held).items())),
        by_department=_by_department(listed, held),
        corrected_by_day=_corrected_by_day(held),
        problems=tuple(_problem(desk, one) for one in held),
        rectifications=tuple(_rectification(one.finding, recorded, campaign) for one in held),
        not_evaluated=tuple(
            (known[rule].title if rule in known else rule, tuple(columns))
            for rule, columns in sorted(campaign.not_evaluated.items())
        ),
    )


def problem_count(tx: Transaction, campaign: Campaign) -> int:
    """Count the problems found so far: in cases held to have one, none that was dropped since."""
    listed = campaigns_table.cases(tx.session, campaign.id)
    return len(_held(listed, campaigns_table.belonging(tx.session, campaign.id)))


def _held(listed: Sequence[CampaignCase], found: Sequence[Belonging]) -> list[Belonging]:
    cases = {one.id for one in listed if one.state == campaigns_table.PROBLEM}
    return [
        one for one in found if one.case_id in cases and one.finding.closed_as not in NO_PROBLEM
    ]


def _checks(desk: Desk, ready: ReadyCampaign | None) -> tuple[str, ...]:
    ids = ready.checkpoints if ready is not None else ()
    return tuple(one.check for id_ in ids if (one := desk.plan.checkpoint(id_)) is not None)


def _figures(
    desk: Desk, ready: ReadyCampaign | None, listed: Sequence[CampaignCase]
) -> tuple[Figure, ...]:
    if ready is None:
        return ()
    looked = [
        set(one.marks)
        for one in listed
        if one.state in {campaigns_table.SOUND, campaigns_table.PROBLEM}
    ]
    lacking = _unset(desk, ready)
    found = []
    for figure in ready.figures:
        count = sum(bool(marks & figure.marks) for marks in looked)
        why = next((lacking[one] for one in sorted(figure.marks) if one in lacking), "")
        untold = not count and set(figure.marks) <= set(lacking)
        found.append(Figure(figure.name, None if untold else count, why if untold else ""))
    return tuple(found)


def _unset(desk: Desk, ready: ReadyCampaign) -> dict[str, str]:
    """Return the marks that no card can show, since a number of the office's own is not set."""
    defaults = {
        name: value
        for rule in rule_sets.known(desk).values()
        for name, value in rule.settings.items()
    }
    numbers = defaults | dict(desk.settings)
    return {
        mark.name: f"没有设置“{name}”"
        for mark in ready.marks
        for name in mark.settings
        if numbers.get(name) is None
    }


def _by_department(
    listed: Sequence[CampaignCase], held: Sequence[Belonging]
) -> tuple[tuple[str, int, int], ...]:
    cases = {one.id: one.department or "未填部门" for one in listed}
    looked = Counter(cases[one.id] for one in listed if one.state != campaigns_table.UNSEEN)
    problems = Counter(cases[one.case_id] for one in held)
    return tuple((name, looked[name], problems[name]) for name in sorted(set(cases.values())))


def _corrected_by_day(held: Sequence[Belonging]) -> tuple[tuple[date, int], ...]:
    days = Counter(
        one.finding.closed_at.date()
        for one in held
        if one.finding.closed_at is not None and one.finding.closed_as in CORRECTED
    )
    return tuple(sorted(days.items()))


def _problem(desk: Desk, one: Belonging) -> Problem:
    finding = one.finding
    return Problem(
        number=finding.number,
        case_no=finding.case_no,
        case_type=finding.case_type,
        case_name=None if finding.minor else finding.case_name,
        minor=finding.minor,
        department=finding.department,
        prosecutor=finding.prosecutor,
        title=finding.title,
        group=group_of(desk, finding.rule) or "其他",
        severity=finding.severity,
        fact=finding.plain_fact if finding.minor else finding.fact,
        plain_fact=finding.plain_fact,
        citations=tuple(finding.citations),
        found_on=finding.made_at.date(),
        how=one.how,
        concerns=finding.concerns,
    )


def group_of(desk: Desk, rule: str) -> str | None:
    """Return the class of problems that a rule, or a point, belongs to."""
    known = rule_sets.known(desk).get(rule)
    if known is not None:
        return known.group
    point = desk.plan.checkpoint(rule)
    return point.group if point is not None else None


def _rectification(finding: Finding, recorded: Recorded, campaign: Campaign) -> Rectification:
    outcome = next(
        (one for one in reversed(recorded.outcomes) if one.finding_id == finding.id), None
    )
    notice = next(
        (
            one
            for id_, one in reversed(recorded.notices)
            if id_ == finding.id and one.issued_at is not None and one.voided_at is None
        ),
        None,
    )
    closed = finding.state == findings_table.CLOSED
    corrected = closed and finding.closed_as in CORRECTED
    return Rectification(
        number=finding.number,
        case_no=finding.case_no,
        department=finding.department,
        asked=finding.ask,
        manner=WORDS[cast("Decision", outcome.decided)] if outcome is not None else None,
        notice=notice.number if notice is not None else None,
        due=(notice.due if notice is not None else None) or campaign.rectify_by,
        state=_rectified(finding, corrected=corrected, closed=closed, noticed=notice is not None),
        corrected_on=finding.closed_at.date() if corrected and finding.closed_at else None,
    )


def _rectified(finding: Finding, *, corrected: bool, closed: bool, noticed: bool) -> Rectified:
    if corrected:
        return "已整改"
    if closed:
        return "未要求整改"
    return "整改中" if noticed or finding.told_at is not None else "待整改"
