"""Files people send: fetched before the transaction, and only where the door is cleared."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from bot.door import SendError
from handlers.incoming import Uploaded
from handlers.official_texts.text_files import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from bot.door import Door
    from handlers.incoming import Incoming

    KeepsTexts = Callable[[str, str], Awaitable[bool]]

# https://core.telegram.org/bots/api#getfile: a bot may download files of up to 20 MB
_LARGEST = 20 * 1024 * 1024
_TABLES = frozenset({".csv", ".xlsx", ".xls", ".xlsm", ".xlsb"})
_KEPT = _TABLES | ENDINGS


class Attachments:
    """Puts uploads into a folder under random names; what people called them never is a path.

    `keeps_texts` tells of a door and an account whether official texts are taken from it.
    """

    def __init__(self, folder: Path, keeps_texts: KeepsTexts | None = None) -> None:
        self._folder = folder
        self._keeps_texts = keeps_texts

    async def fetched(self, event: Incoming, doors: Mapping[str, Door]) -> Incoming:
        """Return the event with its file on this machine, or as it is.

        On an internet door only official texts are fetched, from who may import them: they are
        public. Everything else is refused and removed there.
        """
        if not isinstance(event, Uploaded) or event.kind != "document" or event.size > _LARGEST:
            return event
        door = doors[event.origin.door]
        ending = PurePath(event.file_name).suffix.lower()
        if door.clearance == "internet" and not await self._is_text(event, ending):
            return event
        name = secrets.token_hex(16) + (ending if ending in _KEPT else "")
        target = self._folder / name
        try:
            await door.fetch(event.file_id, target)
        except SendError:
            return event
        return replace(event, path=str(target))

    async def _is_text(self, event: Uploaded, ending: str) -> bool:
        if ending not in ENDINGS or self._keeps_texts is None or event.origin.in_group:
            return False
        return await self._keeps_texts(event.origin.door, event.origin.account)
