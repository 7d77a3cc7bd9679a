"""Oral prompts: found by number, by finding, and those not yet ticked in the case system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models.prompts import OralPrompt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


def by_id(session: Session, id_: int) -> OralPrompt | None:
    """Return one prompt."""
    return session.get(OralPrompt, id_)


def of_finding(session: Session, finding_id: int) -> Sequence[OralPrompt]:
    """Return a finding's prompts, oldest first."""
    return session.scalars(
        select(OralPrompt).where(OralPrompt.finding_id == finding_id).order_by(OralPrompt.id)
    ).all()


def unregistered(session: Session, office: str, *, before: datetime) -> Sequence[OralPrompt]:
    """Return the prompts up to a moment that lack the tick 已在系统登记, oldest first."""
    return session.scalars(
        select(OralPrompt)
        .where(
            OralPrompt.office == office,
            OralPrompt.registered_at.is_(None),
            OralPrompt.prompted_at <= before,
        )
        .order_by(OralPrompt.prompted_at, OralPrompt.id)
    ).all()
