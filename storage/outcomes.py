"""How findings were dealt with: kept, found again, counted for repetition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models.prompts import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from storage.models.findings import Finding


@dataclass(frozen=True)
class Repeats:
    """How often the same rule was a problem before, of the same person and department."""

    person: int = 0
    department: int = 0


def last_of(session: Session, finding_id: int) -> Outcome | None:
    """Return what was decided last of a finding."""
    return session.scalars(
        select(Outcome).where(Outcome.finding_id == finding_id).order_by(Outcome.id.desc()).limit(1)
    ).one_or_none()


def by_id(session: Session, id_: int) -> Outcome | None:
    """Return one decision."""
    return session.get(Outcome, id_)


def repeats(
    session: Session, finding: Finding, *, since: datetime, decided: Collection[str]
) -> Repeats:
    """Count other findings of a finding's rule that were decided so since a moment."""
    rows = session.execute(
        select(Outcome.finding_id, Outcome.prosecutor, Outcome.department).where(
            Outcome.office == finding.office,
            Outcome.rule == finding.rule,
            Outcome.decided_at >= since,
            Outcome.decided.in_(list(decided)),
            Outcome.finding_id != finding.id,
        )
    ).all()
    return Repeats(
        person=len({row.finding_id for row in rows if _same(row.prosecutor, finding.prosecutor)}),
        department=len(
            {row.finding_id for row in rows if _same(row.department, finding.department)}
        ),
    )


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other
