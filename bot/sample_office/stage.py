"""The demo's stage: sandbox, simulated clock and bot put together."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot import ledger_feed
from bot.app import App
from bot.leap import LeapingClock
from bot.office import DOOR
from bot.sample_office import dates, opening
from bot.sandbox.server import Sandbox, SandboxPerson
from bot.telegram.redaction import guard_logging
from bot.telegram.send import TelegramDoor

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.clock import SimulatedClock
    from bot.sample_office.opening import Opened
    from storage.models.people import Person

GROUP = "案管工作群"
FOLDER = "sandbox"
_SWEEP_SECONDS = 1.0


class _Curtain:
    """The clock of the sandbox; it tells the time at once and takes the bot along once it runs."""

    def __init__(self, clock: SimulatedClock) -> None:
        self.clock = clock
        self.leaping: LeapingClock | None = None
        self.ready = asyncio.Event()

    def now(self) -> datetime:
        """Return the aware moment it is."""
        return self.clock.now()

    async def advance(self, target: datetime) -> None:
        """Go to a moment once the bot is at work; until then wait for it."""
        await self.ready.wait()
        if self.leaping is not None:
            await self.leaping.advance(target)


@dataclass(frozen=True)
class Demo:
    """The sandbox ready to listen, and the bot that will poll it."""

    opened: Opened
    sandbox: Sandbox
    clock: _Curtain

    async def start(self, address: str) -> App:
        """Open the bot's door on the sandbox and set it to work."""
        config = self.opened.office.config
        door = TelegramDoor(
            self.sandbox.token,
            clearance=config.door.clearance if config else "internet",
            base_url=address,
            name=DOOR,
        )
        # the client's loggers are there only now
        guard_logging()
        app = App(
            self.opened.office,
            self.opened.desk,
            door,
            self.clock.clock,
            sweep_seconds=_SWEEP_SECONDS,
        )
        await app.start()
        self.clock.leaping = LeapingClock(self.clock.clock, app)
        self.clock.ready.set()
        return app


def set_up(opened: Opened, day: date, *, baseline: bool) -> Demo:
    """Bind the people, import the cases, and build the sandbox around them.

    Raises:
        EarlierDayError: the clock has passed the day.
    """
    folder = opened.office.home.root / FOLDER
    first = opening.first_moment(opened.office.calendar, day, opened.desk.manners.digest_time)
    clock = dates.clock(folder, day, first)
    with opened.office.database.transaction(clock.now()) as tx:
        kept = opening.settle(tx, opened, day=day, baseline=baseline)
        phones = [_phone(person) for person in kept]
    curtain = _Curtain(clock)
    sandbox = Sandbox(
        folder,
        curtain,
        people=phones,
        groups=[GROUP],
        ledger_tail=partial(ledger_feed.after, opened.office.database),
        next_workday=opened.office.calendar.next_workday,
    )
    return Demo(opened, sandbox, curtain)


def _phone(person: Person) -> SandboxPerson:
    return SandboxPerson(opening.phone_of(person), person.name, str(person.roles[0]))
