from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers import daily
from handlers.upkeep import retention

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork


def test_a_leap_day_ends_on_the_last_of_february() -> None:
    assert retention.years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)
    assert retention.years_before(date(2026, 6, 15), 5) == date(2021, 6, 15)


def test_nothing_younger_than_a_year_is_erased(desk_office: OfficeAtWork) -> None:
    day = desk_office.now.date()
    with (
        pytest.raises(retention.TooEarlyError, match="不满 1 年"),
        desk_office.database.transaction(desk_office.now) as tx,
    ):
        retention.erase(tx, day.replace(year=day.year - 1, day=day.day + 1), reason="", actor="x")


def test_on_the_first_working_day_of_a_month_what_is_over_goes_and_the_officer_is_told(
    desk_office: OfficeAtWork,
) -> None:
    desk_office["林知秋"].say("A01 系统里填错了，已改")
    assert "A01 系统里填错了，已改" in desk_office.words()
    desk_office.manners(keep_texts_years=1)
    # 2027-07-01 is a Thursday
    for day, gone in ((date(2027, 6, 30), False), (date(2027, 7, 1), True)):
        desk_office.at(day)
        desk_office.write(lambda tx: daily.morning(tx, desk_office.desk))
        assert ("A01 系统里填错了，已改" not in desk_office.words()) is gone
    told = [text for text in desk_office["陆明远"].texts if "已按期清除" in text]
    assert len(told) == 1
    assert "保管满 1 年，内部要求" in told[0]


def test_without_a_term_of_the_office_nothing_is_erased(desk_office: OfficeAtWork) -> None:
    desk_office["林知秋"].say("A01 系统里填错了，已改")
    desk_office.at(date(2036, 7, 1))
    desk_office.write(lambda tx: daily.morning(tx, desk_office.desk))
    assert desk_office.acts("text_erased") == []
