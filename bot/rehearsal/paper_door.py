"""A door that leads nowhere: what would be sent is kept, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.door import Clearance, Message, Store
    from handlers.incoming import Incoming


@dataclass(frozen=True)
class Kept:
    """One message with the moment it would have been sent; `is_edit`: it replaces another."""

    at: datetime
    message: Message
    is_edit: bool = False


class PaperDoor:
    """Keeps what it is given; nobody ever says anything through it.

    Args:
        name: The door the people are bound through.
        clearance: What its messages may say.
        now: Tells the moment.
    """

    def __init__(self, name: str, clearance: Clearance, now: Callable[[], datetime]) -> None:
        self.name = name
        self.clearance = clearance
        self.kept: list[Kept] = []
        self._now = now

    async def send(self, message: Message) -> int:
        """Keep a message; its number is its place."""
        self.kept.append(Kept(self._now(), message))
        return len(self.kept)

    async def edit(self, message_id: int, message: Message) -> None:  # noqa: ARG002 - the door's shape
        """Keep what a message would have turned into."""
        self.kept.append(Kept(self._now(), message, is_edit=True))

    async def delete(self, chat: str, message_id: int) -> None:
        """Change nothing: what was on the phone before is not here."""

    async def answer_press(self, press_id: str, text: str, *, alert: bool = False) -> None:
        """Change nothing: nobody presses."""

    async def fetch(self, file_id: str, target: Path) -> None:  # noqa: ARG002 - the door's shape
        """There are no files.

        Raises:
            FileNotFoundError: always.
        """
        raise FileNotFoundError(file_id)

    def address(self, payload: Mapping[str, object]) -> tuple[int, str]:  # noqa: ARG002
        """Return no address: nothing comes in."""
        return 0, ""

    def is_group(self, chat: str) -> bool:
        """Tell a group by the sign its number has with the messenger."""
        return chat.startswith("-")

    def translate(self, payload: Mapping[str, object]) -> Sequence[Incoming]:  # noqa: ARG002
        """Return nothing: nothing comes in."""
        return ()

    async def open(self) -> None:
        """Be ready at once."""

    async def close(self) -> None:
        """Keep what is kept."""

    def poller(self, store: Store) -> Silence:  # noqa: ARG002 - the door's shape
        """Return what never fetches."""
        return Silence()


class Silence:
    """A poller to whom nobody speaks."""

    silent_seconds = 0.0

    async def start(self) -> None:
        """Fetch nothing."""

    async def stop(self) -> None:
        """Have fetched nothing."""
