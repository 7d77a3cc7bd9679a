"""The scheduler: a sweep does what is due at a moment; real or simulated time calls it."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import parking
from bot.clock import ZONE
from handlers import daily
from storage import due_jobs
from storage.errors import StorageError

if TYPE_CHECKING:
    from datetime import datetime

    from bot.transactions import Transactions
    from handlers.daily import Found
    from handlers.desk import Desk
    from storage.models.messages import DueJob
    from storage.transaction import Transaction

_LOG = logging.getLogger(__name__)


class Scheduler:
    """Does due jobs in order of time, each once, in the same commit as its effects.

    Args:
        work: Where transactions run.
        desk: What handlers have at hand.
    """

    def __init__(self, work: Transactions, desk: Desk) -> None:
        self._work = work
        self._desk = desk
        self._sweeping = asyncio.Lock()
        self._ticks: AsyncIOScheduler | None = None
        self.last_sweep: datetime | None = None

    async def plan(self) -> None:
        """See that the next morning is planned."""
        await self._work.write(partial(daily.plan_first, desk=self._desk))

    def start(self, seconds: float) -> None:
        """Sweep every so many seconds, late rather than not at all, never twice at once."""
        ticks = AsyncIOScheduler(timezone=ZONE)
        ticks.add_job(
            self.tick,
            "interval",
            seconds=seconds,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        ticks.start()
        self._ticks = ticks

    async def stop(self) -> None:
        """Sweep no more; a job under way is finished."""
        if self._ticks is None:
            return
        self._ticks.pause()
        # its shutdown cancels what still runs
        async with self._sweeping:
            self._ticks.shutdown(wait=False)
            self._ticks = None

    async def tick(self) -> None:
        """Sweep at the clock's moment; a database that cannot be used waits for the next tick."""
        try:
            await self.sweep(self._work.clock.now())
        except StorageError as fault:
            _LOG.warning("%s", fault)

    async def sweep(self, now: datetime) -> int:
        """Do every job due at a moment, in order of time; return how many were done."""
        async with self._sweeping:
            tried: set[int] = set()
            done = 0
            # a job may plan the next one at once: look again until there is nothing new
            while row := await self._work.read(partial(due_jobs.first_due, now=now, tried=tried)):
                tried.add(row.id)
                done += await self._do(row)
            self.last_sweep = now
            return done

    async def next_due(self, after: datetime) -> datetime | None:
        """Return when the next job after a moment is due."""
        return await self._work.read(partial(due_jobs.next_due, after=after))

    async def is_anything_new_due(self) -> bool:
        """Tell whether a job is due that was never tried: others wait for the next tick."""
        looking = partial(due_jobs.is_untried_due, now=self._work.clock.now())
        return await self._work.read(looking)

    async def _do(self, row: DueJob) -> bool:
        try:
            # files are read in a child process, with no transaction open
            found = await asyncio.to_thread(daily.read, self._desk, row.job, row.data)
            return await self._work.write(partial(self._run, id_=row.id, found=found))
        except StorageError:
            raise
        except Exception as fault:  # noqa: BLE001 - the scheduler's tick: the other jobs go on
            _LOG.exception("到期任务 %s 出错", row.job)
            await self._work.write(partial(self._failed, row=row, fault=fault))
            return False

    def _run(self, tx: Transaction, *, id_: int, found: Found) -> bool:
        row = due_jobs.take(tx, id_)
        if row is None:
            return False
        daily.run(tx, self._desk, row.job, row.data, found)
        due_jobs.done(tx, row)
        return True

    def _failed(self, tx: Transaction, *, row: DueJob, fault: Exception) -> None:
        parking.count_job(tx, desk=self._desk, job_id=row.id, job=row.job, fault=fault)
        # a morning that was given up must not take the following ones with it
        daily.plan_first(tx, self._desk)
