"""What is over its time is erased: personal texts beside the ledger, what came in, what went out.

The chain stays whole: each erased text leaves an entry of its own, and its hash. What belongs to
notices, feedback forms, objections and oral prompts is kept for the archive's term (design, 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, not_, or_, select, update

from storage import ledger
from storage.models.ledger import LedgerEntry, LedgerText
from storage.models.messages import InboxRow, OutboxRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from storage.transaction import Transaction

ERASED = "已按期清除"
MESSAGES_ERASED = "messages_erased"
ARCHIVED = ("notice_", "feedback_", "objection_", "oral_prompt", "paper_", "report_")
"""Acts whose texts belong to papers of the archive begin with one of these."""
_KEPT_KINDS = ("notice", "document")
_SETTLED = ("sent", "superseded", "expired", "recalled", "failed")


@dataclass(frozen=True)
class Overdue:
    """How much is over its time: texts beside the ledger, updates that came in, messages sent."""

    texts: int
    updates: int
    messages: int

    @property
    def nothing(self) -> bool:
        """Tell whether there is nothing to erase."""
        return not (self.texts or self.updates or self.messages)


def overdue(session: Session, before: datetime) -> Overdue:
    """Count what is older than a moment and need not be kept for the archive."""
    return Overdue(
        texts=len(session.scalars(_texts(before)).all()),
        updates=session.scalar(select(func.count(InboxRow.id)).where(_updates(before))) or 0,
        messages=session.scalar(select(func.count(OutboxRow.id)).where(_messages(before))) or 0,
    )


def erase(tx: Transaction, before: datetime, *, reason: str, actor: str) -> Overdue:
    """Erase what is older than a moment, each text with its entry, in one commit."""
    found = overdue(tx.session, before)
    for seq in tx.session.scalars(_texts(before)).all():
        ledger.erase_text(tx, seq, reason=reason, actor=actor)
    tx.session.execute(update(InboxRow).where(_updates(before)).values(payload={}, state="erased"))
    tx.session.execute(update(OutboxRow).where(_messages(before)).values(text=ERASED, buttons=[]))
    if found.updates or found.messages:
        tx.record(
            MESSAGES_ERASED,
            "office",
            actor=actor,
            data={
                "before": before.date(),
                "updates": found.updates,
                "messages": found.messages,
                "reason": reason,
            },
        )
    return found


def _texts(before: datetime) -> Select[int]:
    archived = or_(*(LedgerEntry.act.startswith(one, autoescape=True) for one in ARCHIVED))
    return (
        select(LedgerText.seq)
        .join(LedgerEntry, LedgerEntry.seq == LedgerText.seq)
        .where(LedgerEntry.moment < before, not_(archived))
        .order_by(LedgerText.seq)
    )


def _updates(before: datetime) -> ColumnElement[bool]:
    # what waits for a person is not over, however old
    return and_(InboxRow.received_at < before, InboxRow.state == "done")


def _messages(before: datetime) -> ColumnElement[bool]:
    return and_(
        OutboxRow.created_at < before,
        OutboxRow.state.in_(_SETTLED),
        OutboxRow.kind.not_in(_KEPT_KINDS),
        OutboxRow.text != ERASED,
    )
