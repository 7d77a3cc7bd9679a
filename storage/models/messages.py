"""Inbox and outbox rows, buttons, and jobs with their due times."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment


class InboxRow(Base):
    """One update as it came in, committed before the messenger is told that it arrived."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("door", "update_id"),
        Index("ix_inbox_open", "state", "door", "chat", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[str] = mapped_column(String(20))
    update_id: Mapped[int] = mapped_column(BigInteger)
    chat: Mapped[str] = mapped_column(String)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    received_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(8), default="open")
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(Text, default=None)
    done_at: Mapped[datetime | None] = mapped_column(Moment, default=None)


class OutboxRow(Base):
    """One message to be sent, edited, removed or shown as a toast; a row before it is anything.

    States: pending, held, sending, sent, unknown, superseded, expired, recalled, failed (three
    tries, or refused: a person sees it). `purpose` says why it is sent, `reason` what became of it.
    `target` and `version`: the message an edit or removal is about. `repeat_of`: the row whose fate
    is unknown and that this one says again, marked 补发. `worker` and `claimed_at`: who is sending
    it, and since when.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_state", "state", "id"),
        Index("ix_outbox_message", "door", "chat", "message_id"),
        Index("ix_outbox_target", "door", "chat", "target"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(default=None)
    door: Mapped[str] = mapped_column(String(20))
    chat: Mapped[str] = mapped_column(String)
    kind: Mapped[str] = mapped_column(String(16))
    purpose: Mapped[str] = mapped_column(String)
    text: Mapped[str] = mapped_column(Text)
    buttons: Mapped[list[Any]] = mapped_column(JSON, default=list)
    subjects: Mapped[list[Any]] = mapped_column(JSON, default=list)
    reply_to: Mapped[int | None] = mapped_column(BigInteger, default=None)
    document: Mapped[str | None] = mapped_column(String, default=None)
    file_name: Mapped[str | None] = mapped_column(String, default=None)
    target: Mapped[int | None] = mapped_column(BigInteger, default=None)
    version: Mapped[int] = mapped_column(default=1)
    press_id: Mapped[str | None] = mapped_column(String, default=None)
    dedup_key: Mapped[str | None] = mapped_column(String, default=None, unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    not_before: Mapped[datetime | None] = mapped_column(Moment, default=None)
    state: Mapped[str] = mapped_column(String(12), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(Text, default=None)
    message_id: Mapped[int | None] = mapped_column(BigInteger, default=None)
    settled_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    repeat_of: Mapped[int | None] = mapped_column(default=None)
    worker: Mapped[str | None] = mapped_column(String, default=None)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment, default=None)


class ButtonRow(Base):
    """What a button's random token stands for; kept for ever, old buttons are answered too."""

    __tablename__ = "buttons"

    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    act: Mapped[str] = mapped_column(String(40))
    object: Mapped[str] = mapped_column(String)
    person_id: Mapped[int | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    used_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    used_by: Mapped[str | None] = mapped_column(String, default=None)
    used_entry: Mapped[int | None] = mapped_column(default=None)


class DueJob(Base):
    """Something to be done at a time; done in the same transaction as its effects."""

    __tablename__ = "due_jobs"
    __table_args__ = (
        UniqueConstraint("job", "key"),
        Index("ix_due_jobs_open", "done_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String)
    key: Mapped[str] = mapped_column(String)
    due_at: Mapped[datetime] = mapped_column(Moment)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    done_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(Text, default=None)
    given_up: Mapped[bool] = mapped_column(default=False)
