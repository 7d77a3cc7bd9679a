from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest

from bot import health
from bot.clock import SystemClock
from tests.support.runtime import until

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.app import App


@dataclass
class _Watched:
    """As much of the office as the watch looks at."""

    silent_seconds: float = 0.0
    last_sweep: None = None
    clock: SystemClock = field(default_factory=SystemClock)

    @property
    def poller(self) -> _Watched:
        return self

    @property
    def scheduler(self) -> _Watched:
        return self

    @property
    def work(self) -> _Watched:
        return self


def _app(**facts: Any) -> App:
    return cast("App", _Watched(**facts))


async def test_the_file_says_that_it_is_alive(tmp_path: Path) -> None:
    stopping = asyncio.Event()
    path = tmp_path / "health.json"
    watching = asyncio.create_task(
        health.watch(_app(silent_seconds=1.5), path, stopping, every=0.01)
    )

    async def written() -> bool:
        return await asyncio.to_thread(path.exists)

    await until(written)
    stopping.set()
    await watching

    assert json.loads(path.read_text("utf-8"))["poller_silent_seconds"] == 1.5


@dataclass
class _Working(_Watched):
    """An office whose writes are counted instead of done: what is written is tested elsewhere."""

    written: list[object] = field(default_factory=list)
    desk: None = None

    async def write(self, work: object) -> None:
        self.written.append(work)


def _write(path: Path, contact: datetime) -> str:
    path.write_text(json.dumps({"last_contact": contact.isoformat()}), "utf-8")
    return contact.isoformat()


async def _watched(path: Path, since: timedelta | None) -> _Working:
    office = _Working()
    if since is not None:
        _write(path, office.clock.now() - since)
    stopping = asyncio.Event()
    watching = asyncio.create_task(health.watch(cast("App", office), path, stopping, every=0.01))

    async def heard() -> bool:
        contact = await asyncio.to_thread(health.last_contact, path)
        return contact is not None and office.clock.now() - contact < timedelta(minutes=1)

    await until(heard)
    stopping.set()
    await watching
    return office


@pytest.mark.parametrize(
    ("since", "told"),
    [(None, 0), (timedelta(hours=23), 0), (timedelta(hours=25), 1)],
    ids=["a first start", "a day at most", "more than the messenger keeps"],
)
async def test_a_gap_is_told_once_when_letters_may_be_lost(
    tmp_path: Path, since: timedelta | None, told: int
) -> None:
    office = await _watched(tmp_path / "health.json", since)
    assert len(office.written) == told


async def test_before_the_first_answer_the_last_contact_stays_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "health.json"
    old = _write(path, SystemClock().now() - timedelta(hours=30))
    with pytest.raises(health.PollerSilentError):
        await health.watch(_app(silent_seconds=121.0), path, asyncio.Event())
    assert json.loads(path.read_text("utf-8"))["last_contact"] == old


async def test_a_torn_file_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "health.json"
    path.write_text("{", "utf-8")
    assert health.last_contact(path) is None


async def test_a_dead_poller_ends_the_process(tmp_path: Path) -> None:
    with pytest.raises(health.PollerSilentError, match="没有应答"):
        await health.watch(_app(silent_seconds=121.0), tmp_path / "health.json", asyncio.Event())
