"""One case of a campaign's list as it is looked at: hits, figures, points, buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.campaigns import campaign_draw
from handlers.campaigns.campaign_cases import STATE_WORDS, case_of
from handlers.findings import states
from handlers.monitoring.case_view import day_words
from storage import campaigns as campaigns_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Clearance, Desk
    from handlers.monitoring.case_in_hand import CaseInHand
    from storage.models.campaigns import Campaign, CampaignCase
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

Wanted = list[tuple[str, str, dict[str, object]]]


def view(
    tx: Transaction, desk: Desk, person: Person, campaign: Campaign, listed: CampaignCase
) -> tuple[str, tell.Rows]:
    """Return one case with what the rules say of it, the points, and what can be said of it."""
    clearance = desk.clearance(person.door or "")
    progress = campaigns_table.progress(tx.session, campaign.id)
    case = case_of(tx, desk, listed)
    found = campaigns_table.belonging(tx.session, campaign.id, case_id=listed.id)
    place = f"第 {listed.position}/{progress.all} 件（已看 {progress.seen}）"
    lines = [
        f"{campaign.number} {campaign.title} · {place}",
        *_case_lines(case, listed, clearance),
        *_finding_lines([one.finding for one in found]),
        *_mark_lines(listed),
        *_point_lines(desk, campaign),
    ]
    return "\n".join(lines), _buttons(tx, desk, person, campaign, listed, found=bool(found))


def _case_lines(case: CaseInHand | None, listed: CampaignCase, clearance: Clearance) -> list[str]:
    state = f"当前登记：{STATE_WORDS[listed.state]}"
    if case is None:
        return ["案卡中已没有这个案件，请核对后登记“不适用”。", state]
    days = [
        f"{day_words(case.accepted_on)}受理" if case.accepted_on else "",
        f"{day_words(case.concluded_on)}审结或办结" if case.concluded_on else "未审结",
    ]
    return [
        case.named([], clearance),
        f"{listed.department or '未填部门'} {listed.prosecutor or '未填承办检察官'}",
        "，".join(one for one in days if one),
        state,
    ]


def _finding_lines(findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return ["规则没有命中。"]
    lines = ["命中和已登记的问题："]
    for one in findings:
        state = states.STATE_WORDS.get(one.state, one.state)
        lines.append(f"  {one.number} {one.title} · {one.severity} · {state}（{one.source}）")
    return lines


def _mark_lines(listed: CampaignCase) -> list[str]:
    return [f"统计口径：{'、'.join(listed.marks)}"] if listed.marks else []


def _point_lines(desk: Desk, campaign: Campaign) -> list[str]:
    ready = campaign_draw.ready_of(desk, campaign)
    points = [
        point
        for id_ in (ready.checkpoints if ready is not None else ())
        if (point := desk.plan.checkpoint(id_)) is not None
    ]
    if not points:
        return []
    return ["请对照核对：", *(f"  {place}. {one.check}" for place, one in enumerate(points, 1))]


def _buttons(
    tx: Transaction,
    desk: Desk,
    person: Person,
    campaign: Campaign,
    listed: CampaignCase,
    *,
    found: bool,
) -> tell.Rows:
    ready = campaign_draw.ready_of(desk, campaign)
    about: dict[str, object] = {"campaign_case": listed.id, "case": listed.case_no}
    marks: Wanted = [
        (
            f"{'✓' if one.name in listed.marks else ''}{one.name}",
            "campaign_mark",
            {"mark": one.name},
        )
        for one in (ready.marks if ready is not None else ())
    ]
    decide: Wanted = [
        ("无问题", "campaign_sound", {}),
        *([("有问题（确认命中）", "campaign_problem", {})] if found else []),
        ("登记问题", "problem_start", {}),
        ("不适用", "campaign_na", {}),
    ]
    onward: Wanted = [
        ("看全案", "case_open", {}),
        ("下一件", "campaign_next", {"after": listed.position}),
        ("进度", "campaign_show", {}),
    ]
    record = ("campaign", campaign.id, campaign.version)

    def make(wanted: Wanted) -> list[tuple[str, str]]:
        return [
            tell.record_button(tx, person, record, label, act, {**about, **told})
            for label, act, told in wanted
        ]

    return (
        *tell.rows(make(marks), per_row=2),
        *tell.rows(make(decide), per_row=2),
        *tell.rows(make(onward), per_row=3),
    )
