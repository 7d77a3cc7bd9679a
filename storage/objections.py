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


def group(session: Session, objection: Objection) -> Sequence[Objection]:
    """Return what goes one way with an objection and is not settled, itself too; oldest first."""
    together = Objection.group_id == (objection.group_id or objection.id)
    return session.scalars(
        select(Objection)
        .where(together | (Objection.id == objection.id), Objection.stage != SETTLED)
        .order_by(Objection.id)
    ).all()


def at_stage(session: Session, office: str, stage: str) -> list[Objection]:
    """Return the objections that wait for one stage, oldest first; of a group the first one."""
    found = session.scalars(
        select(Objection)
        .where(Objection.office == office, Objection.stage == stage)
        .order_by(Objection.id)
    )
    first: dict[int, Objection] = {}
    for one in found:
        first.setdefault(one.group_id or one.id, one)
    return list(first.values())


def with_examples(session: Session, office: str) -> Sequence[Objection]:
    """Return the objections that were upheld and left their rule an example, oldest first."""
    return session.scalars(
        select(Objection)
        .where(Objection.office == office, Objection.example.is_not(None))
        .order_by(Objection.id)
    ).all()
