from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from handlers.registers import books, handouts
from knowledge import business_lines
from tests.support.recounted_days import RecountedDays
from tests.support.recounted_register import RecountedRegister
from tests.support.recounted_register_days import RecountedLog
from tests.support.recounted_register_handouts import RecountedHandouts
from tests.support.recounted_register_months import UNBOUND, lived
from tests.support.recounted_register_texts import ERASED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

    from handlers.desk import Clearance
    from storage.session import Session
    from tests.support.recounted_register_months import Lived
    from tests.support.recounted_register_texts import Row

DAYS = date(2026, 5, 25), date(2026, 7, 10)
ALL_TIME = date(2025, 1, 1), date(2026, 12, 31)
LAST = date(2026, 7, 12)
REGISTER, LOG = "流程监控台账2026年", "流程监控日志2026年"
PUBLICATION = "文书公开台账2026年"
LOG_NUMBER = 9
REGISTER_NUMBER = 3
"""The place of 部门受案号, which an internet door shortens."""


@pytest.fixture(scope="module", params=[65, 68, 74, 75])
def months(
    request: pytest.FixtureRequest, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lived]:
    folder = tmp_path_factory.mktemp("months")
    with lived(migrated_file, folder, request.param, DAYS) as found:
        yield found


def register(of: Lived, clearance: Clearance = "intranet") -> Workbook:
    lines, name = business_lines.shipped(), of.office.desk.office

    def make(session: Session) -> bytes:
        return books.register_book(session, of.facts, lines, clearance, office=name)

    return load_workbook(BytesIO(of.office.read(make)))


def log(of: Lived, clearance: Clearance = "intranet", day: date = LAST) -> Workbook:
    name = of.office.desk.office

    def make(session: Session) -> bytes:
        return books.log_book(session, of.facts, clearance, office=name, day=day)

    return load_workbook(BytesIO(of.office.read(make)))


def rows(book: Workbook, sheet: str) -> list[Row]:
    """The lines of a sheet, days as they are written."""
    _, *found = book[sheet].iter_rows(values_only=True)
    return [tuple(value(cell) for cell in row) for row in found]


def value(cell: object) -> object:
    return f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) else cell


def without(lines: list[Row], place: int) -> list[Row]:
    return [(*row[:place], None, *row[place + 1 :]) for row in lines]


def by_day(lines: list[Row]) -> dict[str, Counter[Row]]:
    found: dict[str, Counter[Row]] = {}
    for row in lines:
        found.setdefault(str(row[0]), Counter())[row] += 1
    return found


def test_every_column_of_the_register_is_that_of_a_second_count(months: Lived) -> None:
    again = RecountedRegister.of_files(months.folder, ALL_TIME, months.people)
    assert rows(register(months), REGISTER) == again.register_by_year()["2026"]


def test_every_column_of_the_log_is_that_of_a_second_count(months: Lived) -> None:
    again = RecountedLog.of_files(months.folder, ALL_TIME, months.people)
    told = by_day(rows(log(months), LOG))
    assert list(told.items()) == list(again.log().items())


def test_what_travels_is_that_of_a_second_count_without_names(months: Lived) -> None:
    told = rows(register(months, "internet"), REGISTER)
    again = RecountedRegister.of_files(months.folder, ALL_TIME, months.people, hidden=True)
    assert without(told, REGISTER_NUMBER) == again.register_by_year()["2026"]
    days = RecountedLog.of_files(months.folder, ALL_TIME, months.people, hidden=True)
    assert by_day(without(rows(log(months, "internet"), LOG), LOG_NUMBER)) == days.log()


def test_the_sheet_of_a_day_is_that_days_part_of_the_second_count(months: Lived) -> None:
    days = RecountedLog.of_files(months.folder, ALL_TIME, months.people).log()
    day = date.fromisoformat(max(days, key=lambda one: days[one].total()))
    book = log(months, day=day)
    assert Counter(rows(book, f"{day.month}月{day.day}日")) == days[day.isoformat()]
    assert list(by_day(rows(book, LOG))) == [one for one in days if one <= day.isoformat()]


def test_the_register_of_publication_is_that_of_a_second_count(months: Lived) -> None:
    again = RecountedDays.of_file(months.folder / "ledger.jsonl", *ALL_TIME)
    told = [row for row in rows(register(months), PUBLICATION) if row[1] is not None]
    assert told
    assert Counter(told) == again.published(months.folder / "texts.jsonl")


def test_the_lists_to_print_are_those_of_a_second_count(months: Lived) -> None:
    again = RecountedHandouts.of_files(months.folder, ALL_TIME, months.people).handouts(UNBOUND)
    desk = months.office.desk
    lists = months.office.read(lambda session: handouts.gather(session, desk, LAST))
    book = handouts.book(lists, "intranet", LAST, office=desk.office, head="")
    sheets = load_workbook(BytesIO(book))
    told = {
        one.title: {row[0]: row[6] for row in rows(sheets, one.title) if row[1] is not None}
        for one in sheets
    }
    assert told == again
    many = sum(map(len, again.values()))
    assert many > 0
    assert f"承办检察官 {len(again)} 人，共 {many} 条" in handouts.in_words(lists, LAST)


def test_years_are_sheets_of_their_own_numbered_anew_and_what_was_erased_reads_so(
    migrated_file: Path, tmp_path: Path
) -> None:
    days = date(2025, 12, 1), date(2026, 1, 31)
    with lived(migrated_file, tmp_path, 64, days, erased=0.5) as months:
        again = RecountedRegister.of_files(tmp_path, ALL_TIME, months.people).register_by_year()
        book = register(months)
        told = {year: rows(book, f"流程监控台账{year}年") for year in ("2025", "2026")}
        assert told == again
        assert ERASED in {cell for row in told["2025"] for cell in row}
        logged = by_day(rows(log(months, day=date(2026, 1, 31)), LOG))
        counted = RecountedLog.of_files(tmp_path, ALL_TIME, months.people).log()
        assert logged == {day: lines for day, lines in counted.items() if day >= "2026-01-01"}
