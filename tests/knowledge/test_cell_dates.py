from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cell_dates import from_serial, read_day, read_moment

DAY = date(2026, 5, 28)


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-28",
        "2026/5/28",
        "20260528",
        "2026年5月28日",
        "2026 年 5 月 28 日",
        "2026.5.28",
        "2026-05-28 09:15",
        "2026-05-28T09:15:07",
        "2026-05-28 09:15:07.123",
        "2026年5月28日 9时15分",
        "2026年5月28日9时15分7秒",
        "2026-05-28 00:00:00",
        "46170",
        "46170.5",
        "２０２６-０５-２８",
        "２０２６年５月２８日",
        "2026－05－28",
        " 2026-05-28 ",
    ],
)
def test_a_day_is_read_in_every_form(text: str) -> None:
    assert read_day(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "待定",
        "2026-13-01",
        "2026-02-30",
        "2026年5月",
        "5月28日",
        "28/05/2026",
        "2026-5/28",
        "2026-05-28 25:00",
        "0202-05-28",
        "9026-05-28",
        "3",
        "99999",
        "461701",
        "2026-05-28 左右",
        "60",
    ],
)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert read_day(text) is None


def test_a_moment_keeps_its_time_and_a_bare_day_has_none() -> None:
    assert read_moment("2026-05-28 09:15") == datetime(2026, 5, 28, 9, 15)  # noqa: DTZ001
    assert read_moment("46170.5") == datetime(2026, 5, 28, 12)  # noqa: DTZ001
    assert read_moment("2026-05-28") == DAY
    assert read_moment("2026-05-28 00:00:00") == DAY


def test_excel_counts_a_day_that_never_was() -> None:
    def day(serial: float) -> date | None:
        moment = from_serial(serial)
        return moment.date() if moment else None

    assert [day(serial) for serial in (1, 59, 60, 61, 0)] == [
        date(1900, 1, 1),
        date(1900, 2, 28),
        None,
        date(1900, 3, 1),
        None,
    ]


@given(st.dates(date(1920, 1, 1), date(2100, 12, 31)))
def test_every_form_of_a_day_reads_as_that_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    forms = (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        str(serial),
    )
    assert {read_day(form) for form in forms} == {day}


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    read = read_moment(text)
    assert read is None or isinstance(read, date)
