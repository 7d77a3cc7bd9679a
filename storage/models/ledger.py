"""The ledger: chained entries, the head, and the personal texts beside them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Moment


class LedgerEntry(Base):
    """One entry; `body` are the very bytes the hash covers, with `seq` and `previous`.

    `moment`, `act` and `object` repeat what the body says, to be searched; a check compares them.
    """

    __tablename__ = "ledger"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    moment: Mapped[datetime] = mapped_column(Moment, index=True)
    act: Mapped[str] = mapped_column(String(40), index=True)
    object: Mapped[str] = mapped_column(String, index=True)
    body: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class LedgerHead(Base):
    """How many entries there are and the last hash; the one row that is locked last."""

    __tablename__ = "ledger_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64))


class LedgerText(Base):
    """The personal text of an entry under its own salt; erased, both are gone."""

    __tablename__ = "ledger_texts"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    salt: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
