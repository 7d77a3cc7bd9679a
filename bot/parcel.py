"""A claimed outbox row on its way through a door."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.door import Button, Message

if TYPE_CHECKING:
    from bot.door import Door
    from storage.delivery import Place
    from storage.models.messages import OutboxRow


@dataclass(frozen=True)
class Parcel:
    """What the dispatcher needs of a row once its transaction is over."""

    id: int
    door: str
    kind: str
    message: Message
    target: int | None
    press_id: str | None

    @property
    def place(self) -> Place:
        """The chat it goes to."""
        return (self.door, self.message.chat)

    @property
    def is_toast(self) -> bool:
        """Tell the short answer to a press from everything that stands in a chat."""
        return self.kind == "toast"

    @property
    def is_new_message(self) -> bool:
        """Tell what adds a message to a chat from what changes one."""
        return self.kind not in {"toast", "edit", "delete"}

    async def deliver(self, door: Door) -> int | None:
        """Send it and return the new message's id, None where there is no new one."""
        if self.kind == "toast":
            await door.answer_press(self.press_id or "", self.message.text)
        elif self.kind == "edit":
            await door.edit(self.target or 0, self.message)
        elif self.kind == "delete":
            await door.delete(self.message.chat, self.target or 0)
        else:
            return await door.send(self.message)
        return None


def parcel_of(row: OutboxRow) -> Parcel:
    """Read a row, while its transaction is open."""
    return Parcel(
        id=row.id,
        door=row.door,
        kind=row.kind,
        message=Message(
            chat=row.chat,
            text=row.text,
            buttons=tuple(
                tuple(Button(str(label), str(token)) for label, token in line)
                for line in row.buttons
            ),
            reply_to=row.reply_to,
            document=Path(row.document) if row.document else None,
            file_name=row.file_name,
        ),
        target=row.target,
        press_id=row.press_id,
    )
