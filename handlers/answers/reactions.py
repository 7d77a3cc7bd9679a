"""A thumb on a message: 👍 on a digest is 全部知悉; any other reaction says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.answers import acknowledging
from handlers.answers.answer_context import digest_id
from storage import outbox

if TYPE_CHECKING:
    from handlers.incoming import Origin, Reacted
    from storage.models.people import Person
    from storage.transaction import Transaction

THUMB = "👍"


def reacted(tx: Transaction, person: Person, event: Reacted) -> None:
    """Take 👍 as 知悉 of what the message was about; what is due today or over is left out."""
    origin = event.origin
    numbers = _numbers(tx, origin)
    counts = event.emoji == THUMB and bool(numbers) and not origin.in_group
    tx.record(
        "reacted",
        f"person:{person.id}",
        actor=f"person:{person.id}",
        data={"message": origin.message_id, "emoji": event.emoji, "counts": counts},
    )
    if not counts:
        return
    said, entry = acknowledging.acknowledge(tx, person, origin, numbers)
    tell.answer(tx, origin, f"{said}（流水第 {entry} 号）。", kind="confirmation", person=person)


def _numbers(tx: Transaction, origin: Origin) -> list[str]:
    """Return the findings a message speaks of: all of its digest, or the item open in it."""
    row = outbox.find_by_message(tx, origin.door, origin.chat, origin.message_id)
    if row is None:
        return []
    digest = digest_id(row.dedup_key)
    return list(row.subjects) if digest is None else acknowledging.digest_numbers(tx, digest)
