"""Quarantine: a restored database sends nothing until a person has looked at what it would send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage import settings
from storage.models.messages import OutboxRow
from storage.outbox import EVERYWHERE, note

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.transaction import EntryMark, Transaction

RESTORED = "还原自备份，可能已经发出"
_SWITCH = "quarantined"


def is_quarantined(session: Session) -> bool:
    """Tell whether nothing may be sent because the database was restored from a backup."""
    return bool(settings.read(session, EVERYWHERE, _SWITCH, default=False))


def enter(tx: Transaction, *, actor: str) -> int:
    """Stop all sending, and lay what was waiting before a person; return how many messages.

    The original may have sent them since the backup was made: only a person can tell.
    """
    settings.write(tx.session, EVERYWHERE, _SWITCH, value=True)
    rows = tx.session.scalars(
        select(OutboxRow)
        .where(OutboxRow.state.in_(["pending", "held", "sending"]), OutboxRow.kind != "toast")
        .order_by(OutboxRow.id)
        .with_for_update()
    ).all()
    for row in rows:
        row.state, row.reason, row.settled_at = "failed", RESTORED, tx.now
        note(tx, row, "not_sent", RESTORED)
    tx.record("quarantined", "office", actor=actor, data={"messages": len(rows)})
    return len(rows)


def release(tx: Transaction, *, actor: str) -> EntryMark | None:
    """Let messages go again, as a person confirmed; None: there was no quarantine."""
    if not is_quarantined(tx.session):
        return None
    settings.write(tx.session, EVERYWHERE, _SWITCH, value=False)
    return tx.record("quarantine_released", "office", actor=actor)
