"""Looks at whole cases, problems being written down, and the pictures kept with findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage.models.case_looks import CaseLook, FindingPicture, ProblemDraft

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


def of_case(session: Session, office: str, case_no: str) -> Sequence[CaseLook]:
    """Return the looks at one case, oldest first."""
    return session.scalars(
        select(CaseLook)
        .where(CaseLook.office == office, CaseLook.case_no == case_no)
        .order_by(CaseLook.id)
    ).all()


def last_looks(session: Session, office: str) -> dict[str, datetime]:
    """Return for each case that was looked at when that was last."""
    found = session.execute(
        select(CaseLook.case_no, func.max(CaseLook.looked_at))
        .where(CaseLook.office == office)
        .group_by(CaseLook.case_no)
    )
    return {row[0]: row[1] for row in found}


def draft(session: Session, id_: int) -> ProblemDraft | None:
    """Return a problem that is being written down."""
    return session.get(ProblemDraft, id_)


def pictures(session: Session, finding_id: int) -> Sequence[FindingPicture]:
    """Return the pictures kept with a finding, oldest first."""
    return session.scalars(
        select(FindingPicture)
        .where(FindingPicture.finding_id == finding_id)
        .order_by(FindingPicture.id)
    ).all()
