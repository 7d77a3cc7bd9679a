"""Findings: a hit with a life, from the patrol that made it to the day it was closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment

PATROL = "规则巡查"
"""Where a finding is from unless somebody says otherwise."""
ORDINARY = "ordinary"
"""The class of a finding that is neither 假性超期 nor 事后改期."""
OPEN = text("state != 'closed'")
"""Written out, not bound: only then may SQLite use the index of the open ones."""


class Finding(Base):
    """One problem under watch; identity: office, case, person or none, rule, occurrence.

    `person_no` is "" for a finding on the case. `number` is kept for life. `told_at` is the moment
    it was first sent to anybody, `shown_on` the day it last stood in full in a digest, `shown_as`
    what it said then (to tell new and changed from unchanged). `date_change` holds old and new
    values where a date was changed after the prompt (事后改期). `shelved`: the officer listed it as
    存量, it is counted apart and not sent. `source` says where it is from (规则巡查, 人工个案,
    网页预警, 数据校验管家, 专项), `campaign` of which 专项 it is, by number, `concerns` which body
    outside the house has the duty (公安机关 …), None: the office itself.

    `problem_class`: ordinary, false_overdue (假性超期) or date_changed (事后改期). `repeats` counts
    the earlier problems of the same rule and case or person that were closed, `first_number` is the
    first of them, `recurred` how often this very finding came back. `after_notice` is the notice
    after which the same rule was a problem of the same department again. `moved_on` is the day the
    case went to another prosecutor.
    """

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("office", "case_no", "person_no", "rule", "occurrence"),
        UniqueConstraint("office", "number"),
        Index("ix_findings_open", "office", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_findings_person", "office", "person_no", "rule"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    number: Mapped[str] = mapped_column(String)
    case_no: Mapped[str] = mapped_column(String)
    person_no: Mapped[str] = mapped_column(String, default="")
    rule: Mapped[str] = mapped_column(String)
    occurrence: Mapped[str] = mapped_column(String, default="")
    item: Mapped[str] = mapped_column(String)
    state: Mapped[str] = mapped_column(String(20))
    hit_state: Mapped[str] = mapped_column(String(12))
    release: Mapped[str] = mapped_column(String(10))
    statutory: Mapped[bool] = mapped_column()
    severity: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String)
    due: Mapped[date | None] = mapped_column(Date, default=None)
    done: Mapped[date | None] = mapped_column(Date, default=None)
    certain: Mapped[bool] = mapped_column(default=True)
    custody: Mapped[bool] = mapped_column(default=False)
    custody_end: Mapped[date | None] = mapped_column(Date, default=None)
    fact: Mapped[str] = mapped_column()
    plain_fact: Mapped[str] = mapped_column()
    ask: Mapped[str] = mapped_column()
    steps: Mapped[list[Any]] = mapped_column(JSON, default=list)
    citations: Mapped[list[Any]] = mapped_column(JSON, default=list)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    case_name: Mapped[str | None] = mapped_column(String, default=None)
    case_type: Mapped[str | None] = mapped_column(String, default=None)
    suspect: Mapped[str | None] = mapped_column(String, default=None)
    minor: Mapped[bool] = mapped_column(default=False)
    prosecutor: Mapped[str | None] = mapped_column(String, default=None)
    assistant: Mapped[str | None] = mapped_column(String, default=None)
    department: Mapped[str | None] = mapped_column(String, default=None)
    to_head: Mapped[bool] = mapped_column(default=False)
    baseline: Mapped[bool] = mapped_column(default=False)
    shelved: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("snapshots.id"), default=None)
    seen_on: Mapped[date] = mapped_column(Date)
    released_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    released_by: Mapped[str | None] = mapped_column(String, default=None)
    told_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    shown_on: Mapped[date | None] = mapped_column(Date, default=None)
    shown_as: Mapped[str | None] = mapped_column(String, default=None)
    answered_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    closed_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    closed_as: Mapped[str | None] = mapped_column(String, default=None)
    date_change: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    vanished: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(12), default=PATROL, server_default=PATROL)
    campaign: Mapped[str | None] = mapped_column(String, default=None)
    concerns: Mapped[str | None] = mapped_column(String(8), default=None)
    problem_class: Mapped[str] = mapped_column(
        String(16), default=ORDINARY, server_default=ORDINARY
    )
    recurred: Mapped[int] = mapped_column(default=0, server_default="0")
    repeats: Mapped[int] = mapped_column(default=0, server_default="0")
    first_number: Mapped[str | None] = mapped_column(String, default=None)
    after_notice: Mapped[str | None] = mapped_column(String, default=None)
    moved_on: Mapped[date | None] = mapped_column(Date, default=None)
    version: Mapped[int] = mapped_column(default=1)


class Accepted(Base):
    """已核对: a rule was answered for these values; the same values never bring it back.

    `withdrawn_at`: the officer took it back (恢复提示); it holds no longer, but stays in sight.
    """

    __tablename__ = "accepted_values"
    __table_args__ = (UniqueConstraint("office", "case_no", "person_no", "rule", "evidence_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    case_no: Mapped[str] = mapped_column(String)
    person_no: Mapped[str] = mapped_column(String, default="")
    rule: Mapped[str] = mapped_column(String)
    evidence_hash: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String)
    accepted_at: Mapped[datetime] = mapped_column(Moment)
    accepted_by: Mapped[str] = mapped_column(String)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    withdrawn_by: Mapped[str | None] = mapped_column(String, default=None)


class DigestPlace(Base):
    """Which place an item had in a person's digest of a day, so that 第2条 can be bound."""

    __tablename__ = "digest_places"
    __table_args__ = (Index("ix_digest_places_person", "person_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    digest: Mapped[int] = mapped_column()
    place: Mapped[int] = mapped_column()
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))


class Digest(Base):
    """One digest of one person on one day (or a supplement to it)."""

    __tablename__ = "digests"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    day: Mapped[date] = mapped_column(Date)
    supplement: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Moment)
