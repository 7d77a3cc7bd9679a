"""What has just happened, pushed to every open page."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.sandbox.store import dumps

_BACKLOG = 1000


class Live:
    """Events held back until their transaction is committed, then given to every listener."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._listeners: set[asyncio.Queue[str | None]] = set()

    def hold(self, event: str, **facts: Any) -> None:
        """Note an event; nobody hears of it before `release`."""
        self._held.append(dumps({"event": event, **facts}))

    def drop(self) -> None:
        """Forget the held events: their transaction came to nothing."""
        self._held.clear()

    def release(self) -> None:
        """Give the held events to everybody; a listener too far behind is sent home."""
        held, self._held = self._held, []
        for listener in list(self._listeners):
            if listener.qsize() + len(held) > _BACKLOG:
                self.leave(listener)
                listener.put_nowait(None)
                continue
            for event in held:
                listener.put_nowait(event)

    def join(self) -> asyncio.Queue[str | None]:
        """Return a queue of events to come; None in it means the end."""
        listener: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners.add(listener)
        return listener

    def leave(self, listener: asyncio.Queue[str | None]) -> None:
        """Stop listening."""
        self._listeners.discard(listener)

    def stop(self) -> None:
        """Send every listener home."""
        for listener in list(self._listeners):
            listener.put_nowait(None)
        self._listeners.clear()
