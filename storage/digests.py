"""Digests kept: who had one on which day, and which place each finding had in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models.findings import Digest, DigestPlace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from storage.transaction import Transaction


def keep(
    tx: Transaction,
    person_id: int,
    day: date,
    places: Iterable[Iterable[int]],
    *,
    supplement: bool = False,
) -> Digest:
    """Keep a digest; `places` are the ids of the findings at place 1, at place 2 and so on."""
    digest = Digest(person_id=person_id, day=day, supplement=supplement, made_at=tx.now)
    tx.session.add(digest)
    tx.session.flush()
    tx.session.add_all(
        DigestPlace(person_id=person_id, digest=digest.id, place=place, finding_id=finding_id)
        for place, ids in enumerate(places, 1)
        for finding_id in ids
    )
    return digest


def last(session: Session, person_id: int) -> Digest | None:
    """Return a person's newest digest."""
    return session.scalars(
        select(Digest).where(Digest.person_id == person_id).order_by(Digest.id.desc()).limit(1)
    ).one_or_none()


def places(session: Session, digest_id: int) -> dict[int, list[int]]:
    """Return for each place of a digest the ids of its findings."""
    found: dict[int, list[int]] = {}
    for row in session.scalars(
        select(DigestPlace).where(DigestPlace.digest == digest_id).order_by(DigestPlace.id)
    ):
        found.setdefault(row.place, []).append(row.finding_id)
    return found


def had_one(session: Session, person_id: int, day: date) -> bool:
    """Tell whether a person had the digest of a day; a supplement to it is none."""
    known = select(Digest.id).where(
        Digest.person_id == person_id, Digest.day == day, ~Digest.supplement
    )
    return session.scalars(known.limit(1)).first() is not None


def findings_shown_since(session: Session, moment: datetime) -> set[int]:
    """Return the ids of the findings that any digest made since a moment spoke of."""
    return set(
        session.scalars(
            select(DigestPlace.finding_id)
            .join(Digest, Digest.id == DigestPlace.digest)
            .where(Digest.made_at >= moment)
        )
    )
