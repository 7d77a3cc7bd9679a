"""The receiver: keeps every update, then works off each chat's updates in order."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from bot import outcome, parking
from knowledge.errors import UserFacingError
from storage import inbox
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.attachments import Attachments
    from bot.door import Door
    from bot.transactions import Transactions
    from handlers.desk import Desk
    from handlers.incoming import Incoming
    from storage.delivery import Place
    from storage.models.messages import InboxRow
    from storage.transaction import Transaction

    Handle = Callable[[Transaction, Desk, Incoming], None]

_LOG = logging.getLogger(__name__)
_PAUSE_SECONDS = 0.5
_STOP_SECONDS = 3.0


class Receiver:
    """One worker per chat that has something to be worked off; none of them overtakes itself.

    Args:
        work: Where transactions run.
        desk: What handlers have at hand.
        doors: The messengers by name.
        handle: What is done with an event, inside the transaction that marks it as done.
        attachments: Fetches what handlers may read of an upload.
    """

    def __init__(
        self,
        work: Transactions,
        desk: Desk,
        doors: Mapping[str, Door],
        handle: Handle,
        attachments: Attachments,
    ) -> None:
        self._work = work
        self._desk = desk
        self._doors = doors
        self._handle = handle
        self._attachments = attachments
        self._workers: dict[Place, asyncio.Task[None]] = {}
        self._asked_for: set[Place] = set()
        self._stopping = False

    async def start(self) -> None:
        """Go on with what was kept but not worked off before."""
        for place in await self._work.read(inbox.open_chats):
            self._ask_for(place)

    async def store(self, door: str, update: Mapping[str, object]) -> None:
        """Keep an update; once this returns, the messenger may be told that it arrived."""
        number, chat = self._doors[door].address(update)
        keeping = partial(
            inbox.put,
            self._work.database,
            door,
            number,
            chat,
            update,
            self._work.clock.now(),
        )
        if await self._work.call(keeping):
            self._ask_for((door, chat))

    async def idle(self) -> None:
        """Wait until everything kept so far is worked off."""
        while self._workers and not self._stopping:
            await asyncio.wait(set(self._workers.values()))

    async def stop(self) -> None:
        """Begin nothing new and wait for what is being worked off."""
        self._stopping = True
        if self._workers:
            await asyncio.wait(set(self._workers.values()), timeout=_STOP_SECONDS)

    def _ask_for(self, place: Place) -> None:
        self._asked_for.add(place)
        if place not in self._workers:
            self._workers[place] = asyncio.create_task(self._work_off(place))

    async def _work_off(self, place: Place) -> None:
        try:
            while place in self._asked_for and not self._stopping:
                self._asked_for.discard(place)
                await self._work_off_chat(place)
        finally:
            # nothing is awaited since the look above: nobody can have asked in between
            del self._workers[place]

    async def _work_off_chat(self, place: Place) -> None:
        while not self._stopping:
            try:
                row = await self._work.read(
                    partial(inbox.next_of, door=place[0], chat=place[1]),
                )
                if row is None:
                    return
                await self._work_off_row(row)
            except StorageError as fault:
                # a full disk or a lost connection is no fault of the update: it stays and waits
                _LOG.warning("%s", fault)
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _work_off_row(self, row: InboxRow) -> None:
        events: Sequence[Incoming] = ()
        try:
            events = self._doors[row.door].translate(row.payload)
            events = [await self._attachments.fetched(event, self._doors) for event in events]
            await self._work.write(partial(self._handled, row_id=row.id, events=events))
        except StorageError:
            raise
        except UserFacingError as refusal:
            saying = partial(parking.refuse, row_id=row.id, events=events, refusal=refusal)
            await self._work.write(saying)
        except Exception as fault:  # noqa: BLE001 - the one handler of every handler's faults
            _LOG.exception("处理第 %s 号来信时出错", row.id)
            failing = partial(
                parking.count, desk=self._desk, row_id=row.id, events=events, fault=fault
            )
            if not await self._work.write(failing):
                await asyncio.sleep(_PAUSE_SECONDS)

    def _handled(self, tx: Transaction, row_id: int, events: Sequence[Incoming]) -> None:
        row = inbox.take(tx, row_id)
        if row is None:
            return
        for event in events:
            outcome.heard_from(tx, event.origin)
            self._handle(tx, self._desk, event)
        inbox.done(tx, row)
