from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from handlers import daily
from handlers.reports import report_days
from tests.handlers.reports.test_report_flow import DEPUTY, OFFICER, reporting

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

__all__ = ["reporting"]


def morning(office: OfficeAtWork, day: date) -> None:
    office.at(day)
    office.write(lambda tx: daily.morning(tx, office.desk))
    office.sweep()


def test_on_the_first_working_day_the_deputy_reads_the_month_in_ten_lines(
    reporting: OfficeAtWork,
) -> None:
    morning(reporting, date(2026, 7, 1))
    told = [one.text for one in reporting[DEPUTY].messages if one.text.startswith("流程监控 ·")]
    assert len(told) == 1
    lines = told[0].splitlines()
    assert lines[0] == "流程监控 · 2026年6月（括号内为2026年5月）"
    assert len(lines) <= 10
    assert "人工监控件数 1件" in told[0]
    morning(reporting, date(2026, 7, 2))
    assert sum(one.text.startswith("流程监控 ·") for one in reporting[DEPUTY].messages) == 1


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 7, 17), 0),
        (date(2026, 7, 20), 1),
        (date(2026, 7, 21), 0),
        # 2026-06-20 is a Saturday after 端午
        (date(2026, 6, 22), 1),
    ],
)
def test_on_its_day_the_officer_is_offered_the_departments_reports(
    reporting: OfficeAtWork, day: date, told: int
) -> None:
    reporting[OFFICER].clear()
    morning(reporting, day)
    offers = [one for one in reporting[OFFICER].messages if "起草部门报告" in one.buttons]
    assert len(offers) == told


def test_on_the_last_working_day_one_tap_drafts_the_month(reporting: OfficeAtWork) -> None:
    officer = reporting[OFFICER]
    morning(reporting, date(2026, 7, 31))
    offer = next(one for one in officer.messages if "起草7月月报" in one.buttons)
    officer.press_token(offer.buttons["起草7月月报"], offer)
    reporting.sweep()
    assert any(text.startswith("《2026年7月流程监控工作报告》") for text in officer.texts)


def test_every_month_has_one_day_for_departments_and_one_last_day(
    counted: OfficeAtWork,
) -> None:
    day, departments, last = date(2026, 1, 1), [], []
    while day.year == 2026:
        if not counted.desk.calendar.is_day_off(day):
            departments += [day] if day == report_days.department_day(counted.desk, day) else []
            last += [day] if day == report_days.last_workday(counted.desk, day) else []
        day += timedelta(days=1)
    assert [one.month for one in departments] == list(range(1, 13))
    assert [one.month for one in last] == list(range(1, 13))
