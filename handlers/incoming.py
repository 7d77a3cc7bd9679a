"""What people do in a chat, in words no messenger owns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

FileKind = Literal["document", "photo", "voice", "sticker", "other"]


@dataclass(frozen=True)
class Origin:
    """Where something came from: the door, the chat, the account, and the message in that chat.

    `account` is the messenger's numeric id as text, `in_group` tells a group from a private chat,
    `addressed` that a group message is a command, a reply to the bot or names it.
    """

    door: str
    chat: str
    account: str
    display_name: str
    message_id: int
    moment: datetime
    in_group: bool = False
    addressed: bool = True


@dataclass(frozen=True)
class Said:
    """A text message; `reply_to` is the message it quotes."""

    origin: Origin
    text: str
    reply_to: int | None = None


@dataclass(frozen=True)
class Edited:
    """A message whose text was changed afterwards."""

    origin: Origin
    text: str
    reply_to: int | None = None


@dataclass(frozen=True)
class Pressed:
    """A button; `token` is what the button carries, `press_id` what the answer must name."""

    origin: Origin
    token: str
    press_id: str


@dataclass(frozen=True)
class Reacted:
    """A reaction put on a message."""

    origin: Origin
    emoji: str


@dataclass(frozen=True)
class Uploaded:
    """A file, picture, voice message or sticker; the bytes are fetched by `file_id` when needed.

    `path` is where the door's own side has put the bytes, None until they were fetched.
    """

    origin: Origin
    kind: FileKind
    file_id: str
    file_name: str
    size: int
    caption: str = ""
    reply_to: int | None = None
    path: str | None = None


Incoming = Said | Edited | Pressed | Reacted | Uploaded
