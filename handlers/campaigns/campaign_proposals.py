"""When a problem comes again and again in a month a campaign is proposed, once, to the officer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.campaigns import campaign_drafting
from handlers.campaigns.campaign_facts import NO_PROBLEM
from handlers.findings import rule_sets
from handlers.people.addressees import officers
from handlers.permissions import demand
from handlers.redraw import redraw
from knowledge.monitoring.plan import FREE
from storage import findings as findings_table
from storage import settings

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.press import Press
    from storage.models.people import Person
    from storage.transaction import Transaction

PROPOSED = "campaigns_proposed"
OFFERED, DECLINED, STARTED = "offered", "declined", "started"


def morning(tx: Transaction, desk: Desk) -> None:
    """Propose a campaign for each rule that was a problem often enough this month; none twice."""
    least = desk.monitoring.recurring
    if not least or desk.calendar.is_day_off(tx.now.date()):
        return
    month, known = _month(tx), rule_sets.known(desk)
    told = _kept(tx, desk)
    for rule, many in sorted(recurring(tx, desk).items()):
        if many < least or rule in told or rule not in known:
            continue
        told[rule] = OFFERED
        tx.record(
            "campaign_proposed",
            f"rule:{rule}",
            actor="system",
            data={"month": month, "problems": many, "least": least},
        )
        for officer in officers(tx.session, desk.office):
            _offer(tx, officer, rule, known[rule].title, many, month)
    _keep(tx, desk, told)


def recurring(tx: Transaction, desk: Desk) -> dict[str, int]:
    """Count this month's problems by rule: let out or decided, no baseline, none dropped."""
    first = tx.now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    made = findings_table.made_since(tx.session, desk.office, first)
    return dict(
        Counter(
            one.rule
            for one in made
            if not one.baseline
            and one.campaign is None
            and one.state != "queued"
            and one.closed_as not in NO_PROBLEM
            and one.hit_state != "due_soon"
        )
    )


def _month(tx: Transaction) -> str:
    return f"{tx.now:%Y-%m}"


def _kept(tx: Transaction, desk: Desk) -> dict[str, str]:
    kept = settings.read(tx.session, desk.office, PROPOSED, {})
    return dict(kept.get("rules", {})) if kept.get("month") == _month(tx) else {}


def _keep(tx: Transaction, desk: Desk, told: dict[str, str]) -> None:
    value: dict[str, Any] = {"month": _month(tx), "rules": told}
    settings.write(tx.session, desk.office, PROPOSED, value)


def _offer(tx: Transaction, officer: Person, rule: str, title: str, many: int, month: str) -> None:
    data: dict[str, object] = {"rule": rule, "month": month}
    pressable = (
        tell.button(tx, officer, "开展专项", "campaign_accept", f"rule:{rule}", data=data),
        tell.button(tx, officer, "不开展", "campaign_decline", f"rule:{rule}", data=data),
    )
    tell.say(
        tx,
        officer,
        "system",
        f"本月“{title}”已出现 {many} 条问题，建议开展专项监控（内部要求）。",
        buttons=(pressable,),
        key=f"campaign:{rule}:{month}:{officer.id}",
    )


def press_accept(tx: Transaction, desk: Desk, press: Press) -> str:
    """Begin the draft of a campaign with this rule; what follows is chosen by buttons."""
    demand(press.person, "run_campaign")
    if said := _decided(tx, desk, press):
        return said
    _settle(tx, desk, press, STARTED)
    return campaign_drafting.begin(tx, desk, press, FREE, [str(press.row.data["rule"])])


def press_decline(tx: Transaction, desk: Desk, press: Press) -> str:
    """Leave it; it is not proposed again this month."""
    demand(press.person, "run_campaign")
    if said := _decided(tx, desk, press):
        return said
    _settle(tx, desk, press, DECLINED)
    redraw(tx, press, "已记录：不开展。本月不再就这条规则建议。")
    return "已记录：不开展"


def _decided(tx: Transaction, desk: Desk, press: Press) -> str | None:
    """Say what another officer, or an earlier press, decided."""
    if press.row.data["month"] != _month(tx):
        return "这条建议是上月的，请发送 /专项 新建"
    state = _kept(tx, desk).get(str(press.row.data["rule"]))
    words = {STARTED: "已决定开展专项，请发送 /专项 查看", DECLINED: "已决定不开展"}
    return words.get(state or "")


def _settle(tx: Transaction, desk: Desk, press: Press, state: str) -> None:
    rule = str(press.row.data["rule"])
    told = _kept(tx, desk)
    told[rule] = state
    _keep(tx, desk, told)
    tx.record(
        "campaign_proposal_decided",
        f"rule:{rule}",
        actor=f"person:{press.person.id}",
        data={"month": press.row.data["month"], "decided": state},
    )
