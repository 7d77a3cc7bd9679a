"""A stand-in before he is confirmed: what is missing is chosen with buttons, then the preview."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.answers import answer_context
from handlers.findings import items
from handlers.people import delegation_checks, delegations, stand_ins
from handlers.people.delegation_checks import Plan, days_words
from knowledge import chinese
from knowledge.stand_ins import taken_over
from storage import delegations as table
from storage import people
from storage.models.people import Person

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.desk import Desk
    from handlers.people.stand_ins import Scope
    from storage.transaction import Transaction

MOST_OFFERED = 12
FRIDAY = 4


@dataclass(frozen=True)
class Draft:
    """What is known of a stand-in to be; what is None is asked for next."""

    principal: Person
    stand_in: Person | None = None
    first: date | None = None
    last: date | None = None
    scope: Scope = "all"

    @property
    def data(self) -> dict[str, object]:
        """The draft as a button carries it."""
        return {
            "principal": self.principal.id,
            "stand_in": self.stand_in.id if self.stand_in else None,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "scope": self.scope,
        }

    @property
    def name(self) -> str:
        """How the ledger names what it is about."""
        return f"person:{self.principal.id}"

    def plan(self, today: date) -> Plan | None:
        """Return the whole plan; None while something is missing."""
        if self.stand_in is None or self.last is None:
            return None
        return Plan(self.principal, self.stand_in, self.first or today, self.last, self.scope)


def from_data(tx: Transaction, data: Mapping[str, Any]) -> Draft:
    """Read a draft that a button carried."""
    principal = tx.session.get_one(Person, int(data["principal"]))
    stand_in = people.by_id(tx.session, data.get("stand_in"))
    return Draft(
        principal,
        stand_in,
        _day(data.get("first")),
        _day(data.get("last")),
        "notices" if data.get("scope") == "notices" else "all",
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def ask(
    tx: Transaction,
    desk: Desk,
    by: Person,
    draft: Draft,
    *,
    among: Sequence[Person] = (),
    note: str = "",
) -> tuple[str, tell.Rows]:
    """Return the next question with its choices, or the preview where nothing is missing.

    `among`: only these may be meant, as where two have the name that was written.
    """
    delegation_checks.demand_for(by, draft.principal)
    if draft.stand_in is None:
        text, buttons = _ask_who(tx, by, draft, among)
    elif draft.last is None:
        text, buttons = _ask_until(tx, desk, by, draft)
    else:
        text, buttons = _preview(tx, by, draft)
    return "\n".join(part for part in (note, text) if part), buttons


def _button(
    tx: Transaction, by: Person, label: str, act: str, draft: Draft, **more: object
) -> tuple[str, str]:
    data = {**draft.data, "label": label, **more}
    return tell.button(tx, by, label, act, draft.name, data=data)


def _ask_who(
    tx: Transaction, by: Person, draft: Draft, among: Sequence[Person]
) -> tuple[str, tell.Rows]:
    offered = list(among) or candidates(tx, draft)
    several = {one.name for one in offered if sum(each.name == one.name for each in offered) > 1}
    pressable = [
        _button(
            tx,
            by,
            f"{one.name}（{one.department}）" if one.name in several else one.name,
            "leave_set",
            replace(draft, stand_in=one),
        )
        for one in offered[:MOST_OFFERED]
    ]
    pressable.append(_button(tx, by, "其他人员", "leave_ask", draft, field="stand_in"))
    pressable.append(_button(tx, by, "取消", "leave_cancel", draft))
    who = "您" if by.id == draft.principal.id else draft.principal.name
    when = f"{days_words(draft.first or tx.now.date(), draft.last)}" if draft.last else ""
    return f"{who}{when}由谁代理？", tell.rows(pressable, per_row=3)


def candidates(tx: Transaction, draft: Draft) -> list[Person]:
    """Return who may stand in, assistants first, then the own department."""
    away = stand_ins.seat(draft.principal)
    own = {one.id for one in assistants(tx, draft.principal)}
    found = [
        one
        for one in people.everybody(tx.session, draft.principal.office)
        if one.id != draft.principal.id
        and people.is_reachable(one)
        and taken_over(away, stand_ins.seat(one))
    ]
    return sorted(
        found,
        key=lambda one: (one.id not in own, one.department != draft.principal.department, one.id),
    )


def assistants(tx: Transaction, person: Person) -> list[Person]:
    """Return a person's assistants: as the roster says, else as the cards of his open items do."""
    listed = people.assistants_of(tx.session, person)
    if listed:
        return listed
    owned = answer_context.own_of(tx.session, person.office, person)
    names = dict.fromkeys(one.assistant for one in owned if one.assistant)
    found = [one for name in names for one in people.named(tx.session, person.office, name)]
    return [one for one in found if one.id != person.id]


