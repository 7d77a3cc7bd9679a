from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from handlers.counting import ranges, summary
from storage import ledger_export
from storage.ledger_export import Files
from tests.support import published_year
from tests.support.counting_office import at_work, statistics_of
from tests.support.office_desk import ZONE
from tests.support.published_year import YEAR
from tests.support.recount import Recount

if TYPE_CHECKING:
    from pathlib import Path

    from storage.database import Database
    from tests.support.office_desk import OfficeAtWork

DURING = ranges.year_of(YEAR, "calendar")


@pytest.fixture
def year(sqlite: Database, tmp_path: Path) -> OfficeAtWork:
    office = at_work(sqlite, tmp_path, datetime(YEAR, 1, 2, 8, 30, tzinfo=ZONE))
    published_year.live(office)
    return office


def test_a_year_like_the_published_one_gives_exactly_its_figures(
    year: OfficeAtWork, tmp_path: Path
) -> None:
    counted = statistics_of(year, DURING)
    assert summary.sentence(counted) == (
        "2025年（2025年1月1日至12月31日），监控案件527件，其中刑事（含未检）496件、"
        "民事行政公益诉讼18件、控申刑执13件；有效监控263件，占49.9%；"
        "制发《案件流程监控通知书》13份，收到《流程监控反馈意见书》8份；"
        "开展专项监控5次、专题培训2次。"
    )
    groups = {
        row.name: [one.value for one in row.figures if one and one.key in {"watched", "effective"}]
        for row in counted.table("groups").rows
    }
    assert [
        groups[name][0] for name in ("刑事（含未检）", "民事行政公益诉讼", "控申刑执", "合计")
    ] == [
        496,
        18,
        13,
        527,
    ]
    assert groups["合计"][1] == 263
    path = tmp_path / "ledger.jsonl"
    ledger_export.export(year.database, Files(path), now=year.now, actor="operator")
    again = Recount.of_file(path, DURING.start, DURING.end)
    assert {key: one.value for key, one in counted.totals.items()} == again.totals()
