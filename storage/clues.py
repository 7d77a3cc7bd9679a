"""监督线索: found by number, by finding, by department, by state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage.models.clues import Clue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

FORWARDED, RECEIVED, SETTLED, WITHDRAWN = "forwarded", "received", "settled", "withdrawn"
LIVE = (FORWARDED, RECEIVED)


def by_id(session: Session, id_: int) -> Clue | None:
    """Return one clue."""
    return session.get(Clue, id_)


def in_states(session: Session, office: str, states: Iterable[str]) -> Sequence[Clue]:
    """Return an office's clues in some states, oldest first."""
    return session.scalars(
        select(Clue).where(Clue.office == office, Clue.state.in_(list(states))).order_by(Clue.id)
    ).all()


def of_finding(session: Session, finding_id: int) -> Sequence[Clue]:
    """Return a finding's clues, oldest first; only the last can be live."""
    return session.scalars(
        select(Clue).where(Clue.finding_id == finding_id).order_by(Clue.id)
    ).all()


def next_sequence(session: Session, office: str, year: int) -> int:
    """Return the number after the highest of a year; the writer's lock keeps it the caller's."""
    highest = session.scalar(
        select(func.max(Clue.sequence)).where(Clue.office == office, Clue.year == year)
    )
    return (highest or 0) + 1
