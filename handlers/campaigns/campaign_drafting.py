"""The buttons of a campaign before it starts: its kind, its choices, the start."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from handlers import awaiting, tell
from handlers.campaigns import (
    campaign_choice,
    campaign_draw,
    campaign_presses,
    campaign_run,
    campaign_steps,
    campaign_view,
    campaigns,
)
from handlers.permissions import RefusedError, demand
from handlers.redraw import redraw
from storage import campaigns as campaigns_table
from storage import snapshots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.campaigns.campaign_choice import Step
    from handlers.desk import Desk
    from handlers.press import Press
    from knowledge.monitoring.campaigns import Basis
    from storage.models.campaigns import Campaign
    from storage.transaction import Transaction

TYPED = "campaign_typed"


def _draft(tx: Transaction, press: Press) -> Campaign:
    campaign = campaign_presses.of(tx, press)
    campaigns.demand_state(campaign, campaigns_table.DRAFT)
    return campaign


def press_new(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask what kind of campaign to begin."""
    demand(press.person, "run_campaign")
    text, buttons = campaign_steps.kinds(tx, desk, press.person)
    redraw(tx, press, text, buttons=buttons)
    return "请选择种类"


def press_begin(tx: Transaction, desk: Desk, press: Press) -> str:
    """Begin a draft of the kind that was tapped."""
    return begin(tx, desk, press, str(press.row.data["kind"]))


def begin(tx: Transaction, desk: Desk, press: Press, kind: str, rules: Sequence[str] = ()) -> str:
    """Begin a draft in the pressed message; `rules` of a free one where they are given already."""
    campaign = campaigns.begin(tx, desk, press.person, kind, rules=rules)
    if rules:
        campaign.title = campaign_choice.title_of_free(desk, campaign)
    _step(tx, desk, press, campaign, campaign_choice.first_step(campaign))
    return campaign.title


def _step(
    tx: Transaction,
    desk: Desk,
    press: Press,
    campaign: Campaign,
    step: Step,
    *,
    group: str | None = None,
    page: int = 0,
) -> None:
    text, buttons = campaign_steps.view(
        tx, desk, press.person, campaign, step, group=group, page=page
    )
    redraw(tx, press, text, buttons=buttons)


def press_step(tx: Transaction, desk: Desk, press: Press) -> str:
    """Go to a step."""
    campaign, data = _draft(tx, press), press.row.data
    step = cast("Step", data["step"])
    _step(tx, desk, press, campaign, step, group=data.get("group"), page=int(data.get("page", 0)))
    return campaign_steps.NAMES[step]


def press_set(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take a choice and show the step that follows it."""
    campaign, data = _draft(tx, press), press.row.data
    _choose(tx, desk, campaign, str(data["what"]), list(data["values"]))
    step = cast("Step", data["step"])
    _step(tx, desk, press, campaign, step, group=data.get("group"), page=int(data.get("page", 0)))
    return campaign_steps.NAMES[step]


def _choose(
    tx: Transaction, desk: Desk, campaign: Campaign, what: str, values: list[object]
) -> None:
    words = [str(one) for one in values]
    if what == "rules":
        campaign.rules = campaign_choice.toggle(campaign.rules, words)
        campaign.title = campaign_choice.title_of_free(desk, campaign)
    elif what == "types":
        campaign.case_types = campaign_choice.toggle(campaign.case_types, words)
    elif what == "basis":
        campaign.basis = cast("Basis", words[0])
    elif what == "range":
        campaign.first, campaign.last = campaign_choice.range_of(words[0], tx.now.date())
    elif what == "rectify":
        days = int(words[0])
        campaign.rectify_by = tx.now.date() + timedelta(days=days) if days else None
    else:
        size = values[0]
        campaign_choice.set_size(tx, campaign, None if size is None else int(str(size)))


def ask(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for what no button offers: other days, another number of cases."""
    del desk
    campaign = _draft(tx, press)
    what = str(press.row.data["what"])
    question = (
        "请输入起止日期，例如：2026-01-01 至 2026-03-31。"
        if what == "range"
        else "请输入抽取件数，例如：25。"
    )
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        TYPED,
        f"campaign:{campaign.id}",
        question=question,
        data={"campaign": campaign.id, "what": what},
    )
    return "请输入"


def take(tx: Transaction, desk: Desk, given: awaiting.Given) -> str:
    """Take what was typed and show the next step."""
    demand(given.person, "run_campaign")
    campaign = campaigns_table.by_id(tx.session, int(given.data["campaign"]))
    if campaign is None:
        raise RefusedError("run_campaign")
    campaigns.demand_state(campaign, campaigns_table.DRAFT)
    step: Step = "preview"
    if given.data["what"] == "range":
        campaign.first, campaign.last = campaign_choice.typed_range(given.text)
        step = "size"
    else:
        drawn = campaign_draw.draw(campaign, desk, snapshots.cards(tx.session, desk.office))
        size = campaign_choice.typed_size(given.text, len(drawn.population))
        campaign_choice.set_size(tx, campaign, size)
    text, buttons = campaign_steps.view(tx, desk, given.person, campaign, step)
    tell.answer(tx, given.origin, text, person=given.person, buttons=buttons)
    return ""


def press_start(tx: Transaction, desk: Desk, press: Press) -> str:
    """Start: draw, run the rules once, show how far it is."""
    campaign = _draft(tx, press)
    listed = campaigns.start(tx, desk, press.person, campaign)
    ran = campaign_run.run(tx, desk, press.person, campaign, listed)
    note = (
        f"{campaign.number} 已开始：{len(listed)} 件。规则新命中 {len(ran.made)} 条（进入待审），"
        f"此前已登记 {len(ran.known)} 条，已核对不再登记 {ran.accepted} 条。"
    )
    campaign_presses.show(tx, desk, press, campaign, note=note)
    return f"{campaign.number} 已开始"


def press_drop(tx: Transaction, desk: Desk, press: Press) -> str:
    """Throw a draft away."""
    campaign = _draft(tx, press)
    campaigns.drop(tx, campaign)
    text, buttons = campaign_view.listed(tx, desk, press.person)
    redraw(tx, press, f"已取消，没有开始。\n{text}", buttons=buttons)
    return "已取消"
