from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from handlers.counting.ranges import Range
from storage import ledger_export
from storage.ledger_export import Files
from tests.support.busy_months import BusyMonths
from tests.support.counting_office import statistics_of
from tests.support.recounted_tables import RecountedTables, beside

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.counting.statistics import Statistics
    from tests.support.office_desk import OfficeAtWork
    from tests.support.recounted_tables import Cells

OF_WORK = ("groups", "lines", "case_types", "departments")
OF_PROBLEMS = ("sources", "categories", "severities", "classes", "rules")


class LookedAtByHand(BusyMonths):
    """Months with looks that found something and drew no number, as older entries have them."""

    def live(self, first: date, last: date, *, acts_a_day: int = 4) -> None:
        self.looks = Random(first.toordinal())  # noqa: S311 - a test's own history, not a secret
        super().live(first, last, acts_a_day=acts_a_day)

    def _act(self) -> None:
        super()._act()
        if self.looks.random() < 0.2:
            one = self.looks.choice(list(self.cards.values()))
            data: dict[str, Any] = {
                "campaign": None,
                "case_type": one.values["案件类别"],
                "department": self.looks.choice(("第一检察部", "第四检察部", None)),
                "findings": [],
                "sound": False,
                "source": self.looks.choice(("人工个案", "网页预警")),
            }
            self.office.write(
                lambda tx: tx.record(
                    "monitored_by_hand", f"case:{one.case_no}", actor="person:6", data=data
                )
            )


def recounted(office: OfficeAtWork, folder: Path, during: Range) -> RecountedTables:
    path = folder / f"{during.title}.jsonl"
    ledger_export.export(office.database, Files(path), now=office.now, actor="operator")
    return RecountedTables.of_file(path, during.start, during.end)


def cells(statistics: Statistics, table: str) -> dict[str, Cells]:
    """Every cell of a table by its row."""
    return {
        row.name: tuple(one.value if one is not None else None for one in row.figures)
        for row in statistics.table(table).rows
    }


@pytest.mark.parametrize("seed", [21, 22, 23])
def test_every_cell_of_every_table_is_what_a_second_count_of_the_export_gives(
    counted: OfficeAtWork, tmp_path: Path, seed: int
) -> None:
    LookedAtByHand(counted, seed).live(date(2026, 5, 18), date(2026, 7, 2), acts_a_day=7)
    for during in (Range(2026, 5), Range(2026, 6), Range(2026, 6, 3)):
        told = statistics_of(counted, during)
        again = recounted(counted, tmp_path, during)
        before = again.other(during.before.start, during.before.end)
        for table in OF_WORK:
            assert cells(told, table) == again.work(table), table
        for table in OF_PROBLEMS:
            assert cells(told, table) == again.problem_table(table, before), table
        assert cells(told, "handling_trend") == again.handled_in_months()


@pytest.mark.parametrize("during", [Range(2026, 6), Range(2026, 6, 3), Range(2026, 12, 12)])
def test_earlier_values_and_changes_are_those_of_a_second_count(
    counted: OfficeAtWork, tmp_path: Path, during: Range
) -> None:
    LookedAtByHand(counted, 25).live(date(2026, 3, 20), date(2026, 7, 2))
    told = statistics_of(counted, during)
    again = recounted(counted, tmp_path, during)
    before = again.other(during.before.start, during.before.end)
    year_ago = again.other(during.year_ago.start, during.year_ago.end)
    now = again.totals()
    sides = [beside(now, one.totals() if one else None) for one in (before, year_ago)]
    if during.months == 12:
        sides.pop()
    expected = {key: (now[key], *(cell for side in sides for cell in side[key])) for key in now}
    rows = zip(told.totals, told.table("totals").rows, strict=True)
    found = {
        key: tuple(one.value if one is not None else None for one in row.figures)
        for key, row in rows
    }
    assert found == expected
