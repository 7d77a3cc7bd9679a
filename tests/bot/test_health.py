from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest

from bot import health
from bot.clock import SystemClock
from tests.support.runtime import until

if TYPE_CHECKING:
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


async def test_a_dead_poller_ends_the_process(tmp_path: Path) -> None:
    with pytest.raises(health.PollerSilentError, match="没有应答"):
        await health.watch(_app(silent_seconds=121.0), tmp_path / "health.json", asyncio.Event())
