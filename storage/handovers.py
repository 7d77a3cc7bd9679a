"""Cases handed over to another prosecutor before an export says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage import remembered
from storage.models.delegations import Handover

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from storage.transaction import Transaction

KIND = "handovers"
"""The word under which a session remembers what was looked up here."""


def live(session: Session, office: str) -> Mapping[str, Handover]:
    """Return the handovers that were not ended, by case number."""

    def look() -> Mapping[str, Handover]:
        found = session.scalars(
            select(Handover)
            .where(Handover.office == office, Handover.ended_at.is_(None))
            .order_by(Handover.id)
        )
        return {one.case_no: one for one in found}

    return remembered.remembered(session, (KIND, office), look)


def of_case(session: Session, office: str, case_no: str, prosecutor: str | None) -> Handover | None:
    """Return the handover that holds for a case whose card names this prosecutor, if any."""
    found = live(session, office).get(case_no)
    return found if found is not None and found.prosecutor == prosecutor else None


def with_ids(session: Session, ids: Iterable[int]) -> Sequence[Handover]:
    """Return some handovers, in the order they were made."""
    return session.scalars(
        select(Handover).where(Handover.id.in_(list(ids))).order_by(Handover.id)
    ).all()


def keep(tx: Transaction, handover: Handover) -> Handover:
    """Keep a handover; an earlier one of the same case gives way."""
    before = live(tx.session, handover.office).get(handover.case_no)
    if before is not None:
        end(tx, before, handover.made_by, "again")
    tx.session.add(handover)
    _changed(tx)
    return handover


def end(tx: Transaction, handover: Handover, by: int | None, how: str) -> None:
    """End a handover: the card holds again."""
    handover.ended_at, handover.ended_by, handover.ended_as = tx.now, by, how
    _changed(tx)


def _changed(tx: Transaction) -> None:
    tx.session.flush()
    remembered.forget(tx.session, KIND)
