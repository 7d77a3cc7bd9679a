"""Work on the database from the event loop: in threads, each piece in one transaction."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.clock import Clock
    from storage.database import Database
    from storage.session import Session
    from storage.transaction import Transaction

T = TypeVar("T")
_WRITERS_ON_POSTGRESQL = 4
_READERS = 2


class Transactions:
    """Runs pieces of work at the clock's moment.

    On SQLite there is one writing thread: waiting for one's turn in a queue is fair and quick,
    waiting for SQLite's lock is neither (its busy handler sleeps up to 100 ms between tries).
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        writers = 1 if database.is_sqlite else _WRITERS_ON_POSTGRESQL
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="writing")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="reading")

    async def write(self, work: Callable[[Transaction], T], *, alone: bool = True) -> T:
        """Do something in a transaction of its own; see `Database.transaction` for `alone`."""
        return await self.call(partial(self._written, work, alone=alone))

    async def call(self, work: Callable[[], T]) -> T:
        """Do something that opens its own transaction, in its turn with the other writers."""
        return await asyncio.get_running_loop().run_in_executor(self._writers, work)

    async def read(self, work: Callable[[Session], T]) -> T:
        """Look at one state of the database."""
        return await asyncio.get_running_loop().run_in_executor(
            self._readers, partial(self._looked, work)
        )

    def close(self) -> None:
        """Finish what is being written and take nothing more."""
        self._writers.shutdown()
        self._readers.shutdown()

    def _written(self, work: Callable[[Transaction], T], *, alone: bool) -> T:
        with self.database.transaction(self.clock.now(), alone=alone) as tx:
            return work(tx)

    def _looked(self, work: Callable[[Session], T]) -> T:
        with self.database.reading() as session:
            return work(session)
