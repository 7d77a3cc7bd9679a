"""/代理: who is away and who stands in, mine and those I may arrange for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.people.delegation_checks import days_words
from handlers.people.relations import Place
from handlers.permissions import may
from storage import delegations as table
from storage import people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.models.delegations import Delegation
    from storage.models.people import Person
    from storage.transaction import Transaction

NONE = (
    "目前没有代理。请假时直接写即可，例如：\n"
    "请假到周五，助理代\n"
    "6月16日到20日休假，由李明代\n"
    "提前回来请发送：我回来了"
)
OFFICERS_HINT = "为他人登记：/代理 被代理人 代理人 到周五"
HEADS_HINT = "只把本部门通知书交他人办理：通知书由李明代到周五"


def view(tx: Transaction, person: Person) -> tuple[str, tell.Rows]:
    """Return what concerns a person, and what he may arrange for others, with buttons."""
    found = table.not_over(tx.session, person.office, tx.now.date())
    mine = [one for one in found if one.principal_id == person.id]
    for_others = [one for one in found if one.stand_in_id == person.id]
    others = [
        one
        for one in found
        if one not in mine and one not in for_others and _may_arrange(tx, person, one)
    ]
    lines = [
        *_section(tx, "我的代理：", mine),
        *_section(tx, "我代理：", for_others),
        *_section(tx, "在假和将要请假：", others),
    ]
    if not mine and not for_others:
        lines.append(NONE)
    if may(person, "see_queue"):
        lines.append(OFFICERS_HINT)
    if "head" in person.roles:
        lines.append(HEADS_HINT)
    pressable = [one for each in mine for one in _acts(tx, person, each, several=len(mine) > 1)]
    for one in others:
        who = people.by_id(tx.session, one.principal_id)
        if who is not None:
            pressable.append(button(tx, person, one, who.name, "leave_open"))
    return "\n".join(lines), tell.rows(pressable)


def detail(tx: Transaction, person: Person, one: Delegation) -> tuple[str, tell.Rows]:
    """Return one delegation with what a person may do about it."""
    pressable = []
    if _may_arrange(tx, person, one):
        pressable = _acts(tx, person, one)
    pressable.append(button(tx, person, one, "返回", "leave_back"))
    return line(tx, one), tell.rows(pressable)


def _may_arrange(tx: Transaction, person: Person, one: Delegation) -> bool:
    principal = people.by_id(tx.session, one.principal_id)
    if principal is None:
        return False
    return may(person, "arrange_stand_in", Place(principal.office, principal.department))


def _section(tx: Transaction, title: str, found: Sequence[Delegation]) -> list[str]:
    return [title, *(f"    {line(tx, one)}" for one in found)] if found else []


def line(tx: Transaction, one: Delegation) -> str:
    """Say who stands in for whom, and when."""
    principal = people.by_id(tx.session, one.principal_id)
    stand_in = people.by_id(tx.session, one.stand_in_id)
    what = "本部门通知书" if one.scope == "notices" else ""
    begins = "" if one.first <= tx.now.date() else "（尚未开始）"
    return (
        f"{principal.name if principal else ''}{days_words(one.first, one.last)}"
        f"{what}由{stand_in.name if stand_in else ''}代理{begins}"
    )


def _acts(
    tx: Transaction, person: Person, one: Delegation, *, several: bool = False
) -> list[tuple[str, str]]:
    who = people.by_id(tx.session, one.stand_in_id) if several else None
    tail = f"·{who.name}" if who else ""
    return [
        button(tx, person, one, f"结束代理{tail}", "leave_end"),
        button(tx, person, one, f"延长一天{tail}", "leave_extend", days=1),
        button(tx, person, one, f"延长一周{tail}", "leave_extend", days=7),
        button(tx, person, one, f"改到其他日期{tail}", "leave_ask", field="until"),
    ]


def button(
    tx: Transaction, person: Person, one: Delegation, label: str, act: str, **data: object
) -> tuple[str, str]:
    """Make a button on a delegation as it now stands."""
    record = ("delegation", one.id, one.version)
    return tell.record_button(tx, person, record, label, act, data)
