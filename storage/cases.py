"""Cases of the current card set, looked up one by one; the whole set is in `snapshots`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models.snapshots import CardRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session


def numbers(session: Session, office: str) -> Sequence[str]:
    """Return the number of every case in the card set, each once, sorted."""
    return session.scalars(
        select(CardRow.case_no).where(CardRow.office == office).distinct().order_by(CardRow.case_no)
    ).all()


def rows(session: Session, office: str, case_nos: Iterable[str]) -> Sequence[CardRow]:
    """Return the cards of some cases, one for each person, case by case."""
    return session.scalars(
        select(CardRow)
        .where(CardRow.office == office, CardRow.case_no.in_(list(case_nos)))
        .order_by(CardRow.case_no, CardRow.person_no)
    ).all()
