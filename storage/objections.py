"""Objections on their way through officer, case head and chief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models.prompts import Objection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

SETTLED = "settled"


def by_id(session: Session, id_: int) -> Objection | None:
    """Return one objection, locked for the one who changes it."""
    return session.get(Objection, id_, with_for_update=True)


def live_of(session: Session, finding_id: int) -> Objection | None:
    """Return a finding's objection that is not settled."""
    return session.scalars(
        select(Objection)
        .where(Objection.finding_id == finding_id, Objection.stage != SETTLED)
        .order_by(Objection.id.desc())
        .limit(1)
    ).one_or_none()


def at_stage(session: Session, office: str, stage: str) -> Sequence[Objection]:
    """Return the objections that wait for one stage, oldest first."""
    return session.scalars(
        select(Objection)
        .where(Objection.office == office, Objection.stage == stage)
        .order_by(Objection.id)
    ).all()
