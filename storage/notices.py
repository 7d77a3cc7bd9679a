"""Notices: found, numbered, and the problems and answers in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage.models.notices import FeedbackItem, Notice, NoticeItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

ENDED = ("reviewed", "voided")
BEFORE_ISSUE = ("draft", "submitted", "approved")
RUNNING = ("issued", "received")


def by_id(session: Session, id_: int) -> Notice | None:
    """Return one notice, locked for the one who changes it."""
    return session.get(Notice, id_, with_for_update=True)


def look(session: Session, id_: int) -> Notice | None:
    """Return one notice to be read only."""
    return session.get(Notice, id_)


def in_states(session: Session, office: str, states: Iterable[str]) -> Sequence[Notice]:
    """Return an office's notices in some states, oldest first."""
    return session.scalars(
        select(Notice)
        .where(Notice.office == office, Notice.state.in_(list(states)))
        .order_by(Notice.id)
    ).all()


def numbered(session: Session, office: str, number: str) -> Notice | None:
    """Return the notice with a number, a voided one too."""
    return session.scalars(
        select(Notice).where(Notice.office == office, Notice.number == number)
    ).one_or_none()


def with_sequence(session: Session, office: str, year: int, sequence: int) -> Notice | None:
    """Return the notice with a year's sequence number, a voided one too."""
    return session.scalars(
        select(Notice).where(
            Notice.office == office, Notice.year == year, Notice.sequence == sequence
        )
    ).one_or_none()


def next_sequence(session: Session, office: str, year: int) -> int:
    """Return the number after the highest of a year; the writer's lock keeps it the caller's."""
    highest = session.scalar(
        select(func.max(Notice.sequence)).where(Notice.office == office, Notice.year == year)
    )
    return (highest or 0) + 1


def items(session: Session, notice_id: int) -> Sequence[NoticeItem]:
    """Return the problems of a notice in the order they were put in."""
    return session.scalars(
        select(NoticeItem).where(NoticeItem.notice_id == notice_id).order_by(NoticeItem.id)
    ).all()


def live_of(session: Session, finding_id: int) -> Notice | None:
    """Return the notice a finding stands in that has not ended."""
    return session.scalars(
        select(Notice)
        .join(NoticeItem, NoticeItem.notice_id == Notice.id)
        .where(NoticeItem.finding_id == finding_id, Notice.state.not_in(ENDED))
        .order_by(Notice.id.desc())
        .limit(1)
    ).one_or_none()


def feedback(session: Session, notice_item_id: int) -> FeedbackItem | None:
    """Return what was answered on one problem."""
    return session.get(FeedbackItem, notice_item_id)
