from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from bot.clock import ZONE, SimulatedClock
from bot.scheduler import Scheduler
from bot.shelf import LateSearch
from bot.transactions import Transactions
from handlers import daily
from handlers.desk import Desk
from knowledge.calendar import Calendar
from storage import due_jobs
from storage.database import Database, sqlite_url
from storage.errors import DatabaseUnusableError
from storage.models.messages import DueJob

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.transaction import Transaction

MONDAY = datetime(2026, 6, 15, 8, 0, tzinfo=ZONE)
DESK = Desk(
    office="云川市北宽区人民检察院",
    calendar=Calendar(),
    rules={},
    search=LateSearch(),
    doors={},
    settings={},
)


class Office:
    """A scheduler on a real database; what its jobs do is noted, not done."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock = SimulatedClock(folder / "clock.json", MONDAY)
        self.database = Database(sqlite_url(folder / "office.db"))
        self.database.migrate()
        self.work = Transactions(self.database, self.clock)
        self.scheduler = Scheduler(self.work, DESK)
        self.done: list[tuple[str, str]] = []
        self.failing: set[str] = set()
        monkeypatch.setattr(daily, "run", self.run)

    def run(self, tx: Transaction, desk: Desk, job: str, data: Any, found: object) -> None:
        """Stand for every job."""
        del desk, found
        if data["name"] in self.failing:
            raise LookupError(data["name"])
        if data["name"] == "full":
            raise DatabaseUnusableError("office.db", "database or disk is full")
        if data["name"] == "chain" and len(self.done) < 3:
            due_jobs.plan(tx, job, tx.now, key=f"{len(self.done)}", data=data)
        self.done.append((data["name"], f"{tx.now:%H:%M}"))

    async def plan(self, name: str, at: datetime) -> None:
        """Plan a job."""

        def write(tx: Transaction) -> None:
            assert due_jobs.plan(tx, "job", at, key=name, data={"name": name})

        await self.work.write(write)

    async def open_jobs(self, job: str = "job") -> list[DueJob]:
        """Return the jobs that are still open."""

        def read(session: Any) -> list[DueJob]:
            wanted = select(DueJob).where(DueJob.done_at.is_(None), DueJob.job == job)
            return list(session.scalars(wanted))

        return await self.work.read(read)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    ready = Office(tmp_path, monkeypatch)
    yield ready
    ready.work.close()
    ready.database.close()


async def test_due_jobs_are_done_in_order_of_time_and_others_wait(office: Office) -> None:
    await office.plan("later", MONDAY + timedelta(hours=2))
    await office.plan("second", MONDAY - timedelta(minutes=1))
    await office.plan("first", MONDAY - timedelta(hours=1))

    assert await office.scheduler.sweep(MONDAY) == 2
    assert [name for name, _ in office.done] == ["first", "second"]


async def test_a_second_sweep_does_nothing_twice(office: Office) -> None:
    await office.plan("once", MONDAY)
    await office.scheduler.sweep(MONDAY)

    assert await office.scheduler.sweep(MONDAY + timedelta(days=1)) == 0
    assert [name for name, _ in office.done] == ["once"]


async def test_a_job_that_plans_the_next_one_for_now_is_followed_at_once(office: Office) -> None:
    await office.plan("chain", MONDAY)

    assert await office.scheduler.sweep(MONDAY + timedelta(seconds=1)) == 4


async def test_a_failing_job_is_tried_three_times_and_holds_up_no_other(office: Office) -> None:
    office.failing.add("bad")
    await office.plan("bad", MONDAY - timedelta(hours=1))
    await office.plan("good", MONDAY)

    for _ in range(4):
        await office.scheduler.sweep(MONDAY)

    given_up = await office.work.read(due_jobs.given_up)
    assert [name for name, _ in office.done] == ["good"]
    assert [(row.key, row.attempts) for row in given_up] == [("bad", 3)]


async def test_a_job_that_was_given_up_takes_no_following_morning_with_it(office: Office) -> None:
    office.failing.add("bad")
    await office.plan("bad", MONDAY)

    await office.scheduler.sweep(MONDAY)

    assert len(await office.open_jobs("morning")) == 1


async def test_a_database_that_cannot_be_written_counts_as_no_try(office: Office) -> None:
    await office.plan("full", MONDAY)

    await office.scheduler.tick()

    (row,) = await office.open_jobs()
    assert row.attempts == 0


async def test_only_what_was_never_tried_is_new(office: Office) -> None:
    office.failing.add("bad")
    await office.plan("bad", MONDAY)
    assert await office.scheduler.is_anything_new_due()

    await office.scheduler.sweep(MONDAY)

    assert not await office.scheduler.is_anything_new_due()


async def test_the_next_moment_after_now_is_known(office: Office) -> None:
    await office.plan("over", MONDAY - timedelta(hours=1))
    await office.plan("to come", MONDAY + timedelta(hours=2))

    assert await office.scheduler.next_due(MONDAY) == MONDAY + timedelta(hours=2)
