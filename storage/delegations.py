"""Who stands in for whom on a day (AB角); whether he may is decided by the handlers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage import remembered
from storage.models.delegations import Delegation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from storage.transaction import Transaction

KIND = "delegations"
"""The word under which a session remembers what was looked up here."""


def by_id(session: Session, id_: int) -> Delegation | None:
    """Return one delegation, locked for the one who changes it."""
    return session.get(Delegation, id_, with_for_update=True)


def in_force(session: Session, office: str, day: date) -> Sequence[Delegation]:
    """Return who stands in for whom on a day, in the order it was arranged."""
    return session.scalars(
        select(Delegation)
        .where(
            Delegation.office == office,
            Delegation.ended_at.is_(None),
            Delegation.first <= day,
            Delegation.last >= day,
        )
        .order_by(Delegation.id)
    ).all()


def not_over(session: Session, office: str, day: date) -> Sequence[Delegation]:
    """Return what holds on a day or is still to come, by its first day."""
    return session.scalars(
        select(Delegation)
        .where(Delegation.office == office, Delegation.ended_at.is_(None), Delegation.last >= day)
        .order_by(Delegation.first, Delegation.id)
    ).all()


def of_person(session: Session, office: str, person_id: int, day: date) -> list[Delegation]:
    """Return what concerns a person, as the one who is away or who stands in, now or to come."""
    return [
        one
        for one in not_over(session, office, day)
        if person_id in {one.principal_id, one.stand_in_id}
    ]


def lately_over(
    session: Session, stand_in_id: int, day: date, *, since: date
) -> Sequence[Delegation]:
    """Return for whom a person stood in and does so no longer, the last one first."""
    return session.scalars(
        select(Delegation)
        .where(
            Delegation.stand_in_id == stand_in_id,
            Delegation.last >= since,
            (Delegation.ended_at.is_not(None)) | (Delegation.last < day),
        )
        .order_by(Delegation.last.desc(), Delegation.id.desc())
    ).all()


def not_told(session: Session, principal_id: int) -> Sequence[Delegation]:
    """Return a person's absences of which he got no summary yet, the earliest first."""
    return session.scalars(
        select(Delegation)
        .where(
            Delegation.principal_id == principal_id,
            Delegation.scope == "all",
            Delegation.told_at.is_(None),
        )
        .order_by(Delegation.first, Delegation.id)
    ).all()


def keep(tx: Transaction, delegation: Delegation) -> Delegation:
    """Keep a new delegation; it holds at once."""
    tx.session.add(delegation)
    changed(tx)
    return delegation


def end(tx: Transaction, delegation: Delegation, by: int | None, how: str) -> None:
    """End a delegation now."""
    delegation.ended_at, delegation.ended_by, delegation.ended_as = tx.now, by, how
    delegation.version += 1
    changed(tx)


def changed(tx: Transaction) -> None:
    """Write what was changed, and look anew at the next question."""
    tx.session.flush()
    remembered.forget(tx.session, KIND)


def days_of(found: Iterable[Delegation]) -> tuple[date, date] | None:
    """Return the first and the last day of several delegations together."""
    found = list(found)
    if not found:
        return None
    return min(one.first for one in found), max(one.last for one in found)
