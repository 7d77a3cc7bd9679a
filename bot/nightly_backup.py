"""The evening's backup: once a day while the bot runs, made up for where the evening was missed."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot import backups
from handlers.upkeep import backup_news
from knowledge.errors import UserFacingError
from storage import backup_rotation
from storage.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import App
    from bot.backups import Made
    from bot.config import BackupPart
    from bot.office import Office

_LOG = logging.getLogger(__name__)
LOOK_SECONDS = 60.0


class NightlyBackup:
    """Looks every minute whether the day's backup is there; a failed one is told once a day.

    Args:
        app: The office at work.
        office: Its home and database.
        manner: When, where to, how many.
    """

    def __init__(self, app: App, office: Office, manner: BackupPart) -> None:
        self._app, self._office, self._manner = app, office, manner
        self._failed_for: datetime | None = None

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except StorageError as fault:
                # the database will not be written now: the next look tries again
                _LOG.warning("%s", fault)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Make the backup that is due, if one is."""
        now = self._app.work.clock.now()
        evening = last_evening(now, time.fromisoformat(self._manner.time or "00:00"))
        if evening == self._failed_for or self._newest() >= evening:
            return
        try:
            made = await asyncio.to_thread(self._make, now)
        except (UserFacingError, OSError) as fault:
            _LOG.warning("%s", fault)
            self._failed_for = evening
            failing = partial(backup_news.failed, desk=self._app.desk, reason=str(fault))
            await self._app.work.write(failing)
            return
        await self._app.work.write(partial(backup_news.made, name=made.path.name, head=made.head))

    def _make(self, now: datetime) -> Made:
        return backups.make(
            self._office.home,
            self._office.database,
            now=now,
            keep=self._manner.keep,
            passphrase=backups.passphrase_in(self._words()),
        )

    def _words(self) -> Path | None:
        path = self._manner.passphrase_file
        return self._office.home.root / path if path else None

    def _newest(self) -> datetime:
        return backup_rotation.newest(self._office.home.backups, self._app.work.clock.now())


def last_evening(now: datetime, at: time) -> datetime:
    """Return the last moment at which a backup was due."""
    today = datetime.combine(now.date(), at, now.tzinfo)
    return today if today <= now else today - timedelta(days=1)
