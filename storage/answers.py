"""Find what people answered; what an answer means for its finding is decided by the handlers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

RECORDED = "recorded"
ASKING = "asking"
STILL_TO_DECIDE = frozenset({RECORDED, ASKING})
"""Standings of what may still be taken back: nobody has decided on it."""


def with_ids(session: Session, ids: Iterable[int]) -> Sequence[Answer]:
    """Return the answers of some ids, the newest first."""
    return session.scalars(
        select(Answer).where(Answer.id.in_(list(ids))).order_by(Answer.id.desc())
    ).all()


def recorded(session: Session) -> Sequence[Answer]:
    """Return the answers nobody has decided on yet, in the order they came."""
    return session.scalars(
        select(Answer).where(Answer.standing == RECORDED).order_by(Answer.id)
    ).all()


def last_of(
    session: Session, finding_id: int, *, standings: Collection[str] = (RECORDED,)
) -> Answer | None:
    """Return the newest answer to a finding that stands in one of these ways."""
    return session.scalars(
        select(Answer)
        .where(Answer.finding_id == finding_id, Answer.standing.in_(list(standings)))
        .order_by(Answer.id.desc())
        .limit(1)
    ).one_or_none()


def acted_for(
    session: Session, principal_id: int, person_ids: Collection[int], since: datetime
) -> Sequence[Answer]:
    """Return what some stand-ins answered for somebody since a moment, the oldest first."""
    return session.scalars(
        select(Answer)
        .where(
            Answer.principal_id == principal_id,
            Answer.person_id.in_(list(person_ids)),
            Answer.said_at >= since,
        )
        .order_by(Answer.id)
    ).all()


def of_finding(
    session: Session, finding_id: int, *, standings: Collection[str]
) -> Sequence[Answer]:
    """Return the answers to a finding that stand in one of these ways, the oldest first."""
    return session.scalars(
        select(Answer)
        .where(Answer.finding_id == finding_id, Answer.standing.in_(list(standings)))
        .order_by(Answer.id)
    ).all()


def is_last_word(session: Session, answer: Answer) -> bool:
    """Tell whether nothing newer is recorded of an answer's finding."""
    newer = select(Answer.id).where(
        Answer.finding_id == answer.finding_id,
        Answer.id > answer.id,
        Answer.standing == RECORDED,
    )
    return session.scalars(newer.limit(1)).first() is None


def read_from(
    session: Session, person_id: int, *, door: str, chat: str, message_id: int | None
) -> list[int]:
    """Return the ids of what a person's message was read as and nobody has decided on."""
    return list(
        session.scalars(
            select(Answer.id)
            .where(
                Answer.door == door,
                Answer.chat == chat,
                Answer.message_id == message_id,
                Answer.person_id == person_id,
                Answer.standing.in_(STILL_TO_DECIDE),
            )
            .order_by(Answer.id)
        )
    )
