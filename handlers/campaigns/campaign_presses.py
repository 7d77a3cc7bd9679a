"""The buttons of a campaign: choices, start, the cases one by one, pause and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.campaigns import (
    campaign_case_view,
    campaign_cases,
    campaign_facts,
    campaign_view,
    campaigns,
)
from handlers.permissions import RefusedError, demand
from handlers.redraw import redraw
from storage import campaigns as campaigns_table

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.press import Press
    from storage.models.campaigns import Campaign, CampaignCase
    from storage.transaction import Transaction

MOST_PROBLEMS = 20


def of(tx: Transaction, press: Press) -> Campaign:
    """Return the campaign a button is about, for whom it may be."""
    demand(press.person, "run_campaign")
    campaign = campaigns_table.by_id(tx.session, int(press.row.data["campaign"]))
    if campaign is None or campaign.office != press.person.office:
        raise RefusedError("run_campaign")
    return campaign


def show(tx: Transaction, desk: Desk, press: Press, campaign: Campaign, *, note: str = "") -> None:
    """Show how far a campaign is in the pressed message."""
    text, buttons = campaign_view.show(tx, desk, press.person, campaign, note=note)
    redraw(tx, press, text, buttons=buttons)


def press_show(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show how far a campaign is."""
    campaign = of(tx, press)
    show(tx, desk, press, campaign)
    return campaign_view.progress_words(tx, campaign)


def press_next(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show the next case; when there is none, the progress."""
    campaign = of(tx, press)
    after = int(press.row.data.get("after", 0))
    return _go_on(tx, desk, press, campaign, after=after)


def _go_on(
    tx: Transaction, desk: Desk, press: Press, campaign: Campaign, *, after: int, note: str = ""
) -> str:
    following = campaign_cases.next_case(tx, desk, press.person, campaign, after=after)
    if following is None:
        said = note or "没有您可以看的下一件"
        show(tx, desk, press, campaign, note=f"{said}。")
        return said
    _show_case(tx, desk, press, campaign, following, note=note)
    return note or f"第 {following.position} 件"


def _show_case(
    tx: Transaction,
    desk: Desk,
    press: Press,
    campaign: Campaign,
    listed: CampaignCase,
    *,
    note: str = "",
) -> None:
    text, buttons = campaign_case_view.view(tx, desk, press.person, campaign, listed)
    redraw(tx, press, f"{note}。\n{text}" if note else text, buttons=buttons)


def _case(tx: Transaction, press: Press) -> tuple[Campaign, CampaignCase]:
    campaign = of(tx, press)
    listed = campaigns_table.case_by_id(tx.session, int(press.row.data["campaign_case"]))
    if listed is None:
        raise RefusedError("run_campaign")
    return campaign, listed


def press_mark(tx: Transaction, desk: Desk, press: Press) -> str:
    """Set or take off a word of the key figures."""
    campaign, listed = _case(tx, press)
    name = str(press.row.data["mark"])
    campaign_cases.mark(tx, desk, press.person, campaign, listed, name)
    _show_case(tx, desk, press, campaign, listed)
    return f"统计口径：{'、'.join(listed.marks) or '未选'}"


def press_sound(tx: Transaction, desk: Desk, press: Press) -> str:
    """无问题, and the next case."""
    campaign, listed = _case(tx, press)
    entry = campaign_cases.sound(tx, desk, press.person, campaign, listed)
    said = f"第 {listed.position} 件已登记无问题（流水第 {entry} 号）"
    return _go_on(tx, desk, press, campaign, after=listed.position, note=said)


def press_problem(tx: Transaction, desk: Desk, press: Press) -> str:
    """有问题: the hits hold, and the next case."""
    campaign, listed = _case(tx, press)
    entry, found = campaign_cases.problem(tx, desk, press.person, campaign, listed)
    numbers = "、".join(one.number for one in found)
    said = (
        f"第 {listed.position} 件已登记有问题（流水第 {entry} 号）：{numbers}，"
        "发送 /待审 决定处理方式"
    )
    return _go_on(tx, desk, press, campaign, after=listed.position, note=said)


def press_na(tx: Transaction, desk: Desk, press: Press) -> str:
    """不适用, and the next case."""
    campaign, listed = _case(tx, press)
    entry = campaign_cases.not_applicable(tx, desk, press.person, campaign, listed)
    said = f"第 {listed.position} 件已登记不适用（流水第 {entry} 号）"
    return _go_on(tx, desk, press, campaign, after=listed.position, note=said)


def press_problems(tx: Transaction, desk: Desk, press: Press) -> str:
    """List the problems found so far, each with where it stands."""
    campaign = of(tx, press)
    facts = campaign_facts.facts(tx.session, desk, campaign)
    states = {one.number: one.state for one in facts.rectifications}
    lines = [f"{campaign.number} 问题清单 {len(facts.problems)} 条："]
    lines += [
        f"{one.number} {one.title} · {one.severity} · {states[one.number]}"
        for one in facts.problems[:MOST_PROBLEMS]
    ]
    rest = len(facts.problems) - MOST_PROBLEMS
    lines += [f"另有 {rest} 条，见专项报告附件"] if rest > 0 else []
    record = ("campaign", campaign.id, campaign.version)
    back = tell.record_button(tx, press.person, record, "返回进度", "campaign_show", {})
    redraw(tx, press, "\n".join(lines), buttons=((back,),))
    return f"问题 {len(facts.problems)} 条"


def press_pause(tx: Transaction, desk: Desk, press: Press) -> str:
    """Lay it aside."""
    campaign = of(tx, press)
    campaigns.pause(tx, press.person, campaign)
    show(tx, desk, press, campaign)
    return f"{campaign.number} 已暂停"


def press_resume(tx: Transaction, desk: Desk, press: Press) -> str:
    """Go on."""
    campaign = of(tx, press)
    campaigns.resume(tx, press.person, campaign)
    show(tx, desk, press, campaign)
    return f"{campaign.number} 已恢复"


def press_finish(tx: Transaction, desk: Desk, press: Press) -> str:
    """End it; where cases are unseen, ask once more."""
    campaign = of(tx, press)
    unseen = campaigns_table.progress(tx.session, campaign.id).unseen
    if unseen and not press.row.data.get("sure"):
        return _make_sure(
            tx,
            press,
            campaign,
            "campaign_finish",
            f"还有 {unseen} 件未看，仍要完成吗？",
            "仍要完成",
        )
    campaigns.finish(tx, press.person, campaign)
    show(tx, desk, press, campaign, note=f"{campaign.number} 已完成。")
    return f"{campaign.number} 已完成"


def press_cancel(tx: Transaction, desk: Desk, press: Press) -> str:
    """Give it up, once it was asked whether that is meant."""
    campaign = of(tx, press)
    if not press.row.data.get("sure"):
        question = "取消后不能恢复；已登记的问题照常处理。确定取消吗？"
        return _make_sure(tx, press, campaign, "campaign_cancel", question, "确定取消")
    campaigns.cancel(tx, press.person, campaign)
    show(tx, desk, press, campaign, note=f"{campaign.number} 已取消。")
    return f"{campaign.number} 已取消"


def _make_sure(
    tx: Transaction, press: Press, campaign: Campaign, act: str, question: str, label: str
) -> str:
    record = ("campaign", campaign.id, campaign.version)
    sure = tell.record_button(tx, press.person, record, label, act, {"sure": True})
    back = tell.record_button(tx, press.person, record, "返回", "campaign_show", {})
    redraw(tx, press, f"{campaign.number} {question}", buttons=((sure, back),))
    return question
