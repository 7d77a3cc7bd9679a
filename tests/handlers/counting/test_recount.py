from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.counting.ranges import Range
from handlers.counting.tabling import TOTAL
from storage import ledger_export
from storage.ledger_export import Files
from tests.support.busy_months import BusyMonths
from tests.support.counting_office import statistics_of
from tests.support.recount import Recount

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.counting.statistics import Statistics
    from tests.support.office_desk import OfficeAtWork

MAY, JUNE = Range(2026, 5), Range(2026, 6)


def exported(office: OfficeAtWork, folder: Path) -> Path:
    path = folder / "ledger.jsonl"
    ledger_export.export(office.database, Files(path), now=office.now, actor="operator")
    return path


def values(statistics: Statistics) -> dict[str, float | None]:
    return {key: one.value for key, one in statistics.totals.items()}


def rows(statistics: Statistics, table: str, key: str) -> dict[str, float | None]:
    """Return the first column of a kind by row, what is nothing left out."""
    found = {
        row.name: next(one for one in row.figures if one is not None and one.key == key).value
        for row in statistics.table(table).rows
        if row.name != TOTAL
    }
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize("seed", range(1, 6))
def test_every_figure_is_what_a_second_count_of_the_export_gives(
    counting: OfficeAtWork, tmp_path: Path, seed: int
) -> None:
    BusyMonths(counting, seed).live(date(2026, 5, 18), date(2026, 7, 2), acts_a_day=7)
    path = exported(counting, tmp_path)
    for during in (MAY, JUNE):
        told = statistics_of(counting, during)
        again = Recount.of_file(path, during.start, during.end)
        assert values(told) == again.totals()
        for table in ("groups", "lines", "case_types", "departments"):
            assert rows(told, table, "watched") == again.watched_by(table)
            assert rows(told, table, "problems") == again.problems_by(table)
        for table, key in (("rules", "title"), ("sources", "source"), ("severities", "severity")):
            assert rows(told, table, "problems") == again.problems_named(key)
