"""What the officer decided of a finding, the oral prompts he gave, and texts he is waiting for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment
from storage.models.findings import ORDINARY


class Outcome(Base):
    """How a finding is dealt with: what the bot proposed and why, what was decided and why.

    `rule`, `department`, `prosecutor` and `problem_class` stand here as they were on that day, so
    that a repetition is found even after the case was handed over.
    """

    __tablename__ = "outcomes"
    __table_args__ = (Index("ix_outcomes_rule", "office", "rule", "decided_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    rule: Mapped[str] = mapped_column(String)
    department: Mapped[str | None] = mapped_column(String, default=None)
    prosecutor: Mapped[str | None] = mapped_column(String, default=None)
    proposed: Mapped[str] = mapped_column(String(20))
    basis: Mapped[list[Any]] = mapped_column(JSON, default=list)
    decided: Mapped[str] = mapped_column(String(20))
    problem_class: Mapped[str] = mapped_column(
        String(16), default=ORDINARY, server_default=ORDINARY
    )
    reason: Mapped[str | None] = mapped_column(String, default=None)
    note: Mapped[str | None] = mapped_column(Text, default=None)
    decided_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[int] = mapped_column(ForeignKey("people.id"))


class OralPrompt(Base):
    """One oral prompt (Rules art. 665): when, how, by whom, to whom, what was asked and answered.

    `registered_at`: the officer ticked that it stands in the case system too.
    """

    __tablename__ = "oral_prompts"
    __table_args__ = (Index("ix_oral_prompts_office", "office", "prompted_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    manner: Mapped[str] = mapped_column(String(4))
    prompted_at: Mapped[datetime] = mapped_column(Moment)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    prompter_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    recipient: Mapped[str] = mapped_column(String)
    department: Mapped[str] = mapped_column(String)
    asked: Mapped[str] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text, default=None)
    result: Mapped[str | None] = mapped_column(Text, default=None)
    registered_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    registered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)


class AwaitedText(Base):
    """The one text a person was asked to type, and what it is for; the newest question wins."""

    __tablename__ = "awaited_texts"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False
    )
    act: Mapped[str] = mapped_column(String(40))
    object: Mapped[str] = mapped_column(String)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    asked_at: Mapped[datetime] = mapped_column(Moment)


class Objection(Base):
    """An objection on its way: officer, case head, chief; `stage` says who has to decide next.

    Stages: ground (still being asked for), officer, author (he may go on), case_head, chief,
    settled. `opinions` holds what each of them said, oldest first. One fact that makes a finding
    for each of several persons is objected to once: a row for every finding, joined by `group_id`,
    which
    is the id of the first. `raised_for`: its author stood in for somebody. `example` is what an
    objection that was upheld teaches the rule.
    """

    __tablename__ = "objections"
    __table_args__ = (Index("ix_objections_stage", "office", "stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    raised_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    raised_at: Mapped[datetime] = mapped_column(Moment)
    ground: Mapped[str | None] = mapped_column(Text, default=None)
    provision: Mapped[str | None] = mapped_column(Text, default=None)
    stage: Mapped[str] = mapped_column(String(12))
    opinions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    upheld: Mapped[bool | None] = mapped_column(default=None)
    settled_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    group_id: Mapped[int | None] = mapped_column(default=None)
    raised_for: Mapped[int | None] = mapped_column(default=None)
    example: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    version: Mapped[int] = mapped_column(default=1)
