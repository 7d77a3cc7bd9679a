"""Moving a simulated clock: every job at its own moment, in order, with its messages sent."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from storage import delivery

if TYPE_CHECKING:
    from datetime import datetime

    from bot.app import App
    from bot.clock import SimulatedClock


class LeapingClock:
    """The clock of the sandbox: tells the simulated time, and takes the office along."""

    def __init__(self, clock: SimulatedClock, app: App) -> None:
        self._clock = clock
        self._app = app
        self._leaping = asyncio.Lock()

    def now(self) -> datetime:
        """Return the aware moment it is."""
        return self._clock.now()

    async def advance(self, target: datetime) -> None:
        """Go to a moment; return when every job due until then is done and sent."""
        async with self._leaping:
            with self._app.dispatcher.unhurried():
                await self._app.settle()
                while (moment := await self._next(target)) is not None:
                    await self._go_to(moment)
                await self._go_to(target)

    async def _go_to(self, moment: datetime) -> None:
        if moment > self._clock.now():
            self._clock.move_to(moment)
        await self._app.settle()

    async def _next(self, target: datetime) -> datetime | None:
        now = self._clock.now()
        due = await self._app.scheduler.next_due(now)
        planned = await self._app.work.read(partial(delivery.next_planned, now=now))
        return min((one for one in (due, planned) if one and one <= target), default=None)
