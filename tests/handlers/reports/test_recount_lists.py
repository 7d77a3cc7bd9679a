from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from handlers.counting.ranges import Range
from handlers.registers import books
from handlers.reports import work_report
from handlers.reports.work_report import Signatures
from knowledge import business_lines
from storage import ledger_export
from storage.ledger_export import Files
from tests.support.busy_months import BusyMonths
from tests.support.counting_office import facts_of
from tests.support.docx_text import lines, tables
from tests.support.recounted_lists import RecountedLists

if TYPE_CHECKING:
    from pathlib import Path

    from storage.session import Session
    from tests.support.office_desk import OfficeAtWork

JUNE = Range(2026, 6)
COMMON = re.compile(r"\d+．(.+?)：(\d+)个，涉及(\d+)件。")
COLUMNS = (
    "监控日期",
    "部门受案号",
    "案件类别",
    "业务条线",
    "承办部门",
    "问题类别（大类/小类）",
    "严重程度",
    "监控方式",
    "文书编号",
    "送达日期",
    "应回复日期",
    "实际回复日期",
    "整改情况（已整改/整改中/待整改）",
    "整改完成日期",
    "是否重复发生（首次编号）",
)


def exported(office: OfficeAtWork, folder: Path) -> Path:
    path = folder / "ledger.jsonl"
    ledger_export.export(office.database, Files(path), now=office.now, actor="operator")
    return path


def monthly(office: OfficeAtWork) -> bytes:
    counted = work_report.count(office.desk, facts_of(office), "monthly", JUNE)
    signed = Signatures("陆明远")
    return office.read(
        lambda session: work_report.papers(
            office.desk, session, counted, day=date(2026, 7, 20), signed=signed
        )
    ).full


@pytest.mark.parametrize("seed", [41, 42, 43])
def test_lists_and_common_problems_are_those_of_a_second_count(
    counted: OfficeAtWork, tmp_path: Path, seed: int
) -> None:
    # what happens after the month must not change what the month's report says
    BusyMonths(counted, seed).live(date(2026, 5, 25), date(2026, 7, 18), acts_a_day=8)
    again = RecountedLists.of_file(exported(counted, tmp_path), JUNE.start, JUNE.end)
    paper = monthly(counted)
    [listed] = [table[1:] for table in tables(paper) if table[0][:2] == ["监控日期", "部门受案号"]]
    assert [tuple(row) for row in listed] == again.listed_problems()
    told = {
        found[1]: (int(found[2]), int(found[3]))
        for line in lines(paper)
        if (found := COMMON.match(line))
    }
    assert told == again.common_problems()


def value(cell: object) -> object:
    return f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) else cell


@pytest.mark.parametrize("seed", [44, 45, 46])
def test_every_line_of_the_register_is_that_of_a_second_count(
    counted: OfficeAtWork, tmp_path: Path, seed: int
) -> None:
    BusyMonths(counted, seed).live(date(2026, 5, 25), date(2026, 7, 10), acts_a_day=8)
    again = RecountedLists.of_file(
        exported(counted, tmp_path), date(2026, 1, 1), date(2026, 12, 31)
    )
    facts = facts_of(counted)

    def book(session: Session) -> bytes:
        return books.register_book(
            session,
            facts,
            business_lines.shipped(),
            "intranet",
            office=counted.desk.office,
            year=2026,
        )

    sheet = load_workbook(BytesIO(counted.read(book)))["流程监控台账2026年"]
    head, *rows = sheet.iter_rows(values_only=True)
    places = [head.index(name) for name in COLUMNS]
    told = [tuple(value(row[place]) for place in places) for row in rows if row[places[1]]]
    assert Counter(told) == again.register()
