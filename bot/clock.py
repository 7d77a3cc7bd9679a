"""The clock everything is told the time by: the machine's, or one that can be moved forward."""

from __future__ import annotations

import json
import threading
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ZONE = ZoneInfo("Asia/Shanghai")
# A restart begins where the last reservation ends, so this is what a kill costs at most.
_RESERVED = timedelta(seconds=2)


class Clock(Protocol):
    """Tells the moment it is, in the office's zone."""

    def now(self) -> datetime:
        """Return the aware moment it is."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the aware moment it is."""
        return datetime.now(ZONE)


class ClockBackwardsError(ValueError):
    """A clock was to be moved to a moment that is already over."""


class SimulatedClock:
    """Runs at the pace of the real one from a chosen moment, and can be moved forward.

    Every moment it ever told is below the one reserved in its file, from which the next process
    goes on: it never goes back, not even after the process was killed.

    Args:
        path: Where the reservation is kept.
        first: Where to begin, unless the file says that it is already later.
        monotonic: Seconds that pass evenly.
    """

    def __init__(
        self, path: Path, first: datetime, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._path = path
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._began = monotonic()
        reserved = reserved_in(path)
        self._base = first.astimezone(ZONE) if reserved is None else max(reserved, first)
        self._reserved = self._base
        path.parent.mkdir(parents=True, exist_ok=True)

    def now(self) -> datetime:
        """Return the aware moment it is."""
        with self._lock:
            return self._told(self._running())

    def move_to(self, moment: datetime) -> None:
        """Go forward to a moment and run on from there.

        Raises:
            ClockBackwardsError: it is already later.
        """
        with self._lock:
            if moment < self._running():
                raise ClockBackwardsError(moment.isoformat())
            self._base, self._began = moment.astimezone(ZONE), self._monotonic()
            self._told(self._base)

    def _running(self) -> datetime:
        return self._base + timedelta(seconds=self._monotonic() - self._began)

    def _told(self, moment: datetime) -> datetime:
        if moment >= self._reserved:
            self._reserved = moment + _RESERVED
            beside = self._path.with_suffix(".new")
            beside.write_text(json.dumps({"reserved": self._reserved.isoformat()}), "utf-8")
            beside.replace(self._path)
        return moment


def reserved_in(path: Path) -> datetime | None:
    """Return the moment a clock's file says the next process goes on from."""
    try:
        content = json.loads(path.read_text("utf-8"))
        return datetime.fromisoformat(content["reserved"]).astimezone(ZONE)
    except (FileNotFoundError, ValueError, KeyError):
        return None
