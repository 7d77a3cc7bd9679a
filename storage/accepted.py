"""已核对: what officers answered for good, and what they took back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from storage import findings
from storage.models.findings import Accepted, Finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from storage.transaction import Transaction


def holds(
    session: Session, office: str, identity: tuple[str, str, str], evidence: Mapping[str, Any]
) -> bool:
    """Tell whether a rule was answered for (case, person or "", rule) with these values.

    What was answered of a whole case, before an export named its persons, holds for them too.
    """
    case_no, person_no, rule = identity
    key = findings.evidence_hash(evidence)
    rows = (_row(session, office, (case_no, who, rule), key) for who in {person_no, ""})
    return any(row is not None and row.withdrawn_at is None for row in rows)


def keep(tx: Transaction, finding: Finding, *, reason: str, by: str) -> Accepted:
    """Keep that a finding's rule was answered for the values it now rests on."""
    identity = (finding.case_no, finding.person_no, finding.rule)
    key = findings.evidence_hash(finding.evidence)
    row = _row(tx.session, finding.office, identity, key)
    if row is None:
        row = Accepted(
            office=finding.office,
            case_no=finding.case_no,
            person_no=finding.person_no,
            rule=finding.rule,
            evidence_hash=key,
        )
        tx.session.add(row)
    elif row.withdrawn_at is None:
        return row
    row.reason, row.accepted_at, row.accepted_by = reason, tx.now, by
    row.withdrawn_at = row.withdrawn_by = None
    tx.session.flush()
    return row


def withdraw(tx: Transaction, row: Accepted, *, by: str) -> None:
    """Take it back: the rule speaks again at the next patrol."""
    row.withdrawn_at, row.withdrawn_by = tx.now, by


def renew(row: Accepted) -> None:
    """Let what was taken back hold again, as it did."""
    row.withdrawn_at = row.withdrawn_by = None


def by_id(session: Session, id_: int) -> Accepted | None:
    """Return one."""
    return session.get(Accepted, id_)


def count(session: Session, office: str) -> int:
    """Return how many hold."""
    return session.scalar(select(func.count()).select_from(_holding(office).subquery())) or 0


def newest(session: Session, office: str, *, skip: int, most: int) -> Sequence[Accepted]:
    """Return those that hold, the newest first, a page of them."""
    order = (Accepted.accepted_at.desc(), Accepted.id.desc())
    return session.scalars(_holding(office).order_by(*order).offset(skip).limit(most)).all()


def finding_of(session: Session, row: Accepted) -> Finding | None:
    """Return the finding it was answered on: the one of these values, else the newest."""
    found = session.scalars(
        select(Finding)
        .where(
            Finding.office == row.office,
            Finding.case_no == row.case_no,
            Finding.person_no == row.person_no,
            Finding.rule == row.rule,
        )
        .order_by(Finding.id.desc())
    ).all()
    meant = (one for one in found if findings.evidence_hash(one.evidence) == row.evidence_hash)
    return next(meant, found[0] if found else None)


def _holding(office: str) -> Select[Accepted]:
    return select(Accepted).where(Accepted.office == office, Accepted.withdrawn_at.is_(None))


def _row(
    session: Session, office: str, identity: tuple[str, str, str], key: str
) -> Accepted | None:
    case_no, person_no, rule = identity
    return session.scalars(
        select(Accepted).where(
            Accepted.office == office,
            Accepted.case_no == case_no,
            Accepted.person_no == person_no,
            Accepted.rule == rule,
            Accepted.evidence_hash == key,
        )
    ).one_or_none()
