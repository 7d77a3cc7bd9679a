"""Playing the coming days: every job at its moment, what would be sent told by person."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.app import App
from bot.clock import ZONE, SimulatedClock
from bot.leap import LeapingClock
from bot.office import DOOR, keep_people
from bot.rehearsal.paper_door import PaperDoor
from storage import people

if TYPE_CHECKING:
    from datetime import date

    from bot.office import Office
    from bot.rehearsal.paper_door import Kept
    from knowledge.calendar import Calendar
    from storage.transaction import Transaction

_EVENING = time(20)
_BEFORE_DIGEST = timedelta(seconds=10)
_PRETENDED = "rehearsal:"


@dataclass(frozen=True)
class Rehearsed:
    """One message a person would get; `bound`: he can be reached today."""

    at: datetime
    person: str
    department: str
    bound: bool
    text: str
    buttons: tuple[tuple[str, ...], ...]
    document: str | None
    is_edit: bool


def play(office: Office, begin: datetime, days: int) -> list[Rehearsed]:
    """Play an office's copy from a moment to the evening of so many working days later.

    People who are not bound get their messages too, so that an office sees before it begins what
    everybody will be told.
    """
    config = office.config
    clock = SimulatedClock(office.home.root / "rehearsal" / "clock.json", begin)
    door = PaperDoor(DOOR, config.door.clearance if config else "internet", clock.now)
    with office.database.transaction(clock.now()) as tx:
        keep_people(tx, office)
        chats = _give_chats(tx, office.name)
    end = _evening_of(office.calendar, begin.date(), days)
    asyncio.run(_played(office, door, clock, end))
    return [_told(kept, chats) for kept in door.kept]


def morning(office: Office, day: date) -> datetime:
    """Return ten seconds before the digest of a day, or of the next working day."""
    digest_time = office.manners().digest_time
    return datetime.combine(office.calendar.next_workday(day), digest_time, ZONE) - _BEFORE_DIGEST


async def _played(office: Office, door: PaperDoor, clock: SimulatedClock, end: datetime) -> None:
    app = App(office, office.desk(), door, clock)
    await app.start()
    try:
        await LeapingClock(clock, app).advance(end)
    finally:
        await app.stop()


def _evening_of(calendar: Calendar, first: date, days: int) -> datetime:
    day = calendar.next_workday(first)
    for _ in range(days - 1):
        day = calendar.next_workday(day + timedelta(days=1))
    return datetime.combine(day, _EVENING, ZONE)


def _give_chats(tx: Transaction, office: str) -> dict[str, tuple[str, str, bool]]:
    """Give everybody a chat; return by chat who he is and whether he is bound already."""
    chats: dict[str, tuple[str, str, bool]] = {}
    for person in people.everybody(tx.session, office):
        if not person.active:
            continue
        bound = people.is_reachable(person)
        if not bound:
            person.door, person.account = DOOR, f"{_PRETENDED}{person.id}"
            person.chat, person.bound_at, person.unreachable = person.account, tx.now, False
        chats[person.chat or ""] = (person.name, person.department, bound)
    return chats


def _told(kept: Kept, chats: dict[str, tuple[str, str, bool]]) -> Rehearsed:
    message = kept.message
    name, department, bound = chats.get(message.chat, (message.chat, "", True))
    return Rehearsed(
        at=kept.at,
        person=name,
        department=department,
        bound=bound,
        text=message.text,
        buttons=tuple(tuple(one.text for one in row) for row in message.buttons),
        document=message.file_name,
        is_edit=kept.is_edit,
    )
