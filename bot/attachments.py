"""Files people send: fetched before the transaction, and only where the door is cleared."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from bot.door import SendError
from handlers.incoming import Uploaded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.door import Door
    from handlers.incoming import Incoming

# https://core.telegram.org/bots/api#getfile: a bot may download files of up to 20 MB
_LARGEST = 20 * 1024 * 1024
_KEPT = frozenset({".csv", ".xlsx", ".xls", ".xlsm", ".xlsb"})


class Attachments:
    """Puts uploads into a folder under random names; what people called them never is a path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def fetched(self, event: Incoming, doors: Mapping[str, Door]) -> Incoming:
        """Return the event with its file on this machine, or as it is.

        On an internet door nothing is fetched: the file is refused and removed there.
        """
        if not isinstance(event, Uploaded) or event.kind != "document" or event.size > _LARGEST:
            return event
        door = doors[event.origin.door]
        if door.clearance == "internet":
            return event
        ending = PurePath(event.file_name).suffix.lower()
        name = secrets.token_hex(16) + (ending if ending in _KEPT else "")
        target = self._folder / name
        try:
            await door.fetch(event.file_id, target)
        except SendError:
            return event
        return replace(event, path=str(target))
