"""The ledger as it lies in a database, read raw: what a check sees is what is stored.

The columns that repeat the body are held against it without reading the whole body as JSON: a
million entries are checked while a person waits.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from storage.errors import DatabaseUnusableError
from storage.faults import reason
from storage.ledger_check import NO_TEXT, NOT_AN_ENTRY, Chain, TamperedError, Texts
from storage.models.base import ZONE

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from storage.database import Database
    from storage.ledger_check import Verdict
    from storage.ledger_head import Head

_ROWS = (
    "SELECT l.seq, l.previous, l.hash, l.body, l.moment, l.act, l.object, t.salt, t.text "
    "FROM ledger l LEFT JOIN ledger_texts t ON t.seq = l.seq ORDER BY l.seq"
)
_KEPT = "SELECT size, hash FROM ledger_head WHERE id = 1"
_STRAY = "SELECT MIN(seq) FROM ledger_texts WHERE seq NOT IN (SELECT seq FROM ledger)"
_BUSY_SECONDS = 30
_ONE_BY_ONE = 5000
_NULL, _HASHED = -len(b"null}"), -len(b'""}') - 64
"""Where a body's last value begins, counted from the end."""

Raw = tuple[int, bytes, bytes, bytes, bytes, bytes, bytes, bytes | None, bytes | None]


@dataclass(frozen=True)
class _Source:
    """One state of a ledger: its rows, the head kept beside them, a text that belongs to none."""

    rows: Iterator[Raw]
    kept: tuple[int, bytes] | None
    stray: int | None


def verify(database: Database, published: Sequence[Head] = ()) -> Verdict:
    """Check every entry against the chain, the columns, the head, the texts, published heads."""
    if not database.is_sqlite:
        with database.reading() as session, _postgresql(session) as source:
            return _check(source, published)
    return _verify_sqlite(Path(database.where), "rw", published)


def verify_sqlite(path: Path, published: Sequence[Head] = ()) -> Verdict:
    """Check the ledger in a SQLite file without changing the file.

    Raises:
        DatabaseUnusableError: it is no database of ours, or cannot be read.
    """
    return _verify_sqlite(path, "ro", published)


def is_sqlite(path: Path) -> bool:
    """Tell whether a file is a SQLite database, by its first bytes."""
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _verify_sqlite(path: Path, mode: str, published: Sequence[Head]) -> Verdict:
    address = f"{path.resolve().as_uri()}?mode={mode}"
    try:
        with closing(
            sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
        ) as connection:
            # bytes as stored: neither decoded nor encoded again, and what is no text is no fault
            connection.text_factory = bytes
            connection.execute("BEGIN")
            source = _Source(
                connection.execute(_ROWS),
                connection.execute(_KEPT).fetchone(),
                connection.execute(_STRAY).fetchone()[0],
            )
            return _check(source, published)
    except sqlite3.Error as error:
        raise DatabaseUnusableError(str(path), reason(str(error))) from error


@contextmanager
def _postgresql(session: Session) -> Iterator[_Source]:
    kept = session.execute(text(_KEPT)).one_or_none()
    stray = session.scalar(text(_STRAY))
    found = session.execute(text(_ROWS), execution_options={"yield_per": _ONE_BY_ONE})
    # closed here: a check that stops early would leave the server's cursor open
    with found, closing(_encoded(found)) as rows:
        yield _Source(rows, None if kept is None else (kept[0], kept[1].encode()), stray)


def _encoded(found: Iterable[Sequence[Any]]) -> Generator[Raw]:
    for seq, previous, digest, body, moment, act, object_, salt, said in found:
        utc = moment.astimezone(UTC)
        yield (
            seq,
            previous.encode(),
            digest.encode(),
            body.encode(),
            f"{utc:%Y-%m-%d %H:%M:%S.%f}".encode(),
            act.encode(),
            object_.encode(),
            None if salt is None else salt.encode(),
            None if said is None else said.encode(),
        )


def _check(source: _Source, published: Sequence[Head]) -> Verdict:
    chain = Chain()
    texts = Texts()
    try:
        chain = Chain(published)
        _take(source.rows, chain, texts)
        chain.close()
        _demand_kept(source.kept, chain)
        texts.close()
        _demand_no_stray(source.stray)
    except TamperedError as fault:
        return chain.verdict(fault, texts.fault)
    return chain.verdict()


def _take(rows: Iterator[Raw], chain: Chain, texts: Texts) -> None:
    for seq, previous, digest, body, moment, act, object_, salt, said in rows:
        try:
            chain.add(seq, previous, digest, body)
        except NOT_AN_ENTRY as error:
            raise TamperedError(chain.size + 1, "不是一条流水") from error
        if texts.fault:
            continue
        try:
            if not _agree(body, moment, act, object_):
                wrong = _differing(body, moment, act, object_)
                texts.fault = TamperedError(seq, f"{wrong} 栏与正文不符")
            elif said is None or salt is None:
                texts.add_none(seq, body)
            else:
                texts.add(seq, body, salt.decode(), said.decode())
        except TamperedError as fault:
            texts.fault = fault
        except NOT_AN_ENTRY:
            texts.fault = TamperedError(seq, "不是一条流水")


def _demand_kept(kept: tuple[int, bytes] | None, chain: Chain) -> None:
    why = "末条与登记的条数或校验值不符，尾部可能被删改"
    if kept is None:
        raise TamperedError(chain.size + 1, "登记的末条不见了")
    if kept[0] != chain.size:
        raise TamperedError(min(kept[0], chain.size) + 1, why)
    if kept[1] != chain.hash:
        raise TamperedError(max(chain.size, 1), why)


def _demand_no_stray(seq: int | None) -> None:
    if seq is not None:
        raise TamperedError(seq, "并不存在，却有旁存文字")


def _agree(body: bytes, moment: bytes, act: bytes, object_: bytes) -> bool:
    """Hold the columns against the body, whose keys stand in the order of the alphabet."""
    quick = (
        body.startswith(b'{"act":"%b","actor":' % act)
        and body.endswith(
            b',"moment":"%b","object":"%b","text_hash":' % (_local(moment), object_),
            0,
            _NULL if body.endswith(NO_TEXT) else _HASHED,
        )
        and b'"' not in act
        and b'"' not in object_
    )
    return quick or _differing(body, moment, act, object_) is None


@lru_cache
def _local(utc: bytes) -> bytes:
    """Return a column's moment as a body says it; the entries of one commit share theirs."""
    return _local_hour(utc[:13]) + utc[13:].replace(b".000000", b"") + b"+08:00"


@lru_cache
def _local_hour(utc: bytes) -> bytes:
    hour = datetime.strptime(utc.decode(), "%Y-%m-%d %H").replace(tzinfo=UTC)
    return f"{hour.astimezone(ZONE):%Y-%m-%dT%H}".encode()


def _differing(body: bytes, moment: bytes, act: bytes, object_: bytes) -> str | None:
    content = json.loads(body)
    kept = datetime.fromisoformat(moment.decode()).replace(tzinfo=UTC)
    if content["act"] != act.decode():
        return "act"
    if content["object"] != object_.decode():
        return "object"
    return None if datetime.fromisoformat(content["moment"]) == kept else "moment"
