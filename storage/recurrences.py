"""What came before a finding: the same rule on its case or person, or in a notice to its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from storage.models.findings import Finding
from storage.models.notices import Notice, NoticeItem

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

CLOSED = "closed"
REMINDER = "due_soon"


def earlier(session: Session, finding: Finding, closed_as: Collection[str]) -> Sequence[Finding]:
    """Return the findings of a finding's rule that were a problem of its case or person before.

    They are closed as one of the given, or came back since; the finding itself may be among them.
    Oldest first.
    """
    same = and_(Finding.case_no == finding.case_no, Finding.person_no == finding.person_no)
    if finding.person_no:
        same = or_(same, Finding.person_no == finding.person_no)
    was_problem = and_(
        Finding.state == CLOSED,
        Finding.closed_as.in_(list(closed_as)),
        Finding.hit_state != REMINDER,
    )
    return session.scalars(
        select(Finding)
        .where(
            Finding.office == finding.office,
            Finding.rule == finding.rule,
            same,
            or_(was_problem, Finding.recurred > 0),
        )
        .order_by(Finding.id)
    ).all()


def last_notice(
    session: Session, finding: Finding, *, since: datetime, until: date
) -> Notice | None:
    """Return the last notice on a finding's rule to its department that was issued by a day."""
    if not finding.department:
        return None
    found = session.scalars(
        select(Notice)
        .join(NoticeItem, NoticeItem.notice_id == Notice.id)
        .join(Finding, Finding.id == NoticeItem.finding_id)
        .where(
            Notice.office == finding.office,
            Notice.department == finding.department,
            Notice.issued_at.is_not(None),
            Notice.issued_at >= since,
            Notice.voided_at.is_(None),
            Finding.rule == finding.rule,
        )
        .order_by(Notice.issued_at.desc(), Notice.id.desc())
    ).unique()
    return next((one for one in found if one.issued_at and one.issued_at.date() <= until), None)
