"""The inbox: every update is kept before the messenger is told that it arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from storage.models.messages import InboxRow
from storage.stored_text import storable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from storage.database import Database
    from storage.transaction import Transaction

MOST_TRIES = 3


def put(
    database: Database,
    door: str,
    update_id: int,
    chat: str,
    payload: Mapping[str, Any],
    now: datetime,
) -> bool:
    """Keep an update in a commit of its own; False: it was already there."""
    try:
        with database.transaction(now, alone=False) as tx:
            known = tx.session.scalars(
                select(InboxRow.id).where(InboxRow.door == door, InboxRow.update_id == update_id)
            ).first()
            if known is not None:
                return False
            tx.session.add(
                InboxRow(
                    door=door,
                    update_id=update_id,
                    chat=chat,
                    payload=dict(payload),
                    received_at=tx.now,
                    state="open",
                )
            )
    except IntegrityError:
        # another worker kept the same update between the look and the commit
        return False
    return True


def open_chats(session: Session) -> list[tuple[str, str]]:
    """Return the chats that have updates to be worked off, the longest waiting first."""
    found = session.execute(
        select(InboxRow.door, InboxRow.chat)
        .where(InboxRow.state == "open")
        .group_by(InboxRow.door, InboxRow.chat)
        .order_by(func.min(InboxRow.id))
    )
    return [(door, chat) for door, chat in found]


def next_of(session: Session, door: str, chat: str) -> InboxRow | None:
    """Return a chat's oldest open update."""
    return session.scalars(
        select(InboxRow)
        .where(InboxRow.door == door, InboxRow.chat == chat, InboxRow.state == "open")
        .order_by(InboxRow.id)
        .limit(1)
    ).one_or_none()


def take(tx: Transaction, id_: int) -> InboxRow | None:
    """Lock an open update; None where a worker has it, or an older one of its chat is open."""
    row = tx.session.get(InboxRow, id_, with_for_update={"skip_locked": True})
    if row is None or row.state != "open":
        return None
    older = tx.session.scalars(
        select(InboxRow.id).where(
            InboxRow.door == row.door,
            InboxRow.chat == row.chat,
            InboxRow.state == "open",
            InboxRow.id < row.id,
        )
    ).first()
    return None if older is not None else row


def done(tx: Transaction, row: InboxRow) -> None:
    """Mark an update as worked off, in the same commit as its effects."""
    row.state, row.done_at = "done", tx.now


def failed(tx: Transaction, id_: int, reason: str) -> bool:
    """Count a failed try; True: it was the last, the update is set aside for a person.

    Who calls tells the person and records it: only there is it known what to say.
    """
    row = tx.session.get_one(InboxRow, id_, with_for_update=True)
    if row.state != "open":
        return False
    row.attempts += 1
    row.reason = storable(reason)
    if row.attempts < MOST_TRIES:
        return False
    row.state, row.done_at = "failed", tx.now
    return True


def set_aside(session: Session) -> list[InboxRow]:
    """Return what a person must see: updates that failed three times, each with its reason."""
    return list(
        session.scalars(select(InboxRow).where(InboxRow.state == "failed").order_by(InboxRow.id))
    )


def try_again(tx: Transaction, id_: int, *, actor: str) -> bool:
    """Work an update off once more, as a person decided; False: it does not stand aside."""
    row = tx.session.get(InboxRow, id_, with_for_update=True)
    if row is None or row.state != "failed":
        return False
    row.state, row.attempts, row.done_at = "open", 0, None
    tx.record("update_tried_again", f"inbox:{row.id}", actor=actor)
    return True
