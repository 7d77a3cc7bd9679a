"""/专项: the campaigns of the office, and how far each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.campaigns import campaign_choice, campaign_facts
from handlers.campaigns.campaigns import STATE_WORDS
from handlers.permissions import demand
from knowledge import chinese
from storage import campaigns as campaigns_table

if TYPE_CHECKING:
    from handlers.campaigns.campaign_values import CampaignFacts
    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from storage.models.campaigns import Campaign
    from storage.models.people import Person
    from storage.transaction import Transaction

MOST_ENDED = 5


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """List the campaigns, or show the one whose number is given."""
    demand(person, "run_campaign")
    typed = rest.strip().removeprefix("专项")
    named = campaigns_table.numbered(tx.session, desk.office, f"专项{typed}") if typed else None
    text, buttons = show(tx, desk, person, named) if named is not None else listed(tx, desk, person)
    tell.answer(tx, event.origin, text, person=person, buttons=buttons)


def listed(tx: Transaction, desk: Desk, person: Person) -> tuple[str, tell.Rows]:
    """Return the list: what is under way, the last that ended, and 新建."""
    live = campaigns_table.in_states(tx.session, desk.office, campaigns_table.LIVE)
    ended = campaigns_table.in_states(
        tx.session, desk.office, (campaigns_table.FINISHED, campaigns_table.CANCELLED)
    )[:MOST_ENDED]
    lines = [f"专项监控：进行中 {len(live)} 个" if live else "没有进行中的专项监控。"]
    lines += [_line(tx, one) for one in live]
    if ended:
        lines += ["最近结束：", *(_line(tx, one) for one in ended)]
    pressable = [
        _button(tx, person, one, str(one.number), "campaign_show") for one in (*live, *ended)
    ]
    new = tell.button(tx, person, "新建", "campaign_new", "campaign")
    return "\n".join(lines), tell.rows([*pressable, new], per_row=3)


def _line(tx: Transaction, campaign: Campaign) -> str:
    return f"{campaign.number} {campaign.title} · {progress_words(tx, campaign)}"


def progress_words(tx: Transaction, campaign: Campaign) -> str:
    """Say how far a campaign is: 已看 12/40，发现 5."""
    progress = campaigns_table.progress(tx.session, campaign.id)
    problems = campaign_facts.problem_count(tx, campaign)
    state = "" if campaign.state == "running" else f" · {STATE_WORDS[campaign.state]}"
    return f"已看 {progress.seen}/{progress.all}，发现 {problems}{state}"


def show(
    tx: Transaction, desk: Desk, person: Person, campaign: Campaign, *, note: str = ""
) -> tuple[str, tell.Rows]:
    """Return one campaign with its progress and what can be done with it."""
    facts = campaign_facts.facts(tx.session, desk, campaign)
    begun, progress = campaign.started_at, facts.progress
    states = (
        f"无问题 {progress.sound}，有问题 {progress.problem}，"
        f"不适用 {progress.not_applicable}，未看 {progress.unseen}"
    )
    lines = [
        *([note] if note else []),
        f"{campaign.number} {campaign.title} · {STATE_WORDS[campaign.state]}",
        progress_words(tx, campaign),
        states,
        f"范围：{facts.scope_words}；{campaign_choice.range_words(campaign)}",
        f"案件：{facts.method_words}",
        *([f"开始：{chinese.month_day(begun.date())}"] if begun else []),
        *([f"关键数：{figures_words(facts)}"] if facts.figures else []),
        *_lacking(facts),
    ]
    return "\n".join(lines), tell.rows(
        [_button(tx, person, campaign, label, act) for label, act in _acts(campaign, facts)],
        per_row=3,
    )


def figures_words(facts: CampaignFacts) -> str:
    """Say the key figures in a line; what cannot be told says so."""
    return "，".join(
        f"{one.name} {one.count}" if one.count is not None else f"{one.name} 未评估"
        for one in facts.figures
    )


def _lacking(facts: CampaignFacts) -> list[str]:
    if not facts.not_evaluated:
        return []
    named = "、".join(title for title, _ in facts.not_evaluated)
    return [f"因缺栏目未运行的规则 {len(facts.not_evaluated)} 条：{named}"]


def _acts(campaign: Campaign, facts: CampaignFacts) -> list[tuple[str, str]]:
    if campaign.state == campaigns_table.RUNNING:
        onward = [("下一件", "campaign_next")] if facts.progress.unseen else []
        return [
            *onward,
            ("进度", "campaign_show"),
            ("问题清单", "campaign_problems"),
            ("专项报告", "campaign_report"),
            ("暂停", "campaign_pause"),
            ("完成", "campaign_finish"),
            ("取消专项", "campaign_cancel"),
        ]
    if campaign.state == campaigns_table.PAUSED:
        return [
            ("恢复", "campaign_resume"),
            ("问题清单", "campaign_problems"),
            ("专项报告", "campaign_report"),
            ("完成", "campaign_finish"),
            ("取消专项", "campaign_cancel"),
        ]
    if campaign.state == campaigns_table.FINISHED:
        return [("问题清单", "campaign_problems"), ("专项报告", "campaign_report")]
    return [("问题清单", "campaign_problems")]


def _button(
    tx: Transaction, person: Person, campaign: Campaign, label: str, act: str
) -> tuple[str, str]:
    record = ("campaign", campaign.id, campaign.version)
    return tell.record_button(tx, person, record, label, act, {})
