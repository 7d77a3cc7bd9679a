"""The ledger (留痕流水): it only grows, each entry carries the hash of the one before."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from storage.models.ledger import LedgerEntry, LedgerHead, LedgerText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

FIRST = "0" * 64
"""The hash before the first entry."""


@dataclass(frozen=True)
class Draft:
    """An entry before it has its number."""

    moment: datetime
    actor: str
    act: str
    object: str
    data: Mapping[str, Any]
    text: str | None = None


@dataclass(frozen=True)
class Head:
    """How many entries there are and the last hash; published so that nothing can be cut off."""

    size: int
    hash: str


@dataclass(frozen=True)
class Verdict:
    """What a check found: intact, or the first bad entry and what is wrong with it."""

    entries: int
    head: Head
    problem: str | None = None

    @property
    def ok(self) -> bool:
        """Tell whether the ledger is intact."""
        return self.problem is None


def chained(seq: int, previous: str, body: str) -> str:
    """Return an entry's hash: over its number, the hash before, and the stored bytes."""
    return hashlib.sha256(f"{seq}\n{previous}\n{body}".encode()).hexdigest()


def salted(salt: str, text: str) -> str:
    """Return the hash of a personal text under its salt."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def append(session: Session, drafts: Sequence[Draft]) -> list[int]:
    """Number and chain entries; the head row is locked until the commit."""
    head = session.get(LedgerHead, 1, with_for_update=True)
    if head is None:
        head = LedgerHead(id=1, size=0, hash=FIRST)
        session.add(head)
    numbers = []
    for draft in drafts:
        seq = head.size + 1
        salt = secrets.token_hex(16) if draft.text is not None else None
        body = _body(draft, salted(salt, draft.text) if salt and draft.text is not None else None)
        entry = LedgerEntry(
            seq=seq,
            act=draft.act,
            object=draft.object,
            body=body,
            previous=head.hash,
            hash=chained(seq, head.hash, body),
        )
        session.add(entry)
        if salt is not None and draft.text is not None:
            session.add(LedgerText(seq=seq, salt=salt, text=draft.text))
        # the next-sequence trigger sees them one by one
        session.flush()
        head.size, head.hash = seq, entry.hash
        numbers.append(seq)
    return numbers


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
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )


def head(session: Session) -> Head:
    """Return the head."""
    row = session.get(LedgerHead, 1)
    return Head(0, FIRST) if row is None else Head(row.size, row.hash)


def text_of(session: Session, seq: int) -> str | None:
    """Return the personal text beside an entry; None where there is none or it was erased."""
    row = session.get(LedgerText, seq)
    return None if row is None else row.text


def tail(session: Session, after: int, most: int = 200) -> list[LedgerEntry]:
    """Return entries that follow a number, oldest first."""
    return list(
        session.scalars(
            select(LedgerEntry).where(LedgerEntry.seq > after).order_by(LedgerEntry.seq).limit(most)
        )
    )


def verify(session: Session) -> Verdict:
    """Check every entry of the database against the chain, the head and the texts."""
    kept = head(session)
    texts = {row.seq: row for row in session.scalars(select(LedgerText))}
    rows = (
        {
            "sequence": row.seq,
            "act": row.act,
            "object": row.object,
            "body": row.body,
            "previous": row.previous,
            "hash": row.hash,
        }
        for row in session.scalars(
            select(LedgerEntry).order_by(LedgerEntry.seq).execution_options(yield_per=1000)
        )
    )
    verdict = check(rows, {seq: (row.salt, row.text) for seq, row in texts.items()})
    if verdict.ok and verdict.head != kept:
        problem = (
            f"流水共 {verdict.entries} 条，与登记的 {kept.size} 条或末条校验值不符，尾部可能被删改"
        )
        return Verdict(verdict.entries, verdict.head, problem)
    return verdict


def check(
    rows: Iterable[Mapping[str, Any]], texts: Mapping[int, tuple[str, str]] | None = None
) -> Verdict:
    """Check entries in order: numbers without a gap, hashes, columns, personal texts."""
    previous, count = FIRST, 0
    for row in rows:
        seq = count + 1
        problem = _problem(row, seq, previous, texts or {})
        if problem is not None:
            return Verdict(count, Head(count, previous), f"第 {seq} 条：{problem}")
        previous, count = str(row["hash"]), seq
    return Verdict(count, Head(count, previous))


def _problem(
    row: Mapping[str, Any], seq: int, previous: str, texts: Mapping[int, tuple[str, str]]
) -> str | None:
    if row["sequence"] != seq:
        return f"编号不连续（见到 {row['sequence']}）"
    if row["previous"] != previous:
        return "与前一条不相扣"
    if row["hash"] != chained(seq, previous, row["body"]):
        return "内容与校验值不符"
    content = json.loads(row["body"])
    if any(row.get(name, content[name]) != content[name] for name in ("act", "object")):
        return "检索栏与正文不符"
    if seq in texts and salted(*texts[seq]) != content["text_hash"]:
        return "旁存文字与校验值不符"
    return None


def lines(session: Session) -> Iterator[str]:
    """Return the ledger as JSON lines for other programs and for the stand-alone check."""
    for row in session.scalars(
        select(LedgerEntry).order_by(LedgerEntry.seq).execution_options(yield_per=1000)
    ):
        yield json.dumps(
            {
                "sequence": row.seq,
                **json.loads(row.body),
                "previous": row.previous,
                "hash": row.hash,
                "body": row.body,
            },
            ensure_ascii=False,
        )


def verify_file(path: Path) -> Verdict:
    """Check an exported ledger, without any database."""
    with path.open(encoding="utf-8") as file:
        return check(json.loads(line) for line in file if line.strip())


def erase_text(session: Session, seq: int) -> bool:
    """Erase the personal text and its salt; the chain stays whole. False: there was none."""
    row = session.get(LedgerText, seq)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True
