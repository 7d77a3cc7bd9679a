"""The ledger's head leaves for the second folder after every commit that made it grow.

A thread of its own writes: a folder on a slow or hanging network share holds nobody up. Commits
that come while it writes share the next line.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from knowledge.errors import UserFacingError
from storage import head_copies, ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.clock import Clock
    from bot.config import Config
    from bot.home import Home
    from storage.database import Database
    from storage.ledger_head import Head

_LOG = logging.getLogger(__name__)
_LAST_WAIT_SECONDS = 2.0
"""How long the end of the program waits for the last line."""


def folder_of(home: Home, config: Config | None) -> Path | None:
    """Return the second folder; a relative one lies beside the configuration."""
    folder = config.ledger.second_folder if config else None
    return None if folder is None else home.root / folder


def heads_beside(home: Home, config: Config | None) -> list[Head]:
    """Return the heads kept in the second folder; none where no folder is configured.

    Raises:
        HeadFileError: one is configured, and there are no heads in it.
    """
    folder = folder_of(home, config)
    return [] if folder is None else head_copies.read(folder / head_copies.FILE)


@contextmanager
def following(database: Database, folder: Path | None, clock: Clock) -> Iterator[None]:
    """Copy the head after each commit while this is open; without a folder do nothing."""
    if folder is None:
        yield
        return
    copier = _Copier(database, folder, clock)
    database.on_commit(copier.wake)
    copier.start()
    try:
        yield
    finally:
        copier.stop()


class _Copier:
    """Writes the newest head whenever it was woken and the ledger has grown."""

    def __init__(self, database: Database, folder: Path, clock: Clock) -> None:
        self._database, self._folder, self._clock = database, folder, clock
        self._written = 0
        self._failing = False
        self._stopping = False
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heads", daemon=True)

    def wake(self) -> None:
        """Tell that something was committed."""
        self._woken.set()

    def start(self) -> None:
        """Begin with the head that is there."""
        self.wake()
        self._thread.start()

    def stop(self) -> None:
        """Write the last head and end, but do not wait for ever for a folder that hangs."""
        self._stopping = True
        self.wake()
        self._thread.join(_LAST_WAIT_SECONDS)

    def _run(self) -> None:
        while not self._stopping:
            self._woken.wait()
            self._woken.clear()
            self._copy()
        # what was committed while the line before was being written
        self._copy()

    def _copy(self) -> None:
        try:
            with self._database.reading() as session:
                head = ledger.head(session)
            if head.size == self._written:
                return
            head_copies.append(self._folder, head, self._clock.now())
        except UserFacingError as fault:
            # said once, not after every commit; doctor says it too
            if not self._failing:
                _LOG.error("%s", fault)
            self._failing = True
            return
        self._written, self._failing = head.size, False
