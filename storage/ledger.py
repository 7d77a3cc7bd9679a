"""The ledger (留痕流水): it only grows, each entry carries the hash of the one before."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from storage.errors import LedgerFileError
from storage.ledger_check import ERASED, FIRST, Head, Verdict, chained, check, salted
from storage.ledger_check import verify_file as _verify_file
from storage.models.ledger import LedgerEntry, LedgerHead, LedgerText

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from storage.database import Database
    from storage.transaction import EntryMark, Transaction

__all__ = ["FIRST", "Head", "Verdict"]


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


def verify(database: Database, published: Sequence[Head] = ()) -> Verdict:
    """Check every entry against the chain, the columns, the head, the texts, published heads."""
    with database.reading() as session:
        kept = session.get(LedgerHead, 1)
        # closed here: a check that stops early would leave the server's cursor open
        with closing(_rows(session)) as rows:
            verdict = check((_as_checked(row) for row in rows), published, texts=True)
        if not verdict.ok:
            return verdict
        stray = _stray_text(session)
    problem = None
    if kept is None or (kept.size, kept.hash) != (verdict.head.size, verdict.head.hash):
        problem = "末条与登记的条数或校验值不符，尾部可能被删改"
    elif stray is not None:
        problem = f"第 {stray} 条并不存在，却有旁存文字"
    return Verdict(verdict.entries, verdict.head, problem)


def verify_file(path: Path, published: Sequence[Head] = ()) -> Verdict:
    """Check an exported ledger, without any database.

    Raises:
        LedgerFileError: there is no such file, or it cannot be read.
    """
    try:
        return _verify_file(path, published)
    except OSError as error:
        raise LedgerFileError(path, error.strerror or str(error)) from error


def _rows(session: Session) -> Generator[Row[*tuple[Any, ...]]]:
    query = (
        select(
            LedgerEntry.seq,
            LedgerEntry.moment,
            LedgerEntry.act,
            LedgerEntry.object,
            LedgerEntry.body,
            LedgerEntry.previous,
            LedgerEntry.hash,
            LedgerText.salt,
            LedgerText.text,
        )
        .join(LedgerText, LedgerText.seq == LedgerEntry.seq, isouter=True)
        .order_by(LedgerEntry.seq)
        .execution_options(yield_per=1000)
    )
    with session.execute(query) as result:
        yield from result


def _as_checked(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {
        "sequence": row.seq,
        "moment": row.moment.isoformat(),
        "act": row.act,
        "object": row.object,
        "body": row.body,
        "previous": row.previous,
        "hash": row.hash,
        "salt": row.salt,
        "text": row.text,
    }


def _stray_text(session: Session) -> int | None:
    return session.scalar(
        select(func.min(LedgerText.seq)).where(LedgerText.seq.not_in(select(LedgerEntry.seq)))
    )


def lines(session: Session) -> Iterator[str]:
    """Return the ledger as JSON lines; `body` is the hashed text, `entries` how many there are."""
    entries = session.scalar(select(func.count()).select_from(LedgerEntry))
    for row in _rows(session):
        yield json.dumps(
            {
                "sequence": row.seq,
                **json.loads(row.body),
                "previous": row.previous,
                "hash": row.hash,
                "body": row.body,
                "entries": entries,
            },
            ensure_ascii=False,
        )


def export(database: Database, path: Path) -> Head:
    """Write the ledger as JSON lines, whole or not at all, and return its head.

    Raises:
        LedgerFileError: the file cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with database.reading() as session, unfinished.open("w", encoding="utf-8") as file:
            for line in lines(session):
                file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
            written = head(session)
        unfinished.replace(path)
    except OSError as error:
        raise LedgerFileError(path, error.strerror or str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return written
