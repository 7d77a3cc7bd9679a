"""Everything recorded of one case, across the tables: findings, decisions, prompts, notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models.answers import Answer
from storage.models.findings import Finding
from storage.models.notices import Notice, NoticeItem
from storage.models.prompts import Objection, OralPrompt, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Recorded:
    """What was recorded of some findings; notices stand with the finding they are about."""

    outcomes: Sequence[Outcome]
    prompts: Sequence[OralPrompt]
    answers: Sequence[Answer]
    objections: Sequence[Objection]
    notices: Sequence[tuple[int, Notice]]


def findings(session: Session, office: str, case_no: str) -> Sequence[Finding]:
    """Return every finding of a case, closed ones too, in the order made."""
    return session.scalars(
        select(Finding)
        .where(Finding.office == office, Finding.case_no == case_no)
        .order_by(Finding.id)
    ).all()


def recorded(session: Session, finding_ids: Iterable[int]) -> Recorded:
    """Return what was recorded of some findings, each kind oldest first."""
    ids = list(finding_ids)
    notices = session.execute(
        select(NoticeItem.finding_id, Notice)
        .join(Notice, Notice.id == NoticeItem.notice_id)
        .where(NoticeItem.finding_id.in_(ids))
        .order_by(Notice.id)
    )
    return Recorded(
        outcomes=session.scalars(
            select(Outcome).where(Outcome.finding_id.in_(ids)).order_by(Outcome.id)
        ).all(),
        prompts=session.scalars(
            select(OralPrompt).where(OralPrompt.finding_id.in_(ids)).order_by(OralPrompt.id)
        ).all(),
        answers=session.scalars(
            select(Answer).where(Answer.finding_id.in_(ids)).order_by(Answer.id)
        ).all(),
        objections=session.scalars(
            select(Objection).where(Objection.finding_id.in_(ids)).order_by(Objection.id)
        ).all(),
        notices=[(finding_id, notice) for finding_id, notice in notices],
    )
