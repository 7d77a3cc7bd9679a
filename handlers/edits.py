"""An edited message is read again; what was read before is superseded, both versions stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers import earlier, speech
from storage.models.answers import Answer

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Edited
    from storage.models.people import Person
    from storage.transaction import Transaction


def edited(tx: Transaction, desk: Desk, person: Person, event: Edited) -> None:
    """Take back what the earlier version was read as, then read the new one."""
    origin = event.origin
    read_before = list(
        tx.session.scalars(
            select(Answer.id).where(
                Answer.door == origin.door,
                Answer.chat == origin.chat,
                Answer.message_id == origin.message_id,
                Answer.person_id == person.id,
                Answer.standing.in_(["recorded", "asking"]),
            )
        )
    )
    entry = speech.note(tx, person, event)
    earlier.withdraw(tx, person, read_before, why="superseded")
    speech.said(tx, desk, person, event, entry)
