"""The ledger as the page of the sandbox shows it: the newest entries, with their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage import ledger
from storage.models.people import Person

if TYPE_CHECKING:
    from storage.database import Database
    from storage.models.ledger import LedgerEntry
    from storage.session import Session


def after(database: Database, number: int) -> list[dict[str, object]]:
    """Return the entries above a number, oldest first."""
    with database.reading() as session:
        return [_shown(session, entry) for entry in ledger.tail(session, number)]


def _shown(session: Session, entry: LedgerEntry) -> dict[str, object]:
    content = ledger.content_of(entry)
    return {
        **content,
        "sequence": entry.seq,
        "text": ledger.text_of(session, entry.seq),
        "who": _who(session, content),
        "whom": _name(session, content["object"]),
    }


def _who(session: Session, content: dict[str, Any]) -> str | None:
    """Name who acted, and for whom he stood in: 李明代周岚."""
    actor, principal = _name(session, content["actor"]), content["data"].get("for")
    stood_in = _name(session, str(principal)) if principal else None
    return f"{actor}代{stood_in}" if actor and stood_in else actor


def _name(session: Session, reference: str) -> str | None:
    kind, _, number = reference.partition(":")
    person = session.get(Person, int(number)) if kind == "person" and number.isdigit() else None
    return None if person is None else person.name
