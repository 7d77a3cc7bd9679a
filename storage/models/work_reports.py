"""Work reports (流程监控工作报告) on their way from draft to archive."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment


class WorkReport(Base):
    """One report over one range; `department` is "" for the office's own.

    States: draft, submitted, checked, signed, filed, discarded. `words` are the parts as they were
    composed when the draft was counted, `texts` the paragraphs somebody rewrote, by PART.PARAGRAPH.
    `document`, `pointer` and `book` are files in the archive, `sha256` the document's.
    """

    __tablename__ = "work_reports"
    __table_args__ = (Index("ix_work_reports_state", "office", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    kind: Mapped[str] = mapped_column(String(12))
    department: Mapped[str] = mapped_column(String, default="")
    year: Mapped[int] = mapped_column()
    month: Mapped[int] = mapped_column()
    months: Mapped[int] = mapped_column()
    state: Mapped[str] = mapped_column(String(12), default="draft")
    name: Mapped[str] = mapped_column(String, default="")
    words: Mapped[list[Any]] = mapped_column(JSON, default=list)
    texts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    drafted_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    drafted_at: Mapped[datetime] = mapped_column(Moment)
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    checked_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    signed_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    filed_on: Mapped[date | None] = mapped_column(Date, default=None)
    document: Mapped[str | None] = mapped_column(String, default=None)
    pointer: Mapped[str | None] = mapped_column(String, default=None)
    book: Mapped[str | None] = mapped_column(String, default=None)
    sha256: Mapped[str | None] = mapped_column(String(64), default=None)
    version: Mapped[int] = mapped_column(default=1)
