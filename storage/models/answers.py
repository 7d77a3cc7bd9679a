"""What people answered, each bound to the ledger entry that holds the words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment


class Answer(Base):
    """One thing said of one finding (or of none yet, while the bot asks back); a claim, no more.

    `standing` is recorded, asking, withdrawn, superseded, accepted, insufficient or moot. `entry`
    is the ledger number under which it was recorded; the words lie beside that entry.
    `principal_id` is for whom the person answered as his stand-in (甲代乙).
    """

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_message", "door", "chat", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime] = mapped_column(Moment)
    intent: Mapped[str] = mapped_column(String(24))
    field: Mapped[str | None] = mapped_column(String, default=None)
    value: Mapped[str | None] = mapped_column(String, default=None)
    standing: Mapped[str] = mapped_column(String(16), default="recorded")
    door: Mapped[str] = mapped_column(String(20))
    chat: Mapped[str] = mapped_column(String)
    message_id: Mapped[int | None] = mapped_column(BigInteger, default=None)
    entry: Mapped[int | None] = mapped_column(default=None)
    state_before: Mapped[str | None] = mapped_column(String, default=None)
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    reviewed_by: Mapped[str | None] = mapped_column(String, default=None)
    principal_id: Mapped[int | None] = mapped_column(default=None)
