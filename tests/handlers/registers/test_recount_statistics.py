from __future__ import annotations

import json
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from handlers.counting.ranges import Range
from handlers.registers import books
from tests.support.busy_months import BusyMonths
from tests.support.counting_office import at_work, statistics_of
from tests.support.office_desk import ZONE
from tests.support.recounted_once import ReadOnce
from tests.support.recounted_print import OF_PROBLEMS, OF_WORK
from tests.support.recounted_register_months import exported, opened_copy
from tests.support.recounted_tables import RecountedTables, beside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

    from handlers.counting.statistics import Statistics
    from tests.support.exported_ledger import Line
    from tests.support.office_desk import OfficeAtWork

JUNE, QUARTER, YEAR = Range(2026, 6), Range(2026, 6, 3), Range(2026, 12, 12)
ENTRIES = {
    "patrol_runs": "patrolled",
    "oral": "oral_prompt",
    "objections": "objection_raised",
    "trainings": "training_held",
}
"""Figures that count every entry of an act."""
Cells = tuple[object, ...]


class Tables(ReadOnce, RecountedTables):
    """The tables of a range, each finding's lines looked up once."""


@pytest.fixture(scope="module")
def two_years(
    migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[OfficeAtWork, list[Line]]]:
    """An office that worked in May to July of two years, and its exported ledger."""
    folder = tmp_path_factory.mktemp("two_years")
    with opened_copy(migrated_file, folder) as database:
        office = at_work(database, folder, datetime(2025, 5, 28, 8, 30, tzinfo=ZONE))
        months = BusyMonths(office, 71)
        months.live(date(2025, 5, 28), date(2025, 6, 20), acts_a_day=5)
        months.live(date(2026, 5, 22), date(2026, 6, 28), acts_a_day=5)
        text = (exported(office, folder) / "ledger.jsonl").read_text(encoding="utf-8")
        yield office, [json.loads(line) for line in text.splitlines()]


def counted_again(lines: list[Line], during: Range) -> Tables | None:
    """Count a range; None: the ledger began after it."""
    if during.end.isoformat() < lines[0]["moment"][:10]:
        return None
    return Tables(lines, during.start, during.end)


def book_of(office: OfficeAtWork, during: Range) -> tuple[Statistics, Workbook]:
    told = statistics_of(office, during)
    return told, load_workbook(BytesIO(books.statistics_book(told, "intranet")))


def printed(book: Workbook, head: str) -> dict[str, Cells]:
    """The rows under a heading, the notes beneath them left out."""
    sheet = next(one for one in book if one["A1"].value == head)
    _, *rows = sheet.iter_rows(values_only=True)
    return {str(name): cells for name, *rest in rows if (cells := tuple(rest))[0] is not None}


def shown(cells: tuple[float | None, ...], rates: tuple[int, ...]) -> Cells:
    return tuple(
        "—" if cell is None else f"{cell:.1f}%" if place in rates else cell
        for place, cell in enumerate(cells)
    )


@pytest.mark.parametrize("during", [JUNE, QUARTER, YEAR], ids=["month", "quarter", "year"])
def test_every_figure_stands_beside_those_of_the_range_before_and_of_a_year_ago(
    two_years: tuple[OfficeAtWork, list[Line]], during: Range
) -> None:
    office, lines = two_years
    told, book = book_of(office, during)
    again = counted_again(lines, during)
    assert again is not None
    now = again.totals()
    sides = [during.before] if during == YEAR else [during.before, during.year_ago]
    earlier = [counted_again(lines, one) for one in sides]
    assert earlier[-1] is not None
    expected = {}
    for key in told.totals:
        pairs = [beside(now, one.totals() if one else None)[key] for one in earlier]
        rates = (0, 1, 3) if key.endswith("_rate") else ()
        expected[key] = shown((now[key], *(cell for pair in pairs for cell in pair)), rates)
    assert dict(zip(told.totals, printed(book, "项目").values(), strict=True)) == expected
    assert now.keys() == expected.keys()


@pytest.mark.parametrize("during", [JUNE, QUARTER], ids=["month", "quarter"])
def test_every_sheet_of_the_statistics_is_that_of_a_second_count(
    two_years: tuple[OfficeAtWork, list[Line]], during: Range
) -> None:
    office, lines = two_years
    _, book = book_of(office, during)
    again, before = counted_again(lines, during), counted_again(lines, during.before)
    assert again is not None
    for head, table in OF_WORK.items():
        work = again.work(table)
        assert printed(book, head) == {
            name: shown(cells, (len(cells) - 1,)) for name, cells in work.items()
        }, head
    for head, table in OF_PROBLEMS.items():
        problems = again.problem_table(table, before)
        expected = {name: shown(cells, (1,)) for name, cells in problems.items()}
        assert printed(book, head) == expected, head
    trend = {month: shown(cells, ()) for month, cells in again.handled_in_months().items()}
    assert printed(book, "月份") == trend


def test_the_entries_named_for_a_figure_are_those_of_a_second_count(
    two_years: tuple[OfficeAtWork, list[Line]],
) -> None:
    office, lines = two_years
    told, book = book_of(office, JUNE)
    again = counted_again(lines, JUNE)
    assert again is not None
    _, *rows = book["流水依据"].iter_rows(values_only=True)
    proof = dict(zip(told.totals, [row[1:3] for row in rows if row[1] is not None], strict=True))
    rates = {key: (0,) if key.endswith("_rate") else () for key in told.totals}
    totals = {key: shown((value,), rates[key])[0] for key, value in again.totals().items()}
    assert {key: value for key, (value, _) in proof.items()} == totals
    named = {key: str(proof[key][1] or "") for key in ENTRIES}
    acts = {key: [line["sequence"] for line in again.now(act)] for key, act in ENTRIES.items()}
    assert named == {key: "、".join(map(str, numbers)) for key, numbers in acts.items()}
