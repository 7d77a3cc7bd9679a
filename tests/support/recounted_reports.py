"""Some months of an office and every report on them, written once: what a second count is held to.

The rules are real ones of the catalogue, more than a list of common problems may name.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random
from typing import TYPE_CHECKING

import pytest

from handlers.counting.ranges import Range
from handlers.reports import report_kinds, work_report
from handlers.reports.report_kinds import Asked
from handlers.reports.work_report import Signatures
from knowledge.rules.loader import load_catalogue
from storage import ledger_export
from storage.database import Database, sqlite_url
from storage.ledger_export import Files
from tests.support.busy_months import OFFICER, BusyMonths
from tests.support.counting_office import at_work, facts_of
from tests.support.office_cards import FIRST, SECOND, card_entry, hit
from tests.support.office_desk import ZONE
from tests.support.recounted_lists import RecountedLists
from tests.support.recounted_papers import (
    OfficeTables,
    RecountedDepartmentLists,
    RecountedDepartmentTables,
)
from tests.support.recounted_spans import Span
from tests.support.recounted_words import RecountedWords

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handlers.counting.facts import Facts
    from handlers.reports.report_kinds import Answer
    from handlers.reports.work_report import Kind, Papers
    from knowledge.cards import Card
    from knowledge.rules.model import Hit
    from tests.support.exported_ledger import Line
    from tests.support.office_desk import OfficeAtWork

LIVED = (date(2025, 12, 8), date(2025, 12, 28)), (date(2026, 2, 16), date(2026, 7, 12))
"""Some weeks of the year before, to be compared with, and the half-year that reports are on."""
MADE_ON = date(2026, 7, 20)
RULES = {one.id: one for one in load_catalogue().rules}
CHOSEN = [one for one in RULES.values() if one.group == "案卡填录"][:10]
CHOSEN += [one for one in RULES.values() if one.group != "案卡填录"][:6]
DECIDES = 0.06
DECEMBER, JUNE = Range(2025, 12), Range(2026, 6)
QUARTER, YEAR = Range(2026, 6, 3), Range(2026, 12, 12)
ASKED: tuple[tuple[Kind, Range, str], ...] = (
    ("monthly", DECEMBER, ""),
    ("monthly", JUNE, ""),
    ("monthly", Range(2026, 6, manner="26th"), ""),
    ("quarterly", QUARTER, ""),
    ("yearly", YEAR, ""),
    ("department", JUNE, FIRST),
    ("department", JUNE, SECOND),
)


class CatalogueMonths(BusyMonths):
    """Months of problems under the catalogue's own rules, some of them sent to 案件评查."""

    def __init__(self, office: OfficeAtWork, seed: int) -> None:
        super().__init__(office, seed)
        self.decisions = Random(seed)  # noqa: S311 - a test's own history, not a secret

    def _act(self) -> None:
        super()._act()
        if self.decisions.random() < DECIDES:
            self._evaluate()

    def _evaluate(self) -> None:
        officer = self.office[OFFICER]
        officer.say("/评查")
        self.office.sweep()
        word = self.decisions.choice((" 移送", " 不移送"))
        labels = [one for one in officer.last.buttons if one.endswith(word)]
        if labels:
            officer.press(labels[0])

    def _hit(self, one: Card) -> Hit:
        if self.chance.random() < 0.2:
            return hit(one, due=self.office.now.date(), state="overdue", group="办案期限")
        rule = self.chance.choice(CHOSEN)
        return card_entry(one, rule.id, title=rule.title, group=rule.group, severity=rule.severity)


@dataclass(frozen=True)
class Written:
    """The exported ledger, and the reports by kind, range and department."""

    lines: list[Line]
    facts: Facts
    office: OfficeAtWork
    papers: dict[tuple[Kind, Range, str], Papers]


@pytest.fixture(scope="session", params=[83, 84])
def reports(
    request: pytest.FixtureRequest, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Written]:
    """Half a year of an office and some weeks before, its ledger exported, its reports written."""
    folder = tmp_path_factory.mktemp("reports")
    shutil.copy(migrated_file, folder / "office.sqlite")
    database = Database(sqlite_url(folder / "office.sqlite"))
    office = at_work(database, folder, datetime(2025, 12, 8, 8, 30, tzinfo=ZONE))
    months = CatalogueMonths(office, request.param)
    for first, last in LIVED:
        months.live(first, last, acts_a_day=5)
    office.desk = replace(office.desk, rules=RULES)
    path = folder / "ledger.jsonl"
    ledger_export.export(database, Files(path), now=office.now, actor="operator")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    facts = facts_of(office)
    papers = {asked: paper(office, facts, *asked) for asked in ASKED}
    yield Written(lines, facts, office, papers)
    database.close()


def paper(office: OfficeAtWork, facts: Facts, kind: Kind, during: Range, department: str) -> Papers:
    """Write one report."""
    counted = work_report.count(office.desk, facts, kind, during, department=department)
    signed = Signatures("陆明远", "沈一鸣", "江平", "318")
    return office.read(
        lambda session: work_report.papers(
            office.desk, session, counted, day=MADE_ON, signed=signed
        )
    )


def again_of(lines: list[Line], during: Range, department: str) -> RecountedWords:
    """Count a report's range once more, of the office or of one department."""
    span = Span(during.year, during.month, during.months, during.manner)
    if not department:
        days = span.days
        return RecountedWords(OfficeTables(lines, *days), RecountedLists(lines, *days), span)
    return RecountedWords(
        RecountedDepartmentTables(lines, *span.days, department),
        RecountedDepartmentLists(lines, *span.days, department),
        span,
    )


def answered(reports: Written, kind: str, during: Range, **more: object) -> Answer:
    """What is sent to who asks for a report in a chat."""
    data = {**report_kinds.of_range(during), "day": MADE_ON.isoformat(), **more}
    return reports.office.read(
        lambda session: report_kinds.KINDS[kind](
            Asked(session, reports.office.desk, reports.facts, data, "intranet")
        )
    )
