"""Who stands in for whom for some days (AB角), and cases handed over before an export says so."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment


class Delegation(Base):
    """One person stands in for another from a day to a day, both of them counted.

    `scope` is `all` (he is away) or `notices` (he is there, only his department's notices go to the
    other). `ended_at`: it was ended before its last day; `ended_as` says how: returned, ended,
    unbound. `told_at` is when the one who was away got his summary.
    """

    __tablename__ = "delegations"
    __table_args__ = (Index("ix_delegations_last", "office", "last"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    principal_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    stand_in_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    scope: Mapped[str] = mapped_column(String(8), default="all")
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    ended_as: Mapped[str | None] = mapped_column(String(10), default=None)
    told_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    version: Mapped[int] = mapped_column(default=1)


class Handover(Base):
    """A case whose items go to another prosecutor from now on, until the export names somebody.

    `prosecutor` is the name that stood in the card when it was handed over: once the card names
    another, the card holds. `ended_as`: undone, export, again (handed on to a third).
    """

    __tablename__ = "handovers"
    __table_args__ = (Index("ix_handovers_case", "office", "case_no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    case_no: Mapped[str] = mapped_column(String)
    prosecutor: Mapped[str] = mapped_column(String)
    receiver_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    ended_as: Mapped[str | None] = mapped_column(String(10), default=None)
