from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from handlers.registers import books
from knowledge import business_lines
from storage import ledger_export
from storage.ledger_export import Files
from tests.support.busy_months import BusyMonths
from tests.support.counting_office import facts_of
from tests.support.recounted_days import RecountedDays

if TYPE_CHECKING:
    from pathlib import Path

    from storage.session import Session
    from tests.support.office_desk import OfficeAtWork

Rows = list[tuple[object, ...]]
LOG = ("日期", "监控方式（2201/2202/2203）", "部门受案号", "提示/通知书编号", "整改日期")
PUBLICATION = (
    *("案件名称", "部门受案号", "文书收到日期", "生效日期"),
    *("公开截止日期", "公开日期", "未公开原因", "承办人"),
)


@pytest.fixture(params=[51, 52, 53])
def lived(counted: OfficeAtWork, request: pytest.FixtureRequest) -> OfficeAtWork:
    BusyMonths(counted, request.param).live(date(2026, 5, 25), date(2026, 7, 10), acts_a_day=8)
    return counted


def recounted(office: OfficeAtWork, folder: Path) -> RecountedDays:
    files = Files(folder / "ledger.jsonl", folder / "texts.jsonl")
    ledger_export.export(office.database, files, now=office.now, actor="operator")
    return RecountedDays.of_file(files.chain, date(2026, 1, 1), date(2026, 12, 31))


def columns(content: bytes, sheet: str, names: tuple[str, ...]) -> Rows:
    """Some columns of a sheet, days as they are written, what is empty as None."""
    head, *rows = load_workbook(BytesIO(content))[sheet].iter_rows(values_only=True)
    places = [head.index(name) for name in names]
    return [tuple(value(row[place]) for place in places) for row in rows]


def value(cell: object) -> object:
    return f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) else cell or None


def test_every_line_of_the_log_is_that_of_a_second_count(
    lived: OfficeAtWork, tmp_path: Path
) -> None:
    again, facts = recounted(lived, tmp_path), facts_of(lived)

    def write(session: Session) -> bytes:
        office = lived.desk.office
        return books.log_book(session, facts, "intranet", office=office, day=date(2026, 7, 12))

    book = lived.read(write)
    told = columns(book, "流程监控日志2026年", LOG)
    assert Counter(row for row in told if row[2]) == again.logged()
    scopes = columns(book, "流程监控日志2026年", ("日期", "巡查范围（案件类别/件数）"))
    patrolled = {day: scope for day, scope in scopes if scope and scope != "当日未巡查"}
    assert patrolled == again.scopes()


def test_every_line_of_the_register_of_publication_is_that_of_a_second_count(
    lived: OfficeAtWork, tmp_path: Path
) -> None:
    again, facts = recounted(lived, tmp_path), facts_of(lived)

    def write(session: Session) -> bytes:
        lines, office = business_lines.shipped(), lived.desk.office
        return books.register_book(session, facts, lines, "intranet", office=office, year=2026)

    told = columns(lived.read(write), "文书公开台账2026年", PUBLICATION)
    assert Counter(row for row in told if row[1]) == again.published(tmp_path / "texts.jsonl")
