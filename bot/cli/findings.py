"""`fangyuan findings`: every open finding, those not yet reviewed too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict

from bot.office import open_office
from bot.standing import as_of, existing, person_of
from handlers.answers import answer_context
from handlers.findings.states import STATE_WORDS
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from storage.models.findings import Finding
    from storage.session import Session


class FindingLine(TypedDict):
    """One open finding; `item` is its place in that person's digest."""

    finding: str
    item: int
    case_no: str
    person_no: str | None
    rule: str
    prosecutor: str | None
    state: str
    due: str | None


def run(root: Path, today: date, *, as_json: bool) -> None:
    """Print one line per open finding; `today` counts where nothing was imported."""
    office = open_office(existing(root))
    with office.database.reading() as session:
        found = findings_table.open_ones(session, office.name)
        placed = places(session, office.name, found, as_of(session, office.name, today))
    office.close()
    for finding in found:
        line = described(finding, placed[finding.id])
        print(json.dumps(line, ensure_ascii=False) if as_json else _as_text(finding, line))
    if not as_json:
        print(f"共 {len(found)} 条未销号。")


def places(
    session: Session, office: str, findings: Sequence[Finding], today: date
) -> dict[int, int]:
    """Return for each finding its place in its prosecutor's digest, or among his findings."""
    owned: dict[str, list[Finding]] = {}
    for finding in findings:
        owner = finding.prosecutor or f"/{finding.department}"
        owned.setdefault(owner, []).append(finding)
    placed: dict[int, int] = {}
    for name, own in owned.items():
        person = person_of(session, office, name)
        placed |= answer_context.place(session, own, person, today)
    return placed


def described(finding: Finding, item: int) -> FindingLine:
    """Return a finding for machines."""
    return {
        "finding": finding.number,
        "item": item,
        "case_no": finding.case_no,
        "person_no": finding.person_no or None,
        "rule": finding.rule,
        "prosecutor": finding.prosecutor,
        "state": finding.state,
        "due": finding.due.isoformat() if finding.due else None,
    }


def _as_text(finding: Finding, line: FindingLine) -> str:
    due = f"，{line['due']} 届满" if line["due"] else ""
    return (
        f"{line['finding']} {line['prosecutor'] or '承办人为空'}第{line['item']}条 "
        f"{line['case_no']} {finding.title}{due}（{STATE_WORDS[finding.state]}）"
    )
