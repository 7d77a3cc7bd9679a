"""The world of the sandbox: everything a method or a person's request may touch."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.files import Files
from bot.sandbox.live import Live
from bot.sandbox.messages import Messages
from bot.sandbox.queries import Queries
from bot.sandbox.residents import Residents
from bot.sandbox.updates import Updates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.sandbox.clock import SandboxClock
    from bot.sandbox.store import Store


@dataclass(frozen=True)
class World:
    """State and clock of one sandbox; change it only inside `changing`."""

    store: Store
    clock: SandboxClock
    bot_id: int
    residents: Residents
    messages: Messages
    files: Files
    updates: Updates
    queries: Queries
    live: Live

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Commit a change, then tell pollers, pressers and pages about it."""
        before = self.updates.waiting()
        try:
            with self.store.transaction():
                yield
        except BaseException:
            self.live.drop()
            raise
        if self.updates.waiting() > before:
            self.updates.wake()
        self.queries.wake()
        self.live.release()

    def moment(self) -> int:
        """Return the sandbox's time in whole seconds, as the Bot API tells it."""
        return int(self.clock.now().timestamp())


def open_world(store: Store, folder: Path, clock: SandboxClock, bot_id: int) -> World:
    """Build the world upon its store."""
    return World(
        store,
        clock,
        bot_id,
        Residents(store),
        Messages(store),
        Files(store, folder),
        Updates(store),
        Queries(store),
        Live(),
    )
