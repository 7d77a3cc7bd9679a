"""Questions people asked, read back from the ledger: those without a useful answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from storage import ledger
from storage.models.ledger import LedgerEntry, LedgerText
from storage.models.people import Person

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from storage.session import Session

ASKED, FEEDBACK = "question_asked", "answer_feedback"
SETTLED, REOPENED = "question_settled", "question_reopened"


@dataclass(frozen=True)
class Open:
    """A question that waits for the officer: its text, how often and why (`refused`: 不对)."""

    text: str
    entries: tuple[int, ...]
    refused: bool


def open_ones(session: Session, office: str, start: datetime, end: datetime) -> list[Open]:
    """Return what was asked in a time without a useful answer and is not settled, latest first.

    A question for the law of an earlier day is left out: what it found is no matter of its words.
    """
    entries = _between(session, office, start, end)
    useless = {
        _place(content)
        for _, content in entries
        if content["act"] == FEEDBACK and not content["data"]["useful"]
    }
    settled: set[int] = set()
    for _, content in entries:
        if content["act"] == SETTLED:
            settled |= set(content["data"]["entries"])
        elif content["act"] == REOPENED:
            settled -= set(content["data"]["entries"])
    waiting = [
        (seq, _place(content) in useless)
        for seq, content in entries
        if content["act"] == ASKED
        and seq not in settled
        and not content["data"].get("dated")
        and (not content["data"]["found"] or _place(content) in useless)
    ]
    return _grouped(session, waiting)


def _between(
    session: Session, office: str, start: datetime, end: datetime
) -> list[tuple[int, dict[str, Any]]]:
    actors = {
        f"person:{id_}" for id_ in session.scalars(select(Person.id).filter_by(office=office))
    }
    found = session.scalars(
        select(LedgerEntry)
        .where(
            LedgerEntry.act.in_((ASKED, FEEDBACK, SETTLED, REOPENED)),
            LedgerEntry.moment >= start,
            LedgerEntry.moment < end,
        )
        .order_by(LedgerEntry.seq)
    )
    contents = ((one.seq, ledger.content_of(one)) for one in found)
    return [(seq, content) for seq, content in contents if content["actor"] in actors]


def _place(content: dict[str, Any]) -> tuple[str, int]:
    return str(content["actor"]), int(content["data"].get("message") or 0)


def _grouped(session: Session, waiting: Iterable[tuple[int, bool]]) -> list[Open]:
    found: dict[str, Open] = {}
    for seq, refused in waiting:
        kept = session.get(LedgerText, seq)
        if kept is None:  # erased at its time: nothing can be learnt from it any more
            continue
        before = found.pop(kept.text, Open(kept.text, (), refused=False))
        found[kept.text] = Open(kept.text, (*before.entries, seq), before.refused or refused)
    return list(reversed(found.values()))
