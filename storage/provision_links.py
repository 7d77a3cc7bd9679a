"""Links from rules to items of imported texts, as they stand in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage.models.provision_links import ProvisionLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

PROPOSED, CONFIRMED, DECLINED, ORPHANED = "proposed", "confirmed", "declined", "orphaned"
NAMELESS = ""
"""The office of links made before the home knew its office: they hold for whichever it is."""


def everything(session: Session, office: str) -> Sequence[ProvisionLink]:
    """Return all links of an office, in the order they were first proposed."""
    return session.scalars(
        select(ProvisionLink)
        .where(ProvisionLink.office.in_([office, NAMELESS]))
        .order_by(ProvisionLink.id)
    ).all()


def standing(session: Session, office: str, standings: Iterable[str]) -> Sequence[ProvisionLink]:
    """Return the links of an office that stand so, the sure ones first."""
    return session.scalars(
        select(ProvisionLink)
        .where(
            ProvisionLink.office.in_([office, NAMELESS]),
            ProvisionLink.standing.in_(list(standings)),
        )
        .order_by(ProvisionLink.sure.desc(), ProvisionLink.id)
    ).all()


def counts(session: Session, office: str) -> dict[str, int]:
    """Return how many links of an office stand how."""
    rows = session.execute(
        select(ProvisionLink.standing, func.count())
        .where(ProvisionLink.office.in_([office, NAMELESS]))
        .group_by(ProvisionLink.standing)
    )
    return {row[0]: row[1] for row in rows}


def by_id(session: Session, id_: int) -> ProvisionLink | None:
    """Return one link."""
    return session.get(ProvisionLink, id_)


def with_ids(session: Session, ids: Iterable[int]) -> Sequence[ProvisionLink]:
    """Return the links of some ids, in the order they were first proposed."""
    return session.scalars(
        select(ProvisionLink).where(ProvisionLink.id.in_(list(ids))).order_by(ProvisionLink.id)
    ).all()
