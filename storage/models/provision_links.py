"""Links from rules to items of imported texts: proposed, confirmed or declined by the officer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment


class ProvisionLink(Base):
    """What an imported document says of a rule; one per rule and document.

    `standing`: proposed, confirmed (cited first), declined (不引用), orphaned (its item is gone and
    nothing like it was found). `article` and `seen` name the item that is proposed or was decided
    on, `seen` the hash of its text, never the text. `candidates` are pairs of these, best first.
    `how` it was found: number or words; `sure`: may be confirmed with the others in one tap.
    `fate` says why a link once decided stands here again, `before` what it was then (article and
    version). `turn` counts the changes: an old button must not undo a newer decision.
    """

    __tablename__ = "provision_links"
    __table_args__ = (UniqueConstraint("office", "rule", "document"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String)
    rule: Mapped[str] = mapped_column(String)
    document: Mapped[str] = mapped_column(String)
    version: Mapped[str] = mapped_column(String(10))
    article: Mapped[str | None] = mapped_column(String, default=None)
    seen: Mapped[str | None] = mapped_column(String(16), default=None)
    standing: Mapped[str] = mapped_column(String(10))
    how: Mapped[str] = mapped_column(String(8))
    sure: Mapped[bool] = mapped_column(default=False)
    candidates: Mapped[list[Any]] = mapped_column(JSON, default=list)
    fate: Mapped[str | None] = mapped_column(String(10), default=None)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    decided_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    turn: Mapped[int] = mapped_column(default=0)
