"""专项监控: campaigns, the cases drawn for each, and the findings that belong to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment


class Campaign(Base):
    """One 专项: what it looks at and which cases were drawn.

    States: draft, running, paused, finished, cancelled; `number` is drawn at the start. `kind` is
    the id of a ready campaign, or `free`. Cases belong by `basis` (受理, 办结) within `first` …
    `last` (None: open). `sample` None: all of the `population`; else so many were drawn by `seed`.
    `data_day` is the export the draw rests on, `not_evaluated` the rules that lacked columns.
    """

    __tablename__ = "campaigns"
    __table_args__ = (
        UniqueConstraint("office", "number"),
        UniqueConstraint("office", "year", "sequence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    number: Mapped[str | None] = mapped_column(String, default=None)
    year: Mapped[int | None] = mapped_column(default=None)
    sequence: Mapped[int | None] = mapped_column(default=None)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String)
    rules: Mapped[list[Any]] = mapped_column(JSON, default=list)
    case_types: Mapped[list[Any]] = mapped_column(JSON, default=list)
    basis: Mapped[str] = mapped_column(String(4))
    first: Mapped[date | None] = mapped_column(Date, default=None)
    last: Mapped[date | None] = mapped_column(Date, default=None)
    sample: Mapped[int | None] = mapped_column(default=None)
    seed: Mapped[str | None] = mapped_column(String, default=None)
    population: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(12))
    drafted_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    drafted_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    data_day: Mapped[date | None] = mapped_column(Date, default=None)
    not_evaluated: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    rectify_by: Mapped[date | None] = mapped_column(Date, default=None)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    version: Mapped[int] = mapped_column(default=1)


class CampaignCase(Base):
    """One case of a campaign's list, in the order it is looked at.

    States: unseen, sound (无问题), problem (有问题), not_applicable (不适用). `marks` are the words
    of the campaign's key figures that hold of it. Type, department and prosecutor stand here as
    they were when the case was drawn.
    """

    __tablename__ = "campaign_cases"
    __table_args__ = (UniqueConstraint("campaign_id", "case_no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    position: Mapped[int] = mapped_column()
    case_no: Mapped[str] = mapped_column(String)
    case_type: Mapped[str | None] = mapped_column(String, default=None)
    department: Mapped[str | None] = mapped_column(String, default=None)
    prosecutor: Mapped[str | None] = mapped_column(String, default=None)
    state: Mapped[str] = mapped_column(String(16))
    marks: Mapped[list[Any]] = mapped_column(JSON, default=list)
    note: Mapped[str | None] = mapped_column(Text, default=None)
    looked_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    looked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)


class CampaignFinding(Base):
    """A finding of a campaign; `how`: rule (its run), looked (by hand), known (there before)."""

    __tablename__ = "campaign_findings"

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaigns.id"), primary_key=True, autoincrement=False
    )
    finding_id: Mapped[int] = mapped_column(
        ForeignKey("findings.id"), primary_key=True, autoincrement=False, index=True
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("campaign_cases.id"))
    how: Mapped[str] = mapped_column(String(8))
