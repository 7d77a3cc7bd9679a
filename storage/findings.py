"""Find and number findings; the life of a finding is decided by the handlers."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from storage import settings
from storage.models.findings import OPEN, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import InstrumentedAttribute, Session

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters of a finding's number; I and O are left out, they read as 1 and 0."""

CLOSED = "closed"


def open_ones(session: Session, office: str) -> Sequence[Finding]:
    """Return all findings that are not closed, in the order of their making."""
    return session.scalars(
        select(Finding).where(Finding.office == office, OPEN).order_by(Finding.id)
    ).all()


def by_identity(
    session: Session, office: str, identity: tuple[str, str, str, str]
) -> Finding | None:
    """Return the finding of (case, person or "", rule, occurrence), closed or not."""
    case_no, person_no, rule, occurrence = identity
    return session.scalars(
        select(Finding).where(
            Finding.office == office,
            Finding.case_no == case_no,
            Finding.person_no == person_no,
            Finding.rule == rule,
            Finding.occurrence == occurrence,
        )
    ).one_or_none()


def made_since(session: Session, office: str, moment: datetime) -> Sequence[Finding]:
    """Return the findings made since a moment, closed ones too."""
    return session.scalars(
        select(Finding)
        .where(Finding.office == office, Finding.made_at >= moment)
        .order_by(Finding.id)
    ).all()


def numbered(session: Session, office: str, number: str) -> Finding | None:
    """Return the finding with a number, whatever the case of its letters."""
    return session.scalars(
        select(Finding).where(Finding.office == office, Finding.number == number.upper())
    ).one_or_none()


def with_numbers(session: Session, office: str, numbers: Iterable[str]) -> Sequence[Finding]:
    """Return the findings with some numbers as they are written, in the order of their making."""
    return session.scalars(
        select(Finding)
        .where(Finding.office == office, Finding.number.in_(list(numbers)))
        .order_by(Finding.id)
    ).all()


def with_ids(session: Session, ids: Iterable[int]) -> Sequence[Finding]:
    """Return the findings of some ids, in the order of their making."""
    return session.scalars(
        select(Finding).where(Finding.id.in_(list(ids))).order_by(Finding.id)
    ).all()


def closed_after_being_told(
    session: Session, office: str, prosecutors: Iterable[str]
) -> Sequence[Finding]:
    """Return the closed findings of some prosecutors' names that somebody was told of."""
    return session.scalars(
        select(Finding).where(
            Finding.office == office,
            Finding.state == CLOSED,
            Finding.prosecutor.in_(list(prosecutors)),
            Finding.told_at.is_not(None),
        )
    ).all()


def told_since(session: Session, office: str, since: datetime) -> Sequence[Finding]:
    """Return the findings somebody was told of that are open, or were closed since a moment."""
    return session.scalars(
        select(Finding)
        .where(
            Finding.office == office,
            Finding.told_at.is_not(None),
            or_(Finding.state != CLOSED, Finding.closed_at >= since),
        )
        .order_by(Finding.id)
    ).all()


def staff_named(session: Session, office: str) -> set[str]:
    """Return the names of prosecutors and assistants in the findings, closed ones too."""
    return _names(session, office, Finding.prosecutor, Finding.assistant)


def parties_named(session: Session, office: str) -> set[str]:
    """Return the names of suspects and of cases in the findings, closed ones too."""
    return _names(session, office, Finding.suspect, Finding.case_name)


def _names(session: Session, office: str, *columns: InstrumentedAttribute[str | None]) -> set[str]:
    return {
        name
        for column in columns
        for name in session.scalars(select(column).where(Finding.office == office).distinct())
        if name
    }


def number_of(index: int) -> str:
    """Return the index-th number (from 0): A01 … Z99, then AA01 …."""
    block, place = divmod(index, 99)
    letters = ""
    block += 1
    while block:
        block, letter = divmod(block - 1, len(LETTERS))
        letters = LETTERS[letter] + letters
    return f"{letters}{place + 1:02d}"


def draw_number(session: Session, office: str) -> str:
    """Draw the next number of an office; drawn in the transaction that makes the finding."""
    index = int(settings.read(session, office, "findings_numbered", 0))
    settings.write(session, office, "findings_numbered", index + 1)
    return number_of(index)


def filled(evidence: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values among those a rule rests on: a blank and a missing column read the same."""
    return {name: value for name, value in evidence.items() if value is not None}


def evidence_hash(evidence: Mapping[str, Any]) -> str:
    """Return the key of the values a rule rests on; never holds today's date."""
    text = json.dumps(filled(evidence), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
