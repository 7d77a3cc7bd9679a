"""The dispatcher: takes outbox rows that may go, sends them, writes down what became of each."""

from __future__ import annotations

import asyncio
import logging
import time
from functools import partial
from typing import TYPE_CHECKING

from bot import outcome
from bot.door import SendError, UncertainError, UnreachableError
from bot.parcel import parcel_of
from storage import delivery
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from bot.door import Door
    from bot.pacing import Pace
    from bot.parcel import Parcel
    from bot.transactions import Transactions
    from storage.delivery import Place
    from storage.transaction import Transaction

_LOG = logging.getLogger(__name__)
_LONGEST_REST_SECONDS = 1.0
_SHORTEST_REST_SECONDS = 0.02
_FIRST_OUTAGE_SECONDS = 1.0
_LONGEST_OUTAGE_SECONDS = 30.0
_STOP_SECONDS = 2.0


class Dispatcher:
    """Sends what lies in the outbox, one message per chat at a time, toasts before all.

    Args:
        work: Where transactions run.
        doors: The messengers by name.
        pace: How fast messages may leave.
    """

    def __init__(self, work: Transactions, doors: Mapping[str, Door], pace: Pace) -> None:
        self._work = work
        self._doors = doors
        self._pace = pace
        self._awake = asyncio.Event()
        self._moved_on = asyncio.Event()
        self._busy: set[Place] = set()
        self._under_way: set[asyncio.Task[None]] = set()
        self._claiming = asyncio.Lock()
        self._down_until = 0.0
        self._outage = 0.0
        self._stopping = False

    async def recover(self) -> int:
        """After a start: what was being sent when the process died is unknown; return how many."""
        return await self._work.write(delivery.recover, alone=False)

    def wake(self) -> None:
        """Look at the outbox now; the commit of a new row calls this in the event loop."""
        self._awake.set()

    async def run(self) -> None:
        """Send until stopped."""
        while not self._stopping:
            self._awake.clear()
            full = False
            try:
                async with self._claiming:
                    full = await self._send_round()
            except StorageError as fault:
                # nothing left without its claim, and a claim without its result is unknown
                _LOG.warning("%s", fault)
                await asyncio.sleep(_LONGEST_REST_SECONDS)
            rest = _SHORTEST_REST_SECONDS if full else _LONGEST_REST_SECONDS
            await _either(self._awake, rest)

    async def drain(self) -> None:
        """Wait until nothing is left that could be sent now; chats asked to wait are left out."""
        while True:
            self._moved_on.clear()
            self.wake()
            now = self._work.clock.now()
            parked = self._pace.parked()
            left = await self._work.read(partial(delivery.waiting, now=now, parked=parked))
            if (not left and not self._under_way) or self._is_down():
                return
            await _either(self._moved_on, _LONGEST_REST_SECONDS / 20)

    def unhurried(self) -> AbstractContextManager[None]:
        """Let no chat wait for its pace while a simulated clock leaps."""
        return self._pace.suspended()

    async def stop(self) -> None:
        """Take no more rows and wait for the results of what is on its way."""
        self._stopping = True
        self._awake.set()
        # what is being claimed now is still sent: claimed and left alone it would count as unknown
        async with self._claiming:
            pass
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=_STOP_SECONDS)

    async def _send_round(self) -> bool:
        """Send what may go; True where more waits for its pace."""
        if self._stopping:
            return False
        most = 1 if self._outage else self._pace.room()
        if self._is_down() or most <= 0:
            return not self._is_down()
        paced = self._pace.waiting()
        now = self._work.clock.now()
        looking = partial(delivery.sendable, now=now, skip=self._busy | paced, most=most)
        ids = await self._work.read(looking)
        if ids:
            for parcel in await self._work.write(partial(_claimed, ids=ids), alone=False):
                self._start(parcel)
        return bool(paced)

    def _start(self, parcel: Parcel) -> None:
        if not parcel.is_toast:
            self._busy.add(parcel.place)
            door = self._doors.get(parcel.door)
            is_group = door is not None and door.is_group(parcel.message.chat)
            if parcel.is_new_message or is_group:
                self._pace.note(parcel.place, is_group=is_group)
        task = asyncio.create_task(self._deliver(parcel))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _deliver(self, parcel: Parcel) -> None:
        result = await self._sent(parcel)
        self._note_line(result)
        while True:
            try:
                writing = partial(outcome.write_down, parcel=parcel, result=result)
                await self._work.write(writing, alone=False)
                break
            except StorageError as fault:
                _LOG.warning("%s", fault)
                if self._stopping:
                    break
                await asyncio.sleep(_LONGEST_REST_SECONDS)
        if not parcel.is_toast:
            self._busy.discard(parcel.place)
            self._pace_by(parcel, result)
        self._moved_on.set()
        self._awake.set()

    async def _sent(self, parcel: Parcel) -> int | SendError | None:
        door = self._doors.get(parcel.door)
        if door is None:
            return outcome.no_door(parcel.door)
        try:
            return await parcel.deliver(door)
        except SendError as fault:
            return fault
        except OSError as fault:
            return outcome.no_file(fault)
        except Exception as fault:  # noqa: BLE001 - the outbox's loop: every row gets its result
            _LOG.exception("发送第 %s 号消息时出错", parcel.id)
            return UncertainError(f"发送时出错：{type(fault).__name__}")

    def _note_line(self, result: int | SendError | None) -> None:
        if not isinstance(result, UnreachableError):
            if not isinstance(result, UncertainError):
                self._outage = self._down_until = 0.0
            return
        self._outage = min(max(_FIRST_OUTAGE_SECONDS, self._outage * 2), _LONGEST_OUTAGE_SECONDS)
        self._down_until = time.monotonic() + self._outage
        _LOG.warning("%s；%.0f 秒后再试", result.reason, self._outage)

    def _pace_by(self, parcel: Parcel, result: int | SendError | None) -> None:
        seconds = outcome.asked_to_wait(result)
        if seconds:
            self._pace.park(parcel.place, seconds)

    def _is_down(self) -> bool:
        return time.monotonic() < self._down_until


def waker(loop: asyncio.AbstractEventLoop, wake: Callable[[], None]) -> Callable[[], None]:
    """Return a callback for threads that calls `wake` in the event loop, if it still runs."""

    def call() -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(wake)

    return call


def _claimed(tx: Transaction, ids: list[int]) -> list[Parcel]:
    rows = [delivery.claim(tx, id_) for id_ in ids]
    return [parcel_of(row) for row in rows if row is not None]


async def _either(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, but no longer than that."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
