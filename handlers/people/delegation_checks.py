"""Whether somebody may stand in for another: who may say so, on which days, and no circle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.people import stand_ins
from handlers.people.relations import Place
from handlers.permissions import demand
from knowledge import chinese
from knowledge.errors import UserFacingError
from knowledge.stand_ins import LEADING, Seat, circle, taken_over
from storage import delegations, people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.people.stand_ins import Scope
    from storage.models.delegations import Delegation
    from storage.models.people import Person
    from storage.transaction import Transaction

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Plan:
    """Who is to stand in for whom, from which day to which."""

    principal: Person
    stand_in: Person
    first: date
    last: date
    scope: Scope = "all"

    @property
    def roles(self) -> frozenset[str]:
        """The roles that the stand-in takes over."""
        away = stand_ins.seat(self.principal)
        if self.scope == "notices":
            away = Seat(away.department, away.roles & {"head"})
        return taken_over(away, stand_ins.seat(self.stand_in))

    @property
    def roles_left(self) -> frozenset[str]:
        """The roles that stay with the one who is away: the stand-in cannot act in them."""
        return frozenset(self.principal.roles) - self.roles - {"auditor", "admin"}


class OwnStandInError(UserFacingError):
    """Somebody was named to stand in for himself."""

    def __init__(self) -> None:
        super().__init__("代理人不能是本人，请另选一位")


class DaysError(UserFacingError):
    """The days make no leave."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}，请重新写明日期，例如：请假到周五，助理代")


class NotBoundStandInError(UserFacingError):
    """The stand-in cannot be reached."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}尚未绑定或者无法送达，不能代理。请另选，或由专员发送 /邀请 {name}")


class NothingTakenOverError(UserFacingError):
    """The stand-in may act in none of the roles."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            f"{plan.stand_in.name}的身份不能代理{plan.principal.name}的工作，请另选一位"
        )


class AlreadyStoodInError(UserFacingError):
    """Somebody else stands in on some of the days."""

    def __init__(self, principal: Person, stand_in: str, found: Delegation) -> None:
        super().__init__(
            f"{principal.name}{days_words(found.first, found.last)}已由{stand_in}代理，"
            "请先发送 /代理 结束原来的，或者延长"
        )


class CircleError(UserFacingError):
    """The stand-ins would stand in for one another in a circle."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"{'→'.join(names)}，代理成环，无人办理，请另选一位")


class ForLeadersError(UserFacingError):
    """Whoever decides for the office names his stand-in himself."""

    def __init__(self, principal: Person) -> None:
        super().__init__(f"{principal.name}的代理人由本人指定，请本人发送：请假到周五，由某某代")


class OwnAdvantageError(UserFacingError):
    """Somebody would give himself roles that he does not have."""

    def __init__(self, principal: Person) -> None:
        super().__init__(
            f"不能把自己指定为{principal.name}的代理人，请由本人或者另一名专员、部门负责人指定"
        )


def days_words(first: date, last: date) -> str:
    """Say from when to when: 6月16日至20日."""
    if first == last:
        return chinese.month_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{chinese.month_day(first)}至{last.day}日"
    year = f"{last.year}年" if last.year != first.year else ""
    return f"{chinese.month_day(first)}至{year}{chinese.month_day(last)}"


def demand_for(by: Person, principal: Person) -> None:
    """Raise unless a person may arrange who stands in for somebody.

    Raises:
        RefusedError, ForLeadersError: it is not his to arrange.
    """
    if by.id == principal.id:
        demand(by, "take_leave")
        return
    demand(by, "arrange_stand_in", Place(principal.office, principal.department))
    if LEADING & set(principal.roles):
        raise ForLeadersError(principal)


def check(tx: Transaction, by: Person, plan: Plan, *, instead_of: Delegation | None = None) -> None:
    """Raise one sentence if somebody may not stand in; `instead_of` is the row that is changed.

    Raises:
        UserFacingError: which of the rules speaks against it.
    """
    demand_for(by, plan.principal)
    _check_days(tx, plan)
    if plan.stand_in.id == plan.principal.id:
        raise OwnStandInError
    if not people.is_reachable(plan.stand_in):
        raise NotBoundStandInError(plan.stand_in.name)
    if not plan.roles:
        raise NothingTakenOverError(plan)
    if plan.stand_in.id == by.id and plan.roles - set(by.roles):
        raise OwnAdvantageError(plan.principal)
    _check_others(tx, plan, instead_of)


def _check_days(tx: Transaction, plan: Plan) -> None:
    if plan.last < tx.now.date():
        raise DaysError(f"{chinese.month_day(plan.last)}已经过去")
    if plan.last < plan.first:
        raise DaysError("结束日期早于开始日期")
    if plan.last - plan.first > LONGEST:
        raise DaysError("一次代理最长一年")


def _check_others(tx: Transaction, plan: Plan, instead_of: Delegation | None) -> None:
    others = [
        one
        for one in delegations.not_over(tx.session, plan.principal.office, plan.first)
        if one.first <= plan.last and one is not instead_of
    ]
    for one in others:
        if (one.principal_id, one.scope) == (plan.principal.id, plan.scope):
            who = people.by_id(tx.session, one.stand_in_id)
            raise AlreadyStoodInError(plan.principal, who.name if who else "", one)
    day = plan.first
    while day <= plan.last:
        _check_circle(tx, plan, [one for one in others if one.first <= day <= one.last])
        # another circle can only come up where another delegation begins
        day = min((one.first for one in others if one.first > day), default=date.max)


def _check_circle(tx: Transaction, plan: Plan, others: Sequence[Delegation]) -> None:
    """Follow everybody who is away, and the notices of those who left them to another."""
    edges = {one.principal_id: one.stand_in_id for one in others if one.scope == "all"}
    notices = {one.principal_id: one.stand_in_id for one in others if one.scope == "notices"}
    (edges if plan.scope == "all" else notices)[plan.principal.id] = plan.stand_in.id
    passed = circle(plan.principal.id, edges)
    for start in notices:
        passed = passed or circle(start, {**edges, **notices})
    if passed:
        found = [people.by_id(tx.session, one) for one in passed]
        raise CircleError([one.name for one in found if one is not None])
