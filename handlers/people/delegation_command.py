"""/代理, and what people write when they go on leave: 请假到周五，助理代; 我回来了."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.incoming import Uploaded
from handlers.people import delegation_drafts, delegation_view, delegations, return_summary
from handlers.people.delegation_drafts import Draft
from handlers.permissions import RefusedError, demand
from knowledge import leave
from knowledge.errors import UserFacingError
from knowledge.leave import Back, Speaker
from storage import delegations as table
from storage import people

if TYPE_CHECKING:
    from handlers.answers.answers import Heard
    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from knowledge.leave import Leave
    from storage.models.people import Person
    from storage.transaction import Transaction

UNKNOWN = "人员名册里没有“{name}”，请核对姓名。"
NOT_AWAY = "没有登记您正在请假，无需销假。发送 /代理 查看。"
BACK = "欢迎回来。代理已结束（流水第 {entry} 号），今后的提示发给您本人。"


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """Show who stands in for whom; with names and days begin to arrange it."""
    demand(person, "take_leave")
    if not rest.strip():
        text, buttons = delegation_view.view(tx, person)
        tell.answer(tx, event.origin, text, person=person, buttons=buttons)
        return
    _begin(tx, desk, person, event, leave.parts(rest, _speaker(tx, person)))


def hear(tx: Transaction, desk: Desk, heard: Heard) -> bool:
    """Take a text that speaks of a leave or of a return; False: it speaks of something else."""
    event = heard.event
    found = leave.read(heard.text, _speaker(tx, heard.person))
    if found is None or isinstance(event, Uploaded):
        return False
    try:
        demand(heard.person, "take_leave")
    except RefusedError:
        return False
    if isinstance(found, Back):
        return _back(tx, desk, heard.person, event)
    _begin(tx, desk, heard.person, event, found)
    return True


def _begin(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, found: Leave) -> None:
    try:
        draft, among = _draft(tx, person, found)
        note = UNKNOWN.format(name=found.unknown) if found.unknown else ""
        text, buttons = delegation_drafts.ask(tx, desk, person, draft, among=among, note=note)
    except RefusedError:
        raise
    except UserFacingError as refused:
        text, buttons = f"{refused}。", ()
    tell.answer(tx, event.origin, text, person=person, buttons=buttons)


def _draft(tx: Transaction, person: Person, found: Leave) -> tuple[Draft, list[Person]]:
    """Return what the text says of a stand-in, and who may be meant by a name that two have."""
    principal = _named(tx, person, found.principal)[0] if found.principal else person
    meant: list[Person] = []
    if found.stand_in:
        meant = _named(tx, person, found.stand_in)
    elif found.assistant:
        meant = delegation_drafts.assistants(tx, principal)
    draft = Draft(
        principal,
        meant[0] if len(meant) == 1 else None,
        found.days.first,
        found.days.last,
        "notices" if found.notices else "all",
    )
    return draft, meant if len(meant) > 1 else []


def _named(tx: Transaction, person: Person, name: str) -> list[Person]:
    return people.named(tx.session, person.office, name)


def _back(tx: Transaction, desk: Desk, person: Person, event: Said | Edited) -> bool:
    """End what somebody's stand-ins do for him today, and sum up what happened."""
    today = tx.now.date()
    away = [
        one
        for one in table.of_person(tx.session, person.office, person.id, today)
        if one.scope == "all" and one.first <= today
    ]
    if not away:
        tell.answer(tx, event.origin, NOT_AWAY, person=person)
        return True
    entries = [delegations.end(tx, person, one, "returned") for one in away]
    tell.answer(tx, event.origin, BACK.format(entry=entries[-1]), person=person)
    return_summary.tell_now(tx, desk, person.id)
    return True


def _speaker(tx: Transaction, person: Person) -> Speaker:
    names = [
        name
        for one in people.everybody(tx.session, person.office)
        if one.active
        for name in (one.name, *one.aliases)
    ]
    return Speaker(person.name, tx.now.date(), names)
