"""Who approves a notice: a case head who did not write it, else a deputy, or who stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.notices import notice_texts
from handlers.people import addressees
from handlers.people.addressees import Reader
from handlers.people.relations import handles
from handlers.permissions import may
from storage import people

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction


def told(tx: Transaction, notice: Notice) -> list[Reader]:
    """Return who is asked to approve: of whoever is away the one who stands in for him."""
    for role in ("case_head", "deputy"):
        readers = addressees.holders(tx.session, notice.office, role)
        found = _without_author(tx, notice, readers)
        if found:
            return found
    return []


def ground(tx: Transaction, person: Person, notice: Notice) -> Reader | None:
    """Return as whom a person approves; None: it is not his. Who is away may do it himself too."""
    for role in ("case_head", "deputy"):
        readers = addressees.holders(tx.session, notice.office, role)
        held = [Reader(one) for one in people.with_role(tx.session, notice.office, role)]
        found = _without_author(tx, notice, [*readers, *held])
        if found:
            return next((one for one in found if one.person.id == person.id), None)
    return None


def _without_author(tx: Transaction, notice: Notice, readers: Iterable[Reader]) -> list[Reader]:
    """Leave out who wrote it, who stands in for that person, and whose case it is about."""
    findings = notice_texts.findings_of(tx, notice)
    return [
        one
        for one in readers
        if notice.drafted_by not in {one.person.id, one.principal.id if one.principal else None}
        and all(may(one.person, "approve_notice", finding) for finding in findings)
        and not any(one.principal and handles(one.principal, finding) for finding in findings)
    ]