def _ask_until(tx: Transaction, desk: Desk, by: Person, draft: Draft) -> tuple[str, tell.Rows]:
    first = max(draft.first or tx.now.date(), tx.now.date())
    friday = first + timedelta(days=(FRIDAY - first.weekday()) % 7)
    month_end = _month_end(desk, first)
    offered = dict.fromkeys([first, friday, friday + timedelta(days=7), month_end])
    pressable = [
        _button(tx, by, _until_words(one), "leave_set", replace(draft, first=first, last=one))
        for one in offered
    ]
    pressable.append(_button(tx, by, "其他日期", "leave_ask", draft, field="last"))
    pressable.append(_button(tx, by, "取消", "leave_cancel", draft))
    return f"从{chinese.month_day(first)}起，到哪一天（含当日）？", tell.rows(pressable, per_row=2)


def _month_end(desk: Desk, day: date) -> date:
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return desk.calendar.workday_before(following)


def _until_words(day: date) -> str:
    return f"{chinese.month_day(day)} {chinese.weekday(day)}"


def _preview(tx: Transaction, by: Person, draft: Draft) -> tuple[str, tell.Rows]:
    plan = draft.plan(tx.now.date())
    if plan is None:
        raise delegation_checks.DaysError("没有写明到哪一天")
    plan = replace(plan, first=max(plan.first, tx.now.date()))
    delegation_checks.check(tx, by, plan)
    away = "请假，" if plan.scope == "all" else ""
    lines = [
        "请核对：",
        (
            f"{plan.principal.name}{days_words(plan.first, plan.last)}"
            f"（{chinese.weekday(plan.first)}至{chinese.weekday(plan.last)}）{away}"
            f"由{plan.stand_in.name}代理。"
        ),
        f"代理：{delegations.what(plan)}",
        *_left_lines(plan),
        *_open_lines(tx, plan),
        *_away_lines(tx, plan),
    ]
    pressable = [
        _button(tx, by, "确认", "leave_confirm", replace(draft, first=plan.first)),
        _button(tx, by, "换人", "leave_set", replace(draft, stand_in=None)),
        _button(tx, by, "改日期", "leave_set", replace(draft, last=None)),
        _button(tx, by, "取消", "leave_cancel", draft),
    ]
    return "\n".join(lines), tell.rows(pressable)


def _left_lines(plan: Plan) -> list[str]:
    left = [words for role, words in delegations.ROLE_WORDS.items() if role in plan.roles_left]
    if plan.scope == "notices" or not left:
        return []
    return [f"{plan.stand_in.name}不能代理、仍由本人办理：{'、'.join(left)}"]


def _open_lines(tx: Transaction, plan: Plan) -> list[str]:
    if plan.scope == "notices":
        return []
    owned = answer_context.own_of(tx.session, plan.principal.office, plan.principal)
    owned = [one for one in owned if one.released_at is not None]
    within = [
        f"{one.number}（{chinese.month_day(one.due)}）"
        for one in owned
        if items.is_open_term(one) and one.due is not None and one.due <= plan.last
    ]
    if not owned:
        return ["目前没有未销号的问题。"]
    said = f"现有未销号 {len(owned)} 条"
    return [f"{said}，其中期限在此期间届满：{'、'.join(within)}。" if within else f"{said}。"]


def _away_lines(tx: Transaction, plan: Plan) -> list[str]:
    """Say that the stand-in is away himself on some of the days, and who takes it then."""
    lines = []
    for one in table.not_over(tx.session, plan.principal.office, plan.first):
        if one.principal_id != plan.stand_in.id or one.scope != "all" or one.first > plan.last:
            continue
        following = people.by_id(tx.session, one.stand_in_id)
        if following is not None:
            days = days_words(max(one.first, plan.first), min(one.last, plan.last))
            lines.append(f"{plan.stand_in.name}本人{days}也请假，其间由{following.name}代理。")
    return lines
