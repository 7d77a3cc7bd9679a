"""An edited message is read again; what was read before is superseded, both versions stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import speech
from handlers.answers import earlier
from storage import answers

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Edited
    from storage.models.people import Person
    from storage.transaction import Transaction


def edited(tx: Transaction, desk: Desk, person: Person, event: Edited) -> None:
    """Take back what the earlier version was read as, then read the new one."""
    origin = event.origin
    read_before = answers.read_from(
        tx.session,
        person.id,
        door=origin.door,
        chat=origin.chat,
        message_id=origin.message_id,
    )
    entry = speech.note(tx, person, event)
    earlier.withdraw(tx, person, read_before, why="superseded")
    speech.said(tx, desk, person, event, entry)
