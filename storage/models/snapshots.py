"""Imports: what files came in when, their rows, and the card set they add up to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment


class Snapshot(Base):
    """One import: all rows of one call, dated; `undone_at` set when it was taken back.

    `cards_before` is the card set as it was, compressed JSON, kept for the last import only.
    `effects` names the findings it made, closed and changed, for taking it back.
    """

    __tablename__ = "snapshots"

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    day: Mapped[date] = mapped_column(Date)
    imported_at: Mapped[datetime] = mapped_column(Moment)
    imported_by: Mapped[str] = mapped_column(String)
    baseline: Mapped[bool] = mapped_column(default=False)
    undone_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    cards_before: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    effects: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class SnapshotFile(Base):
    """One file of an import, known by its hash."""

    __tablename__ = "snapshot_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"))
    name: Mapped[str] = mapped_column(String)
    kind: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String, index=True)


class CardRow(Base):
    """One card of the current card set, as JSON; made anew from the snapshots at each import."""

    __tablename__ = "cards"
    __table_args__ = (UniqueConstraint("office", "case_no", "person_no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    position: Mapped[int] = mapped_column()
    case_no: Mapped[str] = mapped_column(String)
    person_no: Mapped[str] = mapped_column(String, default="")
    card: Mapped[dict[str, Any]] = mapped_column(JSON)


class ListedRow(Base):
    """One row of the newest error or publication list, as JSON: it speaks of a case, is no card."""

    __tablename__ = "listed_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String, index=True)
    position: Mapped[int] = mapped_column()
    row: Mapped[dict[str, Any]] = mapped_column(JSON)
