"""`fangyuan report monthly / department / quarterly / yearly / campaign`: drafts as files.

Checking, signing and filing are done in the chat; what is written here is a draft with its annex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli import report
from bot.cli.user import OPERATOR
from handlers.counting import ranges
from handlers.documents.whole_files import write_whole
from handlers.reports import campaign_papers, work_report
from handlers.reports.work_report import Signatures
from knowledge.errors import UserFacingError
from storage import ledger, people

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.office import Office
    from handlers.counting.ranges import Range
    from handlers.reports.work_report import Kind, Papers
    from storage.session import Session


class NoDepartmentError(UserFacingError):
    """There is no department a report could go to."""

    def __init__(self) -> None:
        super().__init__(
            "名册中没有部门负责人，没有可以送的部门。请在配置的 people 中登记，或用 --name 指定"
        )


def write(
    root: Path,
    out: Path,
    kind: Kind,
    asked: str | None,
    *,
    now: datetime,
    department: str | None = None,
) -> None:
    """Write the drafts of a kind for a range: the paper, and its figures as a workbook.

    Raises:
        NoRangeError, NoDepartmentError, DocumentError: it cannot be made.
    """
    with report.opened(root) as office:
        during = _range(kind, asked, now, office.report_policy().month)
        with office.database.reading() as session:
            facts = report.facts_of(session)
            desk = office.desk()
            made = [
                work_report.papers(
                    desk,
                    session,
                    work_report.count(desk, facts, kind, during, department=name),
                    day=now.date(),
                    signed=Signatures(),
                )
                for name in _departments(session, office, kind, department)
            ]
        for one in made:
            _keep(office, out, one, now=now)


def write_campaign(root: Path, out: Path, number: str, *, now: datetime) -> None:
    """Write the report of one campaign as it stands now.

    Raises:
        NoCampaignError, DocumentError: it cannot be made.
    """
    with report.opened(root) as office:
        with office.database.reading() as session:
            head = ledger.head(session).printed
            made = campaign_papers.make(session, office.desk(), number, day=now.date(), head=head)
        path = write_whole(out / f"{made.name}.docx", made.full)
        _record(office, path.name, now=now)
        print(path)


def _range(kind: Kind, asked: str | None, now: datetime, manner: ranges.MonthManner) -> Range:
    """Return the range a kind of report is about; a month that is named stands for its own."""
    today = now.date()
    found = ranges.last_full(today, manner) if asked is None else None
    found = found or ranges.read_range(asked or "", today, manner)
    if kind == "quarterly" and found.months == 1:
        return ranges.quarter_of(found.year, (found.month + 2) // 3, manner)
    if kind == "yearly" and found.months != 12:
        return ranges.year_of(found.year, manner)
    return found


def _departments(session: Session, office: Office, kind: Kind, named: str | None) -> list[str]:
    if kind != "department":
        return [""]
    if named is not None:
        return [named]
    heads = people.with_role(session, office.name, "head")
    found = list(dict.fromkeys(one.department for one in heads if one.department))
    if not found:
        raise NoDepartmentError
    return found


def _keep(office: Office, out: Path, made: Papers, *, now: datetime) -> None:
    paths = [
        write_whole(out / f"{made.name}.docx", made.full),
        write_whole(out / f"{made.name}附表.xlsx", made.book),
    ]
    _record(office, made.name, now=now)
    for path in paths:
        print(path)


def _record(office: Office, name: str, *, now: datetime) -> None:
    with office.database.transaction(now) as tx:
        data = {"name": name, "clearance": "intranet"}
        tx.record("report_made", "report:file", actor=OPERATOR, data=data)
