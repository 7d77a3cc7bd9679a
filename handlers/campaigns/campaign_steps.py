"""How the choices of a campaign look: one message, a step at a time, with the cases counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.campaigns import campaign_choice, campaign_draw, campaign_run, campaigns
from handlers.campaigns.campaign_choice import RANGES, RECTIFY_DAYS
from handlers.findings import rule_sets
from knowledge import chinese
from knowledge.monitoring.plan import FREE
from storage import snapshots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.campaigns.campaign_choice import Step
    from handlers.campaigns.campaign_draw import Drawn
    from handlers.desk import Desk
    from storage.models.campaigns import Campaign
    from storage.models.people import Person
    from storage.transaction import Transaction

PAGE = 8
Wanted = list[tuple[str, str, dict[str, object]]]
NAMES: dict[Step, str] = {
    "rules": "选规则",
    "types": "选案件类别",
    "time": "选时间",
    "size": "全部或者抽样",
    "rectify": "整改期限",
    "preview": "预览",
}


def kinds(tx: Transaction, desk: Desk, person: Person) -> tuple[str, tell.Rows]:
    """Return the kinds of campaigns to begin."""
    wanted = [(one.title, one.id) for one in desk.plan.campaigns]
    wanted.append((campaigns.FREE_TITLE, FREE))
    pressable = [
        tell.button(tx, person, label, "campaign_begin", "campaign", data={"kind": kind})
        for label, kind in wanted
    ]
    return "新建专项监控，请选择种类：", tell.rows(pressable, per_row=2)


def view(
    tx: Transaction,
    desk: Desk,
    person: Person,
    campaign: Campaign,
    step: Step,
    *,
    group: str | None = None,
    page: int = 0,
) -> tuple[str, tell.Rows]:
    """Return one step: what is chosen so far, how many cases that is, what can be chosen."""
    cards = snapshots.cards(tx.session, desk.office)
    drawn = campaign_draw.draw(campaign, desk, cards)
    head = f"专项监控 · {campaign.title} · {NAMES[step]}"
    if step == "rules":
        lines, wanted, per_row = _rules(desk, campaign, group, page)
    elif step == "types":
        lines, wanted, per_row = _types(desk, campaign, drawn)
    elif step == "time":
        lines, wanted, per_row = _time(campaign)
    elif step == "size":
        lines, wanted, per_row = _size(drawn)
    elif step == "rectify":
        lines, wanted, per_row = _rectify()
    else:
        hits, missing = campaign_run.hits(desk, cards, campaign.rules, drawn.drawn, tx.now.date())
        data = snapshots.newest(tx.session, desk.office)
        lines = [
            *summary(desk, campaign, drawn),
            f"规则现在命中：{len(hits)} 条（已登记、已核对的不重复登记）",
            *_lacking(desk, missing),
            f"数据截至{chinese.month_day(data.day)}导出" if data else "尚无案卡数据",
        ]
        wanted, per_row = _preview(campaign), 3
    count = f"符合条件 {len(drawn.population)} 件"
    buttons = _buttons(tx, person, campaign, wanted)
    ends = _buttons(tx, person, campaign, [("取消", "campaign_drop", {})])
    return "\n".join([head, count, *lines]), (
        *tell.rows(buttons, per_row=per_row),
        *tell.rows(ends),
    )


def _rules(
    desk: Desk, campaign: Campaign, group: str | None, page: int
) -> tuple[list[str], Wanted, int]:
    chosen = set(campaign.rules)
    by_group = campaign_choice.groups(desk)
    if group is None:
        wanted: Wanted = [
            (
                f"{name}（{len(chosen & set(ids))}/{len(ids)}）",
                "campaign_step",
                {"step": "rules", "group": name},
            )
            for name, ids in by_group.items()
        ]
        if chosen:
            wanted.append(("下一步", "campaign_step", {"step": "types"}))
        return [f"已选规则 {len(chosen)} 条。请选类别，再选规则："], wanted, 2
    ids = by_group[group]
    shown = ids[page * PAGE : (page + 1) * PAGE]
    known, in_force = rule_sets.known(desk), set(desk.rules)
    here = {"step": "rules", "group": group, "page": page}
    lines = [f"{group}，已选 {len(chosen & set(ids))}/{len(ids)} 条："]
    wanted = []
    for place, one in enumerate(shown, page * PAGE + 1):
        off = "" if one in in_force else "（未启用，仅本专项运行）"
        lines.append(f"{place}. {known[one].title}{off}")
        tick = "✓" if one in chosen else ""
        wanted.append(
            (f"{tick}{place}", "campaign_set", {"what": "rules", "values": [one], **here})
        )
    wanted.append(("全选/全不选", "campaign_set", {"what": "rules", "values": ids, **here}))
    if page:
        wanted.append(("上一页", "campaign_step", {**here, "page": page - 1}))
    if (page + 1) * PAGE < len(ids):
        wanted.append(("下一页", "campaign_step", {**here, "page": page + 1}))
    wanted.append(("返回类别", "campaign_step", {"step": "rules"}))
    return lines, wanted, 4


def _types(desk: Desk, campaign: Campaign, drawn: Drawn) -> tuple[list[str], Wanted, int]:
    counts = campaign_draw.types_in(desk, campaign, drawn.cases.values())
    chosen = set(campaign.case_types)
    wanted: Wanted = [
        (
            f"{'✓' if name in chosen else ''}{name} {many} 件",
            "campaign_set",
            {"what": "types", "values": [name], "step": "types"},
        )
        for name, many in counts.items()
    ]
    wanted.append(("下一步", "campaign_step", {"step": "time"}))
    said = "、".join(campaign.case_types) or "全部（不选即为全部）"
    return [f"案件类别：{said}"], wanted, 1


def _time(campaign: Campaign) -> tuple[list[str], Wanted, int]:
    bases: Wanted = [
        (
            f"{'✓' if campaign.basis == one else ''}按{one}日期",
            "campaign_set",
            {"what": "basis", "values": [one], "step": "time"},
        )
        for one in ("受理", "办结")
    ]
    ranges: Wanted = [
        (one, "campaign_set", {"what": "range", "values": [one], "step": "size"}) for one in RANGES
    ]
    typed: Wanted = [("自定义", "campaign_ask", {"what": "range"})]
    return [f"时间：{campaign_choice.range_words(campaign)}"], [*bases, *ranges, *typed], 2


def _size(drawn: Drawn) -> tuple[list[str], Wanted, int]:
    many = len(drawn.population)
    if not many:
        return (
            ["没有符合条件的案件，请返回修改。"],
            [
                ("改案件类别", "campaign_step", {"step": "types"}),
                ("改时间", "campaign_step", {"step": "time"}),
            ],
            2,
        )
    wanted: Wanted = [
        (label, "campaign_set", {"what": "size", "values": [size], "step": "preview"})
        for label, size in campaign_choice.sizes(many)
    ]
    wanted.append(("自定义件数", "campaign_ask", {"what": "size"}))
    return ["逐件核对全部，或者随机抽取（种子留痕，可以重现）："], wanted, 2


def _rectify() -> tuple[list[str], Wanted, int]:
    wanted: Wanted = [
        (
            f"{days} 日内",
            "campaign_set",
            {"what": "rectify", "values": [days], "step": "preview"},
        )
        for days in RECTIFY_DAYS
    ]
    wanted.append(("不设", "campaign_set", {"what": "rectify", "values": [0], "step": "preview"}))
    return ["整改期限（内部要求，写进专项报告）："], wanted, 2


def _preview(campaign: Campaign) -> Wanted:
    wanted: Wanted = [
        ("开始", "campaign_start", {}),
        ("改案件类别", "campaign_step", {"step": "types"}),
        ("改时间", "campaign_step", {"step": "time"}),
        ("改抽样", "campaign_step", {"step": "size"}),
        ("整改期限", "campaign_step", {"step": "rectify"}),
    ]
    if campaign.kind == FREE:
        wanted.append(("改规则", "campaign_step", {"step": "rules"}))
    return wanted


def summary(desk: Desk, campaign: Campaign, drawn: Drawn) -> list[str]:
    """Say what a campaign looks at, before it starts and after."""
    known = rule_sets.known(desk)
    off = sum(one not in desk.rules for one in campaign.rules)
    beside = f"（其中 {off} 条未启用，仅本专项运行）" if off else ""
    ready = campaign_draw.ready_of(desk, campaign)
    types = "、".join(campaign.case_types) or (
        "、".join(ready.stages) if ready is not None else "全部"
    )
    sample = (
        f"抽取 {len(drawn.drawn)} 件（种子 {campaign.seed}）"
        if campaign.sample is not None
        else "全部核对"
    )
    lines = [
        f"案件类别：{types}",
        f"时间：{campaign_choice.range_words(campaign)}",
        f"案件：{sample}",
        f"规则：{len([one for one in campaign.rules if one in known])} 条{beside}",
    ]
    if ready is not None and ready.checkpoints:
        lines.append(f"核对要点：{len(ready.checkpoints)} 项")
    if campaign.rectify_by is not None:
        lines.append(f"整改期限：{chinese.month_day(campaign.rectify_by)}（内部要求）")
    return lines


def _lacking(desk: Desk, missing: dict[str, list[str]]) -> list[str]:
    if not missing:
        return []
    known = rule_sets.known(desk)
    named = "；".join(
        f"{known[one].title}缺{'、'.join(columns)}" for one, columns in missing.items()
    )
    return [f"因缺栏目不能运行的规则 {len(missing)} 条：{named}"]


def _buttons(
    tx: Transaction,
    person: Person,
    campaign: Campaign,
    wanted: Sequence[tuple[str, str, dict[str, object]]],
) -> list[tuple[str, str]]:
    record = ("campaign", campaign.id, campaign.version)
    return [tell.record_button(tx, person, record, *one) for one in wanted]
