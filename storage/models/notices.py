"""Notices (案件流程监控通知书), the problems in them, and what the department answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment


class Notice(Base):
    """One notice to one department.

    States: draft, submitted, approved (waits for its number), issued, received, replied, reviewed,
    voided. A number once given stays, be the notice voided. `due` is the last day of the reply,
    counted from `received_on`; `steps` say how. `document` and `pointer` are files in the archive.
    `on_behalf` says for whom a stand-in acted: the name of a column (`approved_by`), and an id.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("office", "number"),
        UniqueConstraint("office", "year", "sequence"),
        Index("ix_notices_state", "office", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    department: Mapped[str] = mapped_column(String)
    state: Mapped[str] = mapped_column(String(12))
    grave: Mapped[bool] = mapped_column(default=False)
    number: Mapped[str | None] = mapped_column(String, default=None)
    year: Mapped[int | None] = mapped_column(default=None)
    sequence: Mapped[int | None] = mapped_column(default=None)
    drafted_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    drafted_at: Mapped[datetime] = mapped_column(Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    approved_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    issued_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    document: Mapped[str | None] = mapped_column(String, default=None)
    pointer: Mapped[str | None] = mapped_column(String, default=None)
    received_on: Mapped[date | None] = mapped_column(Date, default=None)
    received_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    received_how: Mapped[str | None] = mapped_column(String, default=None)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    signed_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    due: Mapped[date | None] = mapped_column(Date, default=None)
    certain: Mapped[bool] = mapped_column(default=True)
    steps: Mapped[list[Any]] = mapped_column(JSON, default=list)
    replied_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    replied_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    outcome: Mapped[str | None] = mapped_column(String(8), default=None)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    instruction: Mapped[str | None] = mapped_column(Text, default=None)
    instructed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    instructed_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    voided_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    void_reason: Mapped[str | None] = mapped_column(Text, default=None)
    on_behalf: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    version: Mapped[int] = mapped_column(default=1)


class NoticeItem(Base):
    """One problem of a notice; `facts` is what the paper says of it, as on the day of the draft."""

    __tablename__ = "notice_items"
    __table_args__ = (UniqueConstraint("notice_id", "finding_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), index=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    evidence_hash: Mapped[str] = mapped_column(String(64))


class FeedbackItem(Base):
    """What the department answered on one problem; filled field by field, changed until signed.

    `unsupported` (未佐证): a correction is claimed with no value, no document and no changed card.
    `outcome` is what the officer held of it: 已纠正, 继续跟踪 (until `follow_up_on`), 维持, 撤回.
    """

    __tablename__ = "feedback_items"

    notice_item_id: Mapped[int] = mapped_column(
        ForeignKey("notice_items.id"), primary_key=True, autoincrement=False
    )
    conclusion: Mapped[str | None] = mapped_column(String(4), default=None)
    cause: Mapped[str | None] = mapped_column(Text, default=None)
    measure: Mapped[str | None] = mapped_column(Text, default=None)
    corrected_on: Mapped[date | None] = mapped_column(Date, default=None)
    planned_on: Mapped[date | None] = mapped_column(Date, default=None)
    proofs: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    objection: Mapped[str | None] = mapped_column(Text, default=None)
    unsupported: Mapped[bool] = mapped_column(default=False)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    answered_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    outcome: Mapped[str | None] = mapped_column(String(8), default=None)
    reviewed_by: Mapped[int | None] = mapped_column(default=None)
    reviewed_for: Mapped[int | None] = mapped_column(default=None)
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    follow_up_on: Mapped[date | None] = mapped_column(Date, default=None)
