"""The ledger read through once, entry by entry, for whoever counts: columns only, acts chosen.

A million entries are read in seconds; each is handed on as what its body says.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from storage import ledger
from storage.ledger_check import NO_TEXT
from storage.models.ledger import LedgerEntry, LedgerText

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable

    from sqlalchemy import Select

    from storage.session import Session

Progress = Callable[[int, int], object]
"""Told how far a reading has come, and of how much."""
_AT_ONCE = 2_000
_TOLD_EVERY = 20_000
_TEXTS_AT_ONCE = 500
_NO_TEXT = NO_TEXT.decode()


class Entry(NamedTuple):
    """One entry: its number and what its body says (moment, actor, act, object, data, …)."""

    seq: int
    content: dict[str, Any]


def stream(
    session: Session, acts: Collection[str], *, progress: Progress | None = None
) -> Generator[Entry]:
    """Read the entries of some acts, oldest first; a million take a few seconds.

    Args:
        session: one state of the database.
        acts: the acts to be read.
        progress: told now and then how many entries were passed, and of how many.
    """
    total = ledger.head(session).size
    told = 0
    with session.execute(_chosen(acts)) as found:
        for seq, body in found:
            if progress is not None and seq - told >= _TOLD_EVERY:
                progress(seq, total)
                told = seq
            yield Entry(seq, json.loads(body))
    if progress is not None:
        progress(total, total)


def _chosen(acts: Collection[str]) -> Select[int, str]:
    # the table and not the class: rows then come half as dear
    table = LedgerEntry.__table__.columns
    # joined to nothing, the column has no index: SQLite would look up each act and sort a million
    # rows (measured: 4.2 s where reading the table in its order takes 1.5 s)
    wanted = (table["act"] + "").in_(sorted(acts))
    query = select(table["seq"], table["body"]).where(wanted).order_by(table["seq"])
    return query.execution_options(yield_per=_AT_ONCE)


def beside(session: Session, numbers: Iterable[int]) -> dict[int, str | None]:
    """Return the personal texts beside some entries, None for those that were erased.

    Entries that never had a text are left out.
    """
    wanted = sorted(set(numbers))
    found: dict[int, str | None] = {}
    for start in range(0, len(wanted), _TEXTS_AT_ONCE):
        part = wanted[start : start + _TEXTS_AT_ONCE]
        rows = session.execute(
            select(LedgerEntry.seq, LedgerEntry.body, LedgerText.text)
            .join(LedgerText, LedgerText.seq == LedgerEntry.seq, isouter=True)
            .where(LedgerEntry.seq.in_(part))
        )
        said: Iterable[tuple[int, str, str | None]] = ((row[0], row[1], row[2]) for row in rows)
        found.update(
            (seq, text) for seq, body, text in said if text is not None or not _is_bare(body)
        )
    return found


def _is_bare(body: str) -> bool:
    return body.endswith(_NO_TEXT)
