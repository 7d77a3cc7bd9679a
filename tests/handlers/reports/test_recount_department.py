from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from handlers.counting import statistics
from handlers.counting.ranges import Range
from handlers.reports import of_department
from knowledge import business_lines
from storage import ledger_export
from storage.ledger_export import Files
from tests.support.busy_months import BusyMonths
from tests.support.counting_office import facts_of, statistics_of
from tests.support.office_cards import FIRST, SECOND
from tests.support.recounted_department import RecountedDepartment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.exported_ledger import Line
    from tests.support.office_desk import OfficeAtWork

NOBODYS: Any = None
# they belong to one department at a time, so that all departments together make the office
SHARED_OUT = (
    "problems",
    "corrected_of",
    "rejected",
    "baseline_made",
    "baseline_left",
    "objections",
)


def exported(office: OfficeAtWork, folder: Path) -> list[Line]:
    path = folder / "ledger.jsonl"
    ledger_export.export(office.database, Files(path), now=office.now, actor="operator")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("seed", [31, 32, 34])
def test_every_figure_of_a_department_is_what_a_second_count_gives(
    counted: OfficeAtWork, tmp_path: Path, seed: int
) -> None:
    BusyMonths(counted, seed).live(date(2026, 5, 18), date(2026, 7, 2), acts_a_day=7)
    lines, facts = exported(counted, tmp_path), facts_of(counted)
    for during in (Range(2026, 5), Range(2026, 6), Range(2026, 6, 3)):
        for department in (FIRST, SECOND):
            told = statistics.compute(
                of_department.narrowed(facts, department),
                during,
                business_lines.shipped(),
                office=counted.desk.office,
            )
            again = RecountedDepartment(lines, during.start, during.end, department)
            found = {key: one.value for key, one in told.totals.items()}
            assert found == again.totals(), (during, department)


@pytest.mark.parametrize("seed", [31, 34])
def test_the_departments_together_are_the_office(counted: OfficeAtWork, seed: int) -> None:
    BusyMonths(counted, seed).live(date(2026, 5, 18), date(2026, 7, 2), acts_a_day=7)
    facts, during = facts_of(counted), Range(2026, 6)
    parts = [
        statistics.compute(
            of_department.narrowed(facts, one),
            during,
            business_lines.shipped(),
            office=counted.desk.office,
        ).totals
        for one in (FIRST, SECOND, NOBODYS)
    ]
    whole = statistics_of(counted, during).totals
    together = {key: sum(part[key].value or 0 for part in parts) for key in SHARED_OUT}
    assert together == {key: whole[key].value for key in SHARED_OUT}
