"""Is it alive: a file that says so every few seconds, and a fault when the poller is dead."""

from __future__ import annotations

import asyncio
import json
import os
from typing import TYPE_CHECKING

from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import App

EVERY_SECONDS = 10.0
# a poll takes 30 s at most and the longest pause of the poller's loop is as long again
MOST_SILENT_SECONDS = 120.0


class PollerSilentError(UserFacingError):
    """The messenger has not answered the poller for too long: whoever supervises must restart."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"消息通道已 {seconds:.0f} 秒没有应答，程序退出，请由守护程序重新启动；"
            "如反复出现，请检查网络和令牌"
        )


async def watch(
    app: App,
    path: Path,
    stopping: asyncio.Event,
    *,
    every: float = EVERY_SECONDS,
    most_silent: float = MOST_SILENT_SECONDS,
) -> None:
    """Write the health file until stopped.

    Raises:
        PollerSilentError: the poller is dead although it still calls itself running.
    """
    while not stopping.is_set():
        silent = app.poller.silent_seconds
        await asyncio.to_thread(_write, path, _facts(app, silent))
        if silent > most_silent:
            raise PollerSilentError(silent)
        try:
            async with asyncio.timeout(every):
                await stopping.wait()
        except TimeoutError:
            continue


def _facts(app: App, silent: float) -> dict[str, object]:
    swept = app.scheduler.last_sweep
    return {
        "moment": app.work.clock.now().isoformat(),
        "pid": os.getpid(),
        "poller_silent_seconds": round(silent, 1),
        "last_sweep": swept.isoformat() if swept else None,
    }


def _write(path: Path, facts: dict[str, object]) -> None:
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(facts), "utf-8")
    beside.replace(path)
