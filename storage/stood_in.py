"""What stand-ins did for somebody, as the ledger says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from storage import ledger
from storage.models.ledger import LedgerEntry

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session


def entries(
    session: Session, principal_id: int, acts: Collection[str], since: datetime
) -> list[dict[str, Any]]:
    """Return what the entries of some acts since a moment say that were done for a person."""
    found = session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.act.in_(list(acts)), LedgerEntry.moment >= since)
        .order_by(LedgerEntry.seq)
    )
    said = (ledger.content_of(one) for one in found)
    return [one for one in said if one["data"].get("for") == f"person:{principal_id}"]
