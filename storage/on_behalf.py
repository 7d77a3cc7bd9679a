"""For whom somebody acts in a transaction: 甲代乙 in the ledger's entries.

Whoever is asked for a permission notes on what ground it was given; every entry that the person
makes about that object then names the one for whom he acted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOTES = "on_behalf"
ANYTHING = ""
"""The object of an act on nothing in particular: it holds for what no note says otherwise of."""


def note(session: Session, person_id: int, object_: str, principal_id: int | None) -> None:
    """Note for whom a person acts on an object; None: in his own right."""
    session.info.setdefault(NOTES, {})[(f"person:{person_id}", object_)] = principal_id


def of(session: Session, actor: str, object_: str) -> int | None:
    """Return the id of the person for whom an actor acts on an object, if it is for another."""
    notes = cast("dict[tuple[str, str], int | None]", session.info.get(NOTES, {}))
    key = (actor, object_)
    return notes[key] if key in notes else notes.get((actor, ANYTHING))
