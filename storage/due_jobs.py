"""Jobs with their due times: each is done once, in the same commit as its effects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from storage.models.messages import DueJob
from storage.stored_text import storable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from storage.transaction import Transaction

MOST_TRIES = 3


def plan(tx: Transaction, job: str, due_at: datetime, *, key: str, data: Mapping[str, Any]) -> bool:
    """Plan a job; False where one of this name and key is already there."""
    known = tx.session.scalars(
        select(DueJob.id).where(DueJob.job == job, DueJob.key == key)
    ).first()
    if known is not None:
        return False
    tx.session.add(DueJob(job=job, key=key, due_at=due_at, data=dict(data)))
    tx.session.flush()
    return True


def next_due(session: Session, *, after: datetime) -> datetime | None:
    """Return when the next open job after a moment is due."""
    return session.scalar(
        select(func.min(DueJob.due_at)).where(DueJob.done_at.is_(None), DueJob.due_at > after)
    )


def first_due(session: Session, *, now: datetime, tried: Collection[int] = ()) -> DueJob | None:
    """Return the open job whose time came first, those of the ids in `tried` left out."""
    return session.scalars(
        select(DueJob)
        .where(DueJob.done_at.is_(None), DueJob.due_at <= now, DueJob.id.not_in(tried))
        .order_by(DueJob.due_at, DueJob.id)
        .limit(1)
    ).one_or_none()


def is_untried_due(session: Session, *, now: datetime) -> bool:
    """Tell whether an open job's time has come that never failed."""
    untried = select(DueJob.id).where(
        DueJob.done_at.is_(None), DueJob.due_at <= now, DueJob.attempts == 0
    )
    return session.scalars(untried.limit(1)).first() is not None


def due(session: Session, now: datetime) -> Sequence[DueJob]:
    """Return the open jobs whose time has come, in order of time."""
    return session.scalars(
        select(DueJob)
        .where(DueJob.done_at.is_(None), DueJob.due_at <= now)
        .order_by(DueJob.due_at, DueJob.id)
    ).all()


def take(tx: Transaction, id_: int) -> DueJob | None:
    """Lock an open job; None where another worker did it."""
    row = tx.session.get(DueJob, id_, with_for_update={"skip_locked": True})
    return None if row is None or row.done_at is not None else row


def done(tx: Transaction, row: DueJob) -> None:
    """Mark a job as done."""
    row.done_at = tx.now


def failed(tx: Transaction, id_: int, reason: str) -> bool:
    """Count a failed try; True: it was the last, the job is given up and a person sees it."""
    row = tx.session.get_one(DueJob, id_, with_for_update=True)
    if row.done_at is not None:
        return False
    row.attempts += 1
    row.failure = storable(reason)
    if row.attempts < MOST_TRIES:
        return False
    row.done_at, row.given_up = tx.now, True
    data = {"key": row.key, "reason": row.failure}
    tx.record("job_given_up", f"job:{row.job}", actor="system", data=data)
    return True


def given_up(session: Session) -> Sequence[DueJob]:
    """Return what a person must see: jobs that failed three times, each with its reason."""
    return session.scalars(select(DueJob).where(DueJob.given_up).order_by(DueJob.id)).all()
