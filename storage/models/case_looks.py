"""Looking at cases by hand: what was looked at, problems being written down, pictures kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment


class CaseLook(Base):
    """One look at a whole case; `sound`: nothing was found. `findings` are numbers."""

    __tablename__ = "case_looks"
    __table_args__ = (Index("ix_case_looks_case", "office", "case_no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    case_no: Mapped[str] = mapped_column(String)
    looked_at: Mapped[datetime] = mapped_column(Moment)
    looked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    sound: Mapped[bool] = mapped_column()
    source: Mapped[str] = mapped_column(String(12))
    campaign: Mapped[str | None] = mapped_column(String, default=None)
    findings: Mapped[list[Any]] = mapped_column(JSON, default=list)


class ProblemDraft(Base):
    """A problem being written down in steps; emptied of words once it is a finding or given up.

    `checkpoint` is the id of the point it falls under, `pictures` lists path and kind of each.
    States: open, registered, dropped.
    """

    __tablename__ = "problem_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    case_no: Mapped[str] = mapped_column(String)
    campaign_case_id: Mapped[int | None] = mapped_column(
        ForeignKey("campaign_cases.id"), default=None
    )
    checkpoint: Mapped[str | None] = mapped_column(String(60), default=None)
    problem: Mapped[str | None] = mapped_column(Text, default=None)
    note: Mapped[str | None] = mapped_column(Text, default=None)
    severity: Mapped[str | None] = mapped_column(String(8), default=None)
    pictures: Mapped[list[Any]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[datetime] = mapped_column(Moment)


class FindingPicture(Base):
    """A picture that shows a finding; its bytes lie in the home, under `path`."""

    __tablename__ = "finding_pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    path: Mapped[str] = mapped_column(String)
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
