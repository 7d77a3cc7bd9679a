"""The week of 端午 2026: Friday 19 June is the holiday, the weekend follows, no make-up day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.cases_csv import cases_in_custody, sample_with
from tests.support.running_office import office_in_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.running_office import RunningOffice

DAYS = [f"2026-06-{day}" for day in (15, 16, 17, 18, 19, 20, 21, 22)]
OFF = {"2026-06-19", "2026-06-20", "2026-06-21"}


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    folder: Path = tmp_path_factory.mktemp("week")
    cases = sample_with(
        folder / "案件列表.csv",
        # in custody, seven days from 13 June: ends on Saturday 20 June and is not rolled
        {
            "部门受案号": "云北检刑捕受[2026]990103000942号",
            "嫌疑人编号": "99010320260094201",
            "案件名称": "甲某盗窃案",
            "承办检察官": "高远",
            "受理日期": "2026-06-13",
            "到期日期": "2026-06-20",
            "羁押到期日期": "2026-06-20",
        },
    )
    with office_in_process(folder / "home", cases=[cases]) as office:
        office.go_to("2026-06-22T09:00:00+08:00")
        yield office


def _full(office: RunningOffice, name: str) -> dict[str, list[str]]:
    """Return what stood in full in a person's digests, by day."""
    person = f"person:{office.id_of(name) - 10_000}"
    made = [one for one in office.ledger(act="digest_made") if one["object"] == person]
    return {one["data"]["day"]: one["data"]["full"] for one in made}


def test_every_morning_of_the_week_came_once_and_in_order(week: RunningOffice) -> None:
    assert [one["object"] for one in week.ledger(act="digests_sent")] == [
        f"day:{day}" for day in DAYS
    ]


def test_each_morning_was_dated_with_its_own_time(week: RunningOffice) -> None:
    moments = [one["moment"][:16] for one in week.ledger(act="digests_sent")]

    assert moments == [f"{day}T08:30" for day in DAYS]


def test_a_term_that_ends_on_a_day_off_is_warned_of_on_the_last_working_day(
    week: RunningOffice,
) -> None:
    (finding,) = [
        one["object"].removeprefix("finding:")
        for one in week.ledger(act="finding_made")
        if one["data"]["case_no"].endswith("942号")
    ]

    assert finding in _full(week, "高远")["2026-06-18"]


def test_on_days_off_only_terms_of_people_in_custody_are_sent(week: RunningOffice) -> None:
    cases = {
        one["object"].removeprefix("finding:"): one["data"]["case_no"]
        for one in week.ledger(act="finding_made")
    }
    sent = {
        cases[number]
        for name in week.people()
        for day, numbers in _full(week, name).items()
        if day in OFF
        for number in numbers
    }

    assert sent
    assert sent <= {*cases_in_custody(), "云北检刑捕受[2026]990103000942号"}


def test_no_person_gets_two_digests_on_one_day(week: RunningOffice) -> None:
    days = [
        (one["object"], one["data"]["day"])
        for one in week.ledger(act="digest_made")
        if not one["data"]["supplement"]
    ]

    assert len(days) == len(set(days))
