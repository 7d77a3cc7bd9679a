"""Is it alive: a file that says so every few seconds, and a fault when the poller is dead."""

from __future__ import annotations

import asyncio
import json
import os
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from handlers.upkeep import absence
from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import App

EVERY_SECONDS = 10.0
# a poll takes 30 s at most and the longest pause of the poller's loop is as long again
MOST_SILENT_SECONDS = 120.0
KEPT_BY_MESSENGER = timedelta(hours=24)
"""So long the messenger keeps what nobody fetched (core.telegram.org/bots/api, Getting updates)."""


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
    before, started = last_contact(path), app.work.clock.now()
    contact: datetime | None = None
    while not stopping.is_set():
        silent = app.poller.silent_seconds
        heard = app.work.clock.now() - timedelta(seconds=silent)
        if contact is None and heard > started:
            await _tell_of_gap(app, before, heard)
        # before its first answer a new process knows only what the last one wrote
        contact = heard if heard > started else contact
        await asyncio.to_thread(_write, path, _facts(app, silent, contact or before))
        if silent > most_silent:
            raise PollerSilentError(silent)
        try:
            async with asyncio.timeout(every):
                await stopping.wait()
        except TimeoutError:
            continue


def last_contact(path: Path) -> datetime | None:
    """Return when the messenger last answered, as the file says it; None: it does not say."""
    try:
        told = json.loads(path.read_text("utf-8")).get("last_contact")
        return datetime.fromisoformat(told) if told else None
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        return None


async def _tell_of_gap(app: App, before: datetime | None, heard: datetime) -> None:
    if before is None or heard - before <= KEPT_BY_MESSENGER:
        return
    await app.work.write(partial(absence.tell, desk=app.desk, since=before, until=heard))


def _facts(app: App, silent: float, contact: datetime | None) -> dict[str, object]:
    swept = app.scheduler.last_sweep
    return {
        "moment": app.work.clock.now().isoformat(),
        "pid": os.getpid(),
        "poller_silent_seconds": round(silent, 1),
        "last_contact": contact.isoformat() if contact else None,
        "last_sweep": swept.isoformat() if swept else None,
    }


def _write(path: Path, facts: dict[str, object]) -> None:
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(facts), "utf-8")
    beside.replace(path)
