"""A door: one messenger with its clearance, as the dispatcher and the receiver see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import timedelta
    from pathlib import Path

    from handlers.incoming import Incoming

    Store = Callable[[Mapping[str, object]], Awaitable[None]]

Clearance = Literal["internet", "intranet"]


@dataclass(frozen=True)
class Button:
    """One button under a message: what it shows and the token it carries (at most 64 bytes)."""

    text: str
    token: str


@dataclass(frozen=True)
class Message:
    """What is to be shown in a chat: plain text, rows of buttons, perhaps a document."""

    chat: str
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    reply_to: int | None = None
    document: Path | None = None
    file_name: str | None = None


class SendError(Exception):
    """A message was not, or perhaps not, delivered; `reason` goes into the ledger."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RefusedError(SendError):
    """The messenger will never take this message (bad request); a repeat is of no use."""


class BlockedError(SendError):
    """The person has blocked the bot or the chat is gone: the binding is dead."""


class MovedError(SendError):
    """The chat goes on under another id."""

    def __init__(self, chat: str) -> None:
        super().__init__(f"会话已迁移到 {chat}")
        self.chat = chat


class LaterError(SendError):
    """The messenger asks to wait; nothing was delivered."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"消息通道要求等待 {wait.total_seconds():.0f} 秒")
        self.wait = wait


class UnreachableError(SendError):
    """The request never left this machine; nothing was delivered, a repeat is safe."""


class UncertainError(SendError):
    """Time-out or reset after the request left: it may have been delivered."""


class Door(Protocol):
    """One messenger."""

    name: str
    clearance: Clearance

    async def send(self, message: Message) -> int:
        """Show a message and return its id in the chat; raises a SendError."""
        ...

    async def edit(self, message_id: int, message: Message) -> None:
        """Replace a message's text and buttons; "not modified" counts as done."""
        ...

    async def delete(self, chat: str, message_id: int) -> None:
        """Remove a message from the chat, as far as the messenger allows it."""
        ...

    async def answer_press(self, press_id: str, text: str, *, alert: bool = False) -> None:
        """Show the short answer to a press on the person's phone."""
        ...

    async def fetch(self, file_id: str, target: Path) -> None:
        """Bring a file a person sent to a path on this machine."""
        ...

    def address(self, payload: Mapping[str, object]) -> tuple[int, str]:
        """Return a raw update's number and the chat it belongs to (empty where to none)."""
        ...

    def is_group(self, chat: str) -> bool:
        """Say whether a chat is a group."""
        ...

    def translate(self, payload: Mapping[str, object]) -> Sequence[Incoming]:
        """Read a stored raw update; an update that says nothing to us gives an empty sequence."""
        ...


class Poller(Protocol):
    """Fetches what people do and has each kept before the messenger is told that it arrived."""

    @property
    def silent_seconds(self) -> float:
        """Return how long ago the messenger last answered."""
        ...

    async def start(self) -> None:
        """Begin to fetch; waits for the network as long as it takes."""
        ...

    async def stop(self) -> None:
        """Stop fetching."""
        ...


class FrontDoor(Door, Protocol):
    """A door as the assembly sees it: opened, polled and closed."""

    async def open(self) -> None:
        """Make the door ready; waits for the network as long as it takes."""
        ...

    async def close(self) -> None:
        """Close it; nothing can be sent any more."""
        ...

    def poller(self, store: Store) -> Poller:
        """Return what fetches; `store` commits one raw update and bears a repeat."""
        ...
