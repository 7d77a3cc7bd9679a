"""People of the office and the one-time codes that bind them to an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment


class Person(Base):
    """One person: office, department and name are who he is; the account is how he is reached.

    `roles` as in the design's table of words: prosecutor, assistant, officer, case_head, head,
    deputy, chief, auditor, admin. `account` is the messenger's numeric id as text. `listed` is what
    the configuration last said of the person: what it says again is no news, and what was changed
    from chat since then stays; None: it never named him. `assists_id` is the prosecutor whose
    assistant he is.
    """

    __tablename__ = "people"
    __table_args__ = (
        UniqueConstraint("office", "department", "name"),
        Index("ix_people_account", "door", "account", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    department: Mapped[str] = mapped_column(String, default="")
    name: Mapped[str] = mapped_column(String)
    aliases: Mapped[list[Any]] = mapped_column(JSON, default=list)
    roles: Mapped[list[Any]] = mapped_column(JSON, default=list)
    active: Mapped[bool] = mapped_column(default=True)
    door: Mapped[str | None] = mapped_column(String(20), default=None)
    account: Mapped[str | None] = mapped_column(String, default=None)
    chat: Mapped[str | None] = mapped_column(String, default=None)
    bound_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    unreachable: Mapped[bool] = mapped_column(default=False)
    listed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    assists_id: Mapped[int | None] = mapped_column(default=None)


class Invite(Base):
    """A one-time code, kept as a hash only; it dies after ten minutes or at its first use."""

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment, default=None)


class BindingTry(Base):
    """An attempt to bind with a code, counted so that guessing is slow."""

    __tablename__ = "binding_tries"

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[str] = mapped_column(String(20))
    account: Mapped[str] = mapped_column(String, index=True)
    tried_at: Mapped[datetime] = mapped_column(Moment)
    succeeded: Mapped[bool] = mapped_column(default=False)
