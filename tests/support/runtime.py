"""The parts of the runtime on a real sandbox and a real SQLite file, one by one."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
from sqlalchemy import select

from bot.clock import SimulatedClock
from bot.dispatcher import Dispatcher, waker
from bot.pacing import Pace
from bot.sandbox.server import Sandbox
from bot.telegram.send import TelegramDoor
from bot.transactions import Transactions
from storage import ledger
from storage.database import Database, sqlite_url
from storage.models.ledger import LedgerEntry
from storage.models.messages import OutboxRow
from storage.outbox import Outgoing
from tests.support.sandbox import GROUP, PEOPLE, START, ZHOU, Line, MovableClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from storage.outbox import Kind

READ_SECONDS = 10.0
# A client that waits long would make every test of a lost answer wait as long.
IMPATIENT_SECONDS = 1.0
WAIT_SECONDS = 20.0


@dataclass(frozen=True)
class Parts:
    """One of everything that sends, on a sandbox with two people and a group."""

    line: Line
    door: TelegramDoor
    work: Transactions
    clock: SimulatedClock
    dispatcher: Dispatcher

    async def queue(self, text: str, kind: Kind = "answer", **more: Any) -> int:
        """Write an outbox row and return its number."""
        more.setdefault("chat", str(ZHOU.id))
        outgoing = Outgoing(person_id=None, door="telegram", kind=kind, text=text, **more)

        def write(tx: Any) -> int:
            row = tx.send(outgoing)
            assert row is not None
            return int(row.id)

        return await self.work.write(write)

    async def row(self, number: int) -> OutboxRow:
        """Return an outbox row as it now is."""
        return await self.work.read(lambda session: session.get_one(OutboxRow, number))

    async def results(self) -> list[tuple[str, str]]:
        """Return every result of a send in the ledger: act and reason."""

        def read(session: Any) -> list[tuple[str, str]]:
            entries = session.scalars(select(LedgerEntry).order_by(LedgerEntry.seq))
            contents = [ledger.content_of(entry) for entry in entries]
            return [
                (str(one["act"]), str(one["data"].get("reason", "")))
                for one in contents
                if str(one["act"]).startswith("message_")
            ]

        return await self.work.read(read)

    async def until(self, is_so: Callable[[], Any]) -> Any:
        """Wait for something to become true and return it."""
        return await until(is_so)


async def until(is_so: Callable[[], Any]) -> Any:
    """Ask again and again until the answer is true; fail after a while."""
    async with asyncio.timeout(WAIT_SECONDS):
        while True:
            found = await is_so()
            if found:
                return found
            await asyncio.sleep(0.01)


@asynccontextmanager
async def parts(
    folder: Path,
    pace: Pace | None = None,
    *,
    on: Database | None = None,
    read_seconds: float = READ_SECONDS,
) -> AsyncIterator[Parts]:
    """Set everything up on a database, the dispatcher running, and take it down again."""
    clock = SimulatedClock(folder / "clock.json", START)
    database = on or Database(sqlite_url(folder / "office.db"))
    database.migrate()
    work = Transactions(database, clock)
    sandbox = Sandbox(folder / "sandbox", MovableClock(), people=PEOPLE, groups=[GROUP])
    address = await sandbox.start()
    door = TelegramDoor(
        sandbox.token, clearance="internet", base_url=address, read_seconds=read_seconds
    )
    await door.open()
    dispatcher = Dispatcher(work, {door.name: door}, pace or Pace())
    database.on_commit(waker(asyncio.get_running_loop(), dispatcher.wake))
    running = asyncio.create_task(dispatcher.run())
    try:
        async with aiohttp.ClientSession(address) as session:
            line = Line(session, sandbox.token, address)
            yield Parts(line, door, work, clock, dispatcher)
    finally:
        await dispatcher.stop()
        await running
        await door.close()
        await sandbox.stop()
        work.close()
        database.close()
