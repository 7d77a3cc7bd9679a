"""The office at work behind one door: everything asynchronous, assembled, started and stopped."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

from bot.attachments import Attachments
from bot.dispatcher import Dispatcher, waker
from bot.pacing import Pace
from bot.receiver import Receiver
from bot.scheduler import Scheduler
from bot.transactions import Transactions
from bot.warming import warm
from handlers import route
from handlers.official_texts import text_imports
from storage.errors import StorageError

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.door import FrontDoor, Poller
    from bot.office import Office
    from handlers.desk import Desk

_LOG = logging.getLogger(__name__)
SWEEP_SECONDS = 15.0
_SWITCH_SECONDS = 0.0005


class App:
    """Receives, works off, schedules and sends, until it is stopped.

    Args:
        office: The office with its database.
        desk: What handlers have at hand.
        door: The messenger.
        clock: Tells the time to everything.
        pace: How fast messages may leave.
        sweep_seconds: How often the due jobs are looked at.
    """

    def __init__(
        self,
        office: Office,
        desk: Desk,
        door: FrontDoor,
        clock: Clock,
        *,
        pace: Pace | None = None,
        sweep_seconds: float = SWEEP_SECONDS,
    ) -> None:
        doors = {door.name: door}
        self.work = Transactions(office.database, clock)
        self.receiver = Receiver(
            self.work, desk, doors, route.handle, Attachments(office.home.files, self._keeps_texts)
        )
        self.dispatcher = Dispatcher(self.work, doors, pace or Pace())
        self.scheduler = Scheduler(self.work, desk)
        self.poller: Poller = door.poller(partial(self.receiver.store, door.name))
        self._database = office.database
        self.desk = desk
        self._door = door
        self._sweep_seconds = sweep_seconds
        self._committed = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Go on where the last process stopped."""
        # one message changes threads some fifty times; at 5 ms a time a busy thread holds it up
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._database.on_commit(waker(asyncio.get_running_loop(), self._on_commit))
        await self.dispatcher.recover()
        await self.scheduler.plan()
        await self._door.open()
        self._tasks = [
            asyncio.create_task(self.dispatcher.run()),
            asyncio.create_task(self._sweep_what_is_new()),
            asyncio.create_task(self._look_for_letters_put_back()),
        ]
        await self.receiver.start()
        await self.poller.start()
        self.scheduler.start(self._sweep_seconds)
        # a thread of its own: nobody waits for it, neither the first person nor the end
        today = self.work.clock.now().date()
        threading.Thread(target=warm, args=(self.desk, today), daemon=True).start()

    async def stop(self) -> None:
        """Stop in the order in which nothing is lost: fetching, working off, sending."""
        await asyncio.gather(self.scheduler.stop(), self.poller.stop(), self.receiver.stop())
        await self.dispatcher.stop()
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await self._door.close()
        await asyncio.to_thread(self.work.close)

    async def settle(self) -> None:
        """Work off what came in, do what is due, send what may be sent."""
        await self.receiver.idle()
        await self.scheduler.tick()
        await self.dispatcher.drain()

    async def _keeps_texts(self, door: str, account: str) -> bool:
        return await self.work.read(
            partial(text_imports.are_taken_from, door=door, account=account)
        )

    def _on_commit(self) -> None:
        self.dispatcher.wake()
        self._committed.set()

    async def _look_for_letters_put_back(self) -> None:
        """A letter that a person put back is in no queue: only a look at the inbox finds it."""
        while True:
            await asyncio.sleep(self._sweep_seconds)
            try:
                await self.receiver.start()
            except StorageError as fault:
                _LOG.warning("%s", fault)

    async def _sweep_what_is_new(self) -> None:
        """Do at once what a handler planned for now; the sweep would come seconds later."""
        while True:
            await self._committed.wait()
            self._committed.clear()
            try:
                if await self.scheduler.is_anything_new_due():
                    await self.scheduler.tick()
            except StorageError as fault:
                _LOG.warning("%s", fault)
