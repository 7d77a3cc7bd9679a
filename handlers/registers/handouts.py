"""未绑定人员提示清单: the day's items per prosecutor on paper, for those no message reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.digest import digest_text
from handlers.documents import workbook
from handlers.documents.workbook import Column, Table
from handlers.findings import items
from handlers.findings.case_reference import reference
from handlers.people.addressees import directory
from knowledge import chinese
from storage import findings as findings_table
from storage import people

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.desk import Clearance, Desk
    from storage.models.findings import Finding
    from storage.session import Session

TITLE = "未绑定人员提示清单"
COLUMNS = (
    Column("编号", 8),
    Column("类别", 14),
    Column("案件", 26),
    Column("事实", 40),
    Column("依据", 30),
    Column("请办理", 30),
    Column("届满日", 12),
    Column("签收（姓名、日期）", 18),
)
QUEUED = "queued"
ANSWER = "请核对办理后告知案件管理部门；期限照常计算，本清单不改变办案期限。"


@dataclass(frozen=True)
class ForOne:
    """What one prosecutor has to do, the most pressing first."""

    name: str
    department: str
    findings: tuple[Finding, ...]


def gather(session: Session, desk: Desk, day: date) -> list[ForOne]:
    """Return the open items that were released, of every prosecutor whom no message reaches."""
    known = directory(session, desk.office)
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings_table.open_ones(session, desk.office):
        waits = finding.state == QUEUED or finding.released_at is None
        if waits or not finding.prosecutor or finding.state in items.ANSWERED:
            continue
        meant = known.prosecutors(finding)
        if any(people.is_reachable(one) for one in meant):
            continue
        found.setdefault((finding.department or "", finding.prosecutor), []).append(finding)
    return [
        ForOne(name, department, tuple(sorted(owned, key=lambda one: items.urgency(one, day))))
        for (department, name), owned in sorted(found.items())
    ]


def in_words(lists: Sequence[ForOne], day: date) -> str:
    """Say how many lists there are to print."""
    many = sum(len(one.findings) for one in lists)
    return (
        f"{TITLE} · {chinese.month_day(day)}：未绑定或无法送达的承办检察官 {len(lists)} 人，"
        f"共 {many} 条，每人一张，请打印转交。绑定后由机器人直接提示：发送 /邀请 姓名。"
    )


def book(
    lists: Sequence[ForOne], clearance: Clearance, day: date, *, office: str, head: str
) -> bytes:
    """Make the lists, a sheet each; over an internet door nobody is named."""
    tables = [
        Table(_name(place, one, clearance), COLUMNS, _rows(one, clearance, day), (ANSWER,))
        for place, one in enumerate(lists, 1)
    ]
    return workbook.write(tables, title=f"{office}{TITLE}（{day}）", ledger_head=head)


def _name(place: int, one: ForOne, clearance: Clearance) -> str:
    department = one.department or "未填部门"
    return f"{department}{one.name}" if clearance == "intranet" else f"{place} {department}"


def _rows(one: ForOne, clearance: Clearance, day: date) -> tuple[workbook.Row, ...]:
    return tuple(
        (
            finding.number,
            digest_text.kind_of(items.Item((finding,))),
            reference(finding, one.findings, clearance),
            *_lines(finding, clearance, day),
            finding.due if items.is_open_term(finding) else None,
            "",
        )
        for finding in one.findings
    )


def _lines(finding: Finding, clearance: Clearance, day: date) -> tuple[str, str, str]:
    lines = digest_text.finding_lines(finding, clearance, day)
    return lines[0], digest_text.citations(finding), finding.ask
