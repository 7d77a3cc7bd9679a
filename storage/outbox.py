"""The outbox: a message is a row first; here rows are written, held, recalled and found again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage import settings
from storage.message_kinds import CREATING, POLICIES, Kind
from storage.models.messages import OutboxRow
from storage.stored_text import storable

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from storage.transaction import Transaction

__all__ = ["Kind"]
EVERYWHERE = "*"
"""The office under which a switch of the whole installation is kept."""


class AimlessEditError(ValueError):
    """An edit or removal that names no message."""


@dataclass(frozen=True)
class Outgoing:
    """A message before it is a row.

    `buttons`: rows of (label, token). `edit_of`: message and version that an edit or delete is
    about. `press_id`: the press a toast answers. `subjects`: finding numbers in item order.
    `reason`: why it is sent, for the ledger; without it the kind's own.
    """

    person_id: int | None
    door: str
    chat: str
    kind: Kind
    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    reply_to: int | None = None
    document: Path | None = None
    file_name: str | None = None
    edit_of: tuple[int, int] | None = None
    press_id: str | None = None
    subjects: tuple[str, ...] = ()
    dedup_key: str | None = None
    not_before: datetime | None = None
    reason: str | None = None


def add(tx: Transaction, outgoing: Outgoing) -> OutboxRow | None:
    """Write a row; a key that is already there writes nothing."""
    if outgoing.kind in {"edit", "delete"} and outgoing.edit_of is None:
        raise AimlessEditError
    if outgoing.dedup_key is not None and _is_known(tx.session, outgoing.dedup_key):
        return None
    row = _row(tx, outgoing)
    tx.session.add(row)
    tx.session.flush()
    if row.kind == "edit":
        _keep_newest(tx, row)
    elif row.state == "held":
        note(tx, row, "held", "发送已暂停")
    return row


def _row(tx: Transaction, outgoing: Outgoing) -> OutboxRow:
    target, version = outgoing.edit_of or (None, 1)
    return OutboxRow(
        person_id=outgoing.person_id,
        door=outgoing.door,
        chat=outgoing.chat,
        kind=outgoing.kind,
        purpose=outgoing.reason or POLICIES[outgoing.kind].purpose,
        text=storable(outgoing.text),
        buttons=[[list(button) for button in line] for line in outgoing.buttons],
        subjects=list(outgoing.subjects),
        reply_to=outgoing.reply_to,
        document=str(outgoing.document) if outgoing.document else None,
        file_name=outgoing.file_name,
        target=target,
        version=version,
        press_id=outgoing.press_id,
        dedup_key=outgoing.dedup_key,
        created_at=tx.now,
        not_before=outgoing.not_before,
        state=waiting_state(tx.session, outgoing.kind),
        attempts=0,
    )


def _is_known(session: Session, key: str) -> bool:
    return (
        session.scalars(select(OutboxRow.id).where(OutboxRow.dedup_key == key)).first() is not None
    )


def _keep_newest(tx: Transaction, row: OutboxRow) -> None:
    """The newest version of an edit wins; the others still waiting are dropped, and said so."""
    others = tx.session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.door == row.door,
            OutboxRow.chat == row.chat,
            OutboxRow.kind == "edit",
            OutboxRow.target == row.target,
            OutboxRow.id != row.id,
        )
        .order_by(OutboxRow.id)
        .with_for_update()
    ).all()
    if any(other.version > row.version for other in others):
        _supersede(tx, row)
        return
    for other in others:
        if other.state == "pending":
            _supersede(tx, other)


def _supersede(tx: Transaction, row: OutboxRow) -> None:
    row.state, row.settled_at = "superseded", tx.now
    note(tx, row, "not_sent", "有更新的版本")


def note(tx: Transaction, row: OutboxRow, result: str, reason: str) -> None:
    """Put what became of a message, and why, into the ledger."""
    tx.record(
        f"message_{result}",
        f"outbox:{row.id}",
        actor="system",
        data={
            "kind": row.kind,
            "person": row.person_id,
            "subjects": row.subjects,
            "attempt": row.attempts,
            "message_id": row.message_id,
            "reason": reason,
        },
    )


def find_by_message(tx: Transaction, door: str, chat: str, message_id: int) -> OutboxRow | None:
    """Return what a message of ours now says: its newest edit, else the message itself."""
    newest = tx.session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.door == door,
            OutboxRow.chat == chat,
            OutboxRow.kind == "edit",
            OutboxRow.target == message_id,
            OutboxRow.state.in_(["sent", "pending", "sending"]),
        )
        .order_by(OutboxRow.version.desc(), OutboxRow.id.desc())
        .limit(1)
    ).one_or_none()
    return newest or original_of(tx, door, chat, message_id)


def original_of(tx: Transaction, door: str, chat: str, message_id: int) -> OutboxRow | None:
    """Return the row a message of ours was first sent as; an edit's row is none."""
    return tx.session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.door == door,
            OutboxRow.chat == chat,
            OutboxRow.message_id == message_id,
            OutboxRow.kind.in_(CREATING),
        )
        .order_by(OutboxRow.id.desc())
        .limit(1)
    ).one_or_none()


def sent_under(session: Session, key: str) -> OutboxRow | None:
    """Return the message that was written under a key, to be changed later."""
    return session.scalars(select(OutboxRow).where(OutboxRow.dedup_key == key)).one_or_none()


def next_edit_version(tx: Transaction, door: str, chat: str, message_id: int) -> int:
    """Return the version the next edit of a message has."""
    newest = tx.session.scalar(
        select(func.max(OutboxRow.version)).where(
            OutboxRow.door == door,
            OutboxRow.chat == chat,
            OutboxRow.kind == "edit",
            OutboxRow.target == message_id,
        )
    )
    return (newest or 1) + 1


def is_held(session: Session) -> bool:
    """Tell whether sending is paused."""
    return bool(settings.read(session, EVERYWHERE, "held", default=False))


def waiting_state(session: Session, kind: str) -> str:
    """Return how a message of a kind waits: in line, or held while sending is paused."""
    return "held" if POLICIES[kind].held_back and is_held(session) else "pending"


def hold_all(tx: Transaction) -> int:
    """Hold every waiting message of a kind that can wait, and those to come; return how many."""
    settings.write(tx.session, EVERYWHERE, "held", value=True)
    rows = [row for row in _in_state(tx, "pending") if POLICIES[row.kind].held_back]
    for row in rows:
        row.state = "held"
        note(tx, row, "held", "发送已暂停")
    return len(rows)


def release_all(tx: Transaction) -> int:
    """Let held messages go; return how many."""
    settings.write(tx.session, EVERYWHERE, "held", value=False)
    rows = _in_state(tx, "held")
    for row in rows:
        row.state = "pending"
    return len(rows)


def _in_state(tx: Transaction, state: str) -> list[OutboxRow]:
    return list(
        tx.session.scalars(select(OutboxRow).where(OutboxRow.state == state).order_by(OutboxRow.id))
    )


def recall(tx: Transaction, row: OutboxRow, reason: str) -> bool:
    """Take back a message that has not left yet; False: it has."""
    tx.session.flush()
    # the dispatcher may have taken it since it was read
    tx.session.refresh(row, with_for_update=True)
    if row.state not in {"pending", "held"}:
        return False
    row.state, row.reason, row.settled_at = "recalled", reason, tx.now
    note(tx, row, "not_sent", reason)
    return True
