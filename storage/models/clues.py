"""监督线索: findings about bodies outside the house, handed to the department that answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment


class Clue(Base):
    """One numbered 线索: what it concerns, who got it, what came of it (Rules art. 552, 613).

    `body` is the body outside, `line` the line of work it went to (刑事执行检察, 捕诉),
    `department` the office's own name of that department. States: forwarded, received, settled,
    withdrawn.
    """

    __tablename__ = "clues"
    __table_args__ = (
        UniqueConstraint("office", "year", "sequence"),
        UniqueConstraint("office", "number"),
        Index("ix_clues_state", "office", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    number: Mapped[str] = mapped_column(String)
    year: Mapped[int] = mapped_column()
    sequence: Mapped[int] = mapped_column()
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    body: Mapped[str] = mapped_column(String(8))
    line: Mapped[str] = mapped_column(String(8))
    department: Mapped[str] = mapped_column(String)
    state: Mapped[str] = mapped_column(String(12))
    forwarded_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    forwarded_at: Mapped[datetime] = mapped_column(Moment)
    received_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    received_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    result: Mapped[str | None] = mapped_column(String(12), default=None)
    result_note: Mapped[str | None] = mapped_column(Text, default=None)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    settled_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    version: Mapped[int] = mapped_column(default=1)
