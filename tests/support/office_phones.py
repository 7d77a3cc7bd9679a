"""What people see and do on their phones, without a messenger between."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handlers.incoming import Edited, Origin, Pressed, Reacted, Said, Uploaded

if TYPE_CHECKING:
    from handlers.incoming import FileKind
    from tests.support.office_desk import OfficeAtWork

DOOR = "phone"
GROUP = "-100"


@dataclass
class Message:
    """A message as it now stands on a phone."""

    id: int
    text: str
    kind: str
    buttons: dict[str, str] = field(default_factory=dict)
    edits: int = 0


class Phone:
    """One person's private chat, or the group."""

    def __init__(self, office: OfficeAtWork, name: str, account: str, chat: str) -> None:
        self.office, self.name, self.account, self.chat = office, name, account, chat
        self.toasts: list[str] = []
        self.messages: list[Message] = []
        self.removed: list[int] = []

    @property
    def texts(self) -> list[str]:
        """All texts that stand in the chat."""
        return [one.text for one in self.messages]

    @property
    def last(self) -> Message:
        """The newest message of the bot."""
        return self.messages[-1]

    def of_kind(self, kind: str) -> list[Message]:
        """Return the messages of a kind."""
        return [one for one in self.messages if one.kind == kind]

    def clear(self) -> None:
        """Forget what was read so far."""
        self.messages.clear()
        self.toasts.clear()

    def origin(self, message_id: int | None = None, *, chat: str | None = None) -> Origin:
        """Return where something this person does comes from."""
        return Origin(
            door=DOOR,
            chat=chat or self.chat,
            account=self.account,
            display_name=self.name,
            message_id=message_id or self.office.next_message(),
            moment=self.office.now,
            in_group=chat is not None,
        )

    def say(self, text: str, *, reply_to: Message | None = None) -> int:
        """Write a text; returns its message id."""
        origin = self.origin()
        self.office.handle(Said(origin, text, reply_to.id if reply_to else None))
        return origin.message_id

    def say_in_group(self, text: str) -> None:
        """Write to the bot in the group."""
        self.office.handle(Said(self.origin(chat=GROUP), text))

    def edit(self, message_id: int, text: str) -> None:
        """Change a text written before."""
        self.office.handle(Edited(self.origin(message_id), text))

    def press(self, label: str, on: Message | None = None) -> str:
        """Tap a button by its label; returns the toast."""
        message = on or self.last
        token = next(token for name, token in message.buttons.items() if name.startswith(label))
        return self.press_token(token, message)

    def press_token(self, token: str, on: Message) -> str:
        """Tap a button that may have gone since."""
        self.office.handle(Pressed(self.origin(on.id), token, press_id=f"p{on.id}"))
        return self.toasts[-1]

    def react(self, emoji: str, on: Message) -> None:
        """Put a reaction on a message."""
        self.office.handle(Reacted(self.origin(on.id), emoji))

    def upload(self, kind: FileKind, name: str = "", caption: str = "", path: str = "") -> int:
        """Send a file, picture, voice message or sticker."""
        origin = self.origin()
        self.office.handle(
            Uploaded(origin, kind, "f1", name, 1024, caption=caption, path=path or None)
        )
        return origin.message_id
