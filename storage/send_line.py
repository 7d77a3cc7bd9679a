"""The line of messages: which go next, how many wait, and when the next planned one may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, or_, select

from storage.message_kinds import POLICIES
from storage.models.messages import OutboxRow
from storage.quarantine import is_quarantined

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

Place = tuple[str, str]
"""A chat of a door."""
_RANK = case({kind: policy.rank for kind, policy in POLICIES.items()}, value=OutboxRow.kind)


def sendable(
    session: Session, now: datetime, *, skip: Collection[Place] = (), most: int = 50
) -> list[int]:
    """Return the rows that may go now, best first: toasts, then the first of each chat by rank.

    `skip` names the chats that must wait: paced, parked, or being sent to right now. A toast never
    waits for its chat.
    """
    if is_quarantined(session):
        return []
    toasts = session.scalars(
        select(OutboxRow.id)
        .where(OutboxRow.state == "pending", OutboxRow.kind == "toast")
        .order_by(OutboxRow.id)
    ).all()
    waiting_chats = set(skip)
    heads = [
        id_ for id_, door, chat in session.execute(_heads(now)) if (door, chat) not in waiting_chats
    ]
    return [*toasts, *heads][:most]


def _heads(now: datetime) -> Select[int, str, str]:
    """The first of each chat, where it may go now."""
    firsts = (
        select(func.min(OutboxRow.id))
        .where(_in_line(now), OutboxRow.kind != "toast")
        .group_by(OutboxRow.door, OutboxRow.chat)
    )
    return (
        select(OutboxRow.id, OutboxRow.door, OutboxRow.chat)
        .where(OutboxRow.id.in_(firsts), OutboxRow.state == "pending", _has_come(now))
        .order_by(_RANK, OutboxRow.id)
    )


def _has_come(now: datetime) -> ColumnElement[bool]:
    return or_(OutboxRow.not_before.is_(None), OutboxRow.not_before <= now)


def _in_line(now: datetime) -> ColumnElement[bool]:
    """A message planned for later stands beside the line, one that failed before holds its place.

    Else a second message of a chat would overtake the first while that waits for its next try.
    """
    return or_(
        OutboxRow.state == "sending",
        and_(OutboxRow.state == "pending", or_(_has_come(now), OutboxRow.reason.is_not(None))),
    )


def next_planned(session: Session, now: datetime) -> datetime | None:
    """Return when the next message that must still wait may go."""
    return session.scalar(
        select(func.min(OutboxRow.not_before)).where(
            OutboxRow.state == "pending", OutboxRow.not_before > now
        )
    )


def waiting(session: Session, now: datetime, *, parked: Collection[Place] = ()) -> int:
    """Count what could be sent now or is being sent; chats that are parked are left out."""
    if is_quarantined(session):
        return 0
    left_out = set(parked)
    counted = session.execute(
        select(OutboxRow.door, OutboxRow.chat, func.count())
        .where(
            or_(OutboxRow.state == "sending", and_(OutboxRow.state == "pending", _has_come(now)))
        )
        .group_by(OutboxRow.door, OutboxRow.chat)
    )
    return sum(count for door, chat, count in counted if (door, chat) not in left_out)
