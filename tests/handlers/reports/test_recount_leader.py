from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.counting.measures import ALL, CORRECTED_RATE, EFFECTIVE_RATE
from handlers.counting.ranges import Range
from handlers.reports import leader_month
from storage import ledger_export
from storage.ledger_export import Files
from tests.support.busy_months import BusyMonths
from tests.support.counting_office import statistics_of
from tests.support.recounted_tables import RecountedTables

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office_desk import OfficeAtWork

KEYS = {one.name: key for key, one in ALL.items()} | {
    one[1]: one[0] for one in (CORRECTED_RATE, EFFECTIVE_RATE)
}
SAID = re.compile(r"[：，](\w+) ([\d.]+|—)(?:[^\d（]*)（([\d.]+|—)%?）")
LEAST = 15


@pytest.mark.parametrize("seed", [61, 62, 63])
def test_what_deputy_and_chief_read_is_what_a_second_count_gives(
    counted: OfficeAtWork, tmp_path: Path, seed: int
) -> None:
    BusyMonths(counted, seed).live(date(2026, 4, 27), date(2026, 7, 2), acts_a_day=6)
    path = tmp_path / "ledger.jsonl"
    ledger_export.export(counted.database, Files(path), now=counted.now, actor="operator")
    during = Range(2026, 6)
    again = RecountedTables.of_file(path, during.start, during.end)
    before = again.other(during.before.start, during.before.end)
    assert before is not None
    now, then = again.totals(), before.totals()
    said = SAID.findall(leader_month.write(statistics_of(counted, during), 0))
    told = {KEYS[name]: (number(value), number(earlier)) for name, value, earlier in said}
    assert len(told) >= LEAST
    assert told == {key: (now[key], then[key]) for key in told}


def number(text: str) -> float | None:
    return None if text == "—" else float(text)
