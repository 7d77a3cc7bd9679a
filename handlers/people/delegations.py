"""AB角: a stand-in is arranged, extended and ended; everybody concerned is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from handlers import tell
from handlers.answers import answer_context
from handlers.people import addressees, delegation_checks
from handlers.people.delegation_checks import Plan, days_words
from knowledge import chinese
from storage import delegations as table
from storage import due_jobs, people
from storage.models.delegations import Delegation
from storage.models.people import Person

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from handlers.desk import Desk
    from storage.transaction import EntryMark, Transaction

RETURNED = "delegation_returned"
"""The job of the morning on which somebody is back."""
ROLE_WORDS = {
    "prosecutor": "承办案件",
    "assistant": "协助的案件",
    "officer": "流程监控专员的工作",
    "case_head": "案管负责人的审批",
    "head": "部门负责人的签收、签署",
    "deputy": "分管副检察长的审批",
    "chief": "检察长的批示、决定",
}


def arrange(tx: Transaction, desk: Desk, by: Person, plan: Plan) -> tuple[Delegation, EntryMark]:
    """Let somebody stand in; checked once more, for days may have passed since the preview.

    Raises:
        UserFacingError: something speaks against it.
    """
    delegation_checks.check(tx, by, plan)
    made = table.keep(
        tx,
        Delegation(
            office=plan.principal.office,
            principal_id=plan.principal.id,
            stand_in_id=plan.stand_in.id,
            scope=plan.scope,
            first=max(plan.first, tx.now.date()),
            last=plan.last,
            made_at=tx.now,
            made_by=by.id,
            version=1,
        ),
    )
    entry = tx.record(
        "stand_in_arranged",
        f"person:{plan.principal.id}",
        actor=f"person:{by.id}",
        data=_data(made) | {"roles": sorted(plan.roles)},
    )
    _plan_return(tx, desk, made)
    _tell_arranged(tx, by, plan, made)
    return made, entry


def plan_of(tx: Transaction, delegation: Delegation) -> Plan:
    """Return a delegation as it could be arranged today."""
    return Plan(
        tx.session.get_one(Person, delegation.principal_id),
        tx.session.get_one(Person, delegation.stand_in_id),
        delegation.first,
        delegation.last,
        "notices" if delegation.scope == "notices" else "all",
    )


def _data(one: Delegation) -> dict[str, object]:
    return {
        "delegation": one.id,
        "stand_in": f"person:{one.stand_in_id}",
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "scope": one.scope,
    }


def _plan_return(tx: Transaction, desk: Desk, one: Delegation) -> None:
    """On the first working morning after the last day the one who was away gets his summary."""
    if one.scope != "all":
        return
    day = desk.calendar.next_workday(one.last + timedelta(days=1))
    at = datetime.combine(day, desk.manners.digest_time, tzinfo=tx.now.tzinfo)
    key = f"{one.id}:{one.last.isoformat()}"
    due_jobs.plan(tx, RETURNED, at, key=key, data={"person": one.principal_id})


def what(plan: Plan) -> str:
    """Say what goes to the stand-in: all of it, or the notices alone."""
    if plan.scope == "notices":
        return "本部门通知书的签收、答复、签署"
    return "、".join(words for role, words in ROLE_WORDS.items() if role in plan.roles)


def _tell_arranged(tx: Transaction, by: Person, plan: Plan, made: Delegation) -> None:
    days = days_words(made.first, made.last)
    away = "" if plan.scope == "notices" else "请假，"
    owned = _open_numbers(tx, plan.principal) if plan.scope == "all" else []
    lines = [f"{plan.principal.name}{days}{away}由您代理：{what(plan)}。"]
    if owned:
        lines.append(f"现有未销号 {len(owned)} 条：{'、'.join(owned)}。发送 /我的 查看。")
    lines.append(f"您的办理记为“{plan.stand_in.name}代{plan.principal.name}”。")
    if plan.stand_in.id != by.id:
        view = tell.button(tx, plan.stand_in, "/代理", "command", "command", data={"text": "/代理"})
        tell.say(tx, plan.stand_in, "system", "\n".join(lines), buttons=((view,),))
    if plan.principal.id != by.id:
        text = f"{by.name}已登记：您{days}{away}由{plan.stand_in.name}代理。"
        _say_with_view(tx, plan.principal, text)


def _open_numbers(tx: Transaction, person: Person) -> list[str]:
    owned = answer_context.own_of(tx.session, person.office, person)
    return [one.number for one in owned if one.released_at is not None]


def _say_with_view(tx: Transaction, person: Person, text: str) -> None:
    view = tell.button(tx, person, "/代理", "command", "command", data={"text": "/代理"})
    tell.say(tx, person, "system", text, buttons=((view,),))


def extend(tx: Transaction, desk: Desk, by: Person, one: Delegation, last: date) -> EntryMark:
    """Let a delegation end on another day.

    Raises:
        UserFacingError: something speaks against it.
    """
    plan = plan_of(tx, one)
    changed = Plan(plan.principal, plan.stand_in, plan.first, last, plan.scope)
    delegation_checks.check(tx, by, changed, instead_of=one)
    before = one.last
    one.last = changed.last
    one.version += 1
    table.changed(tx)
    _plan_return(tx, desk, one)
    entry = tx.record(
        "stand_in_extended",
        f"person:{one.principal_id}",
        actor=f"person:{by.id}",
        data=_data(one) | {"before": before.isoformat()},
    )
    day = chinese.month_day(one.last)
    text = f"{plan.principal.name}由{plan.stand_in.name}代理的时间改到{day}。"
    _tell_others(tx, by, (plan.principal, plan.stand_in), text)
    return entry


def end(tx: Transaction, by: Person, one: Delegation, how: str = "ended") -> EntryMark:
    """End a delegation now; its principal answers for everything himself again."""
    delegation_checks.demand_for(by, tx.session.get_one(Person, one.principal_id))
    entry = _end(tx, one, f"person:{by.id}", by.id, how)
    plan = plan_of(tx, one)
    principal = plan.principal.name
    text = f"{plan.stand_in.name}代理{principal}已结束，今后由{principal}本人办理。"
    _tell_others(tx, by, (plan.principal, plan.stand_in), text)
    return entry


def _end(tx: Transaction, one: Delegation, actor: str, by: int | None, how: str) -> EntryMark:
    table.end(tx, one, by, how)
    return tx.record(
        "stand_in_ended", f"person:{one.principal_id}", actor=actor, data=_data(one) | {"how": how}
    )


def _tell_others(tx: Transaction, by: Person, readers: Iterable[Person], text: str) -> None:
    for person in readers:
        if person.id != by.id and people.is_reachable(person):
            _say_with_view(tx, person, text)


def end_of_unbound(tx: Transaction, person: Person, *, actor: str) -> None:
    """End what concerns somebody whose account was taken away; those left alone are told."""
    for one in table.of_person(tx.session, person.office, person.id, tx.now.date()):
        _end(tx, one, actor, None, "unbound")
        if one.principal_id == person.id:
            continue
        principal = tx.session.get_one(Person, one.principal_id)
        days = days_words(max(one.first, tx.now.date()), one.last)
        text = (
            f"代理人{person.name}已解除绑定，{principal.name}{days}的代理已结束，请另行指定代理人。"
        )
        told = {principal.id: principal}
        told |= {one.id: one for one in addressees.officers(tx.session, person.office)}
        for reader in told.values():
            if people.is_reachable(reader):
                _say_with_view(tx, reader, text)
