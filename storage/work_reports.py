"""Work reports: found by number, by state, by what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models.work_reports import WorkReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

OPEN = ("draft", "submitted", "checked", "signed")


def by_id(session: Session, id_: int) -> WorkReport | None:
    """Return one report, locked for the one who changes it."""
    return session.get(WorkReport, id_, with_for_update=True)


def in_states(session: Session, office: str, states: Iterable[str]) -> Sequence[WorkReport]:
    """Return an office's reports in some states, oldest first."""
    return session.scalars(
        select(WorkReport)
        .where(WorkReport.office == office, WorkReport.state.in_(list(states)))
        .order_by(WorkReport.id)
    ).all()


def of_range(
    session: Session, office: str, kind: str, range_: tuple[int, int, int], department: str
) -> WorkReport | None:
    """Return the newest report of a kind over a range that was not discarded."""
    year, month, months = range_
    return session.scalars(
        select(WorkReport)
        .where(
            WorkReport.office == office,
            WorkReport.kind == kind,
            WorkReport.year == year,
            WorkReport.month == month,
            WorkReport.months == months,
            WorkReport.department == department,
            WorkReport.state != "discarded",
        )
        .order_by(WorkReport.id.desc())
        .limit(1)
    ).one_or_none()
