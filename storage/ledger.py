"""The ledger (留痕流水): it only grows, each entry carries the hash of the one before."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, or_, select

from storage.ledger_check import ERASED, Verdict
from storage.ledger_head import FIRST, Head, chained, salted
from storage.ledger_rows import verify
from storage.models.ledger import LedgerEntry, LedgerHead, LedgerText

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy.orm import Session

    from storage.transaction import EntryMark, Transaction

__all__ = ["FIRST", "Head", "Verdict", "verify"]


class HeadMissingError(RuntimeError):
    """The head row, made with the schema, is gone: nothing may be appended."""


@dataclass(frozen=True)
class Draft:
    """An entry before it has its number."""

    moment: datetime
    actor: str
    act: str
    object: str
    data: Mapping[str, Any]
    text: str | None = None


def lock(session: Session) -> LedgerHead:
    """Lock the head until the commit: from now on the next numbers are this transaction's."""
    row = session.get(LedgerHead, 1, with_for_update=True, populate_existing=True)
    if row is None:
        raise HeadMissingError
    return row


def append(session: Session, head: LedgerHead, drafts: Sequence[Draft]) -> None:
    """Write entries behind a locked head, each chained to the one before."""
    entries: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    for seq, draft in enumerate(drafts, start=head.size + 1):
        text_hash = None
        if draft.text is not None:
            salt = secrets.token_hex(16)
            text_hash = salted(salt, draft.text)
            texts.append({"seq": seq, "salt": salt, "text": draft.text})
        body = _body(draft, text_hash)
        entries.append(
            {
                "seq": seq,
                "moment": draft.moment,
                "act": draft.act,
                "object": draft.object,
                "body": body,
                "previous": head.hash,
                "hash": chained(seq, head.hash, body),
            }
        )
        head.size, head.hash = seq, entries[-1]["hash"]
    session.execute(insert(LedgerEntry), entries)
    if texts:
        session.execute(insert(LedgerText), texts)


def _body(draft: Draft, text_hash: str | None) -> str:
    content = {
        "moment": draft.moment.isoformat(),
        "actor": draft.actor,
        "act": draft.act,
        "object": draft.object,
        "data": draft.data,
        "text_hash": text_hash,
    }
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_json
    )


def _as_json(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return value.name
    raise TypeError(f"{type(value).__name__} in the data of a ledger entry")


def head(session: Session) -> Head:
    """Return how many entries there are and the last hash."""
    row = session.get(LedgerHead, 1)
    if row is None:
        raise HeadMissingError
    return Head(row.size, row.hash)


def text_of(session: Session, seq: int) -> str | None:
    """Return the personal text beside an entry; None where there is none or it was erased."""
    row = session.get(LedgerText, seq)
    return None if row is None else row.text


def content_of(entry: LedgerEntry) -> dict[str, Any]:
    """Return what an entry says: moment, actor, act, object, data, text_hash."""
    content: dict[str, Any] = json.loads(entry.body)
    return content


def tail(session: Session, after: int, most: int = 200) -> list[LedgerEntry]:
    """Return entries that follow a number, oldest first."""
    return list(
        session.scalars(
            select(LedgerEntry).where(LedgerEntry.seq > after).order_by(LedgerEntry.seq).limit(most)
        )
    )


def about(session: Session, objects: Collection[str]) -> list[LedgerEntry]:
    """Return the entries whose object is one of these, oldest first."""
    wanted = select(LedgerEntry).where(LedgerEntry.object.in_(objects)).order_by(LedgerEntry.seq)
    return list(session.scalars(wanted))


def of_act(
    session: Session, act: str, *, since: datetime, holding: Collection[str]
) -> list[LedgerEntry]:
    """Return the entries of one act from a moment on that hold one of some words, oldest first."""
    wanted = select(LedgerEntry).where(LedgerEntry.act == act, LedgerEntry.moment >= since)
    held = or_(*(LedgerEntry.body.contains(one, autoescape=True) for one in holding))
    return list(session.scalars(wanted.where(held).order_by(LedgerEntry.seq)))


def numbered(session: Session, numbers: Collection[int]) -> dict[int, LedgerEntry]:
    """Return the entries of some numbers, a thousand at most, by number."""
    wanted = select(LedgerEntry).where(LedgerEntry.seq.in_(numbers))
    return {entry.seq: entry for entry in session.scalars(wanted)}


def between(session: Session, start: datetime, end: datetime) -> list[LedgerEntry]:
    """Return the entries from a moment on and before another, oldest first."""
    return list(
        session.scalars(
            select(LedgerEntry)
            .where(LedgerEntry.moment >= start, LedgerEntry.moment < end)
            .order_by(LedgerEntry.seq)
        )
    )


def erase_text(tx: Transaction, seq: int, *, reason: str, actor: str) -> EntryMark | None:
    """Erase a personal text and its salt, and say so in the ledger; None: there was none."""
    row = tx.session.get(LedgerText, seq)
    if row is None:
        return None
    tx.session.delete(row)
    return tx.record(ERASED, f"ledger:{seq}", actor=actor, data={"reason": reason})
