"""The reply's clock against an oracle of its own: plain sums over a list of days off."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest

from handlers.notices import clocks
from handlers.notices.notice_policy import NoticePolicy
from knowledge import ladders
from knowledge.calendar import Calendar

if TYPE_CHECKING:
    from pathlib import Path

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar()
DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range(366 + 365 + 365)]
LAST_KNOWN = date(2026, 12, 31)


ANNOUNCED = {
    # 国务院办公厅关于2024年、2025年、2026年部分节假日安排的通知, copied by hand: off, then worked
    2024: (
        "0101 0210-0217 0404-0406 0501-0505 0608-0610 0915-0917 1001-1007",
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    2025: (
        "0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008",
        "0126 0208 0427 0928 1011",
    ),
    2026: (
        "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
        "0104 0214 0228 0509 0920 1010",
    ),
}


def announced(year: int, text: str) -> set[date]:
    days = set()
    for part in text.split():
        first, _, last = part.partition("-")
        day = date(year, int(first[:2]), int(first[2:]))
        end = date(year, int((last or first)[:2]), int((last or first)[2:]))
        while day <= end:
            days.add(day)
            day += timedelta(days=1)
    return days


def test_the_days_off_of_the_oracle_are_those_announced() -> None:
    off = {day for year, (days, _) in ANNOUNCED.items() for day in announced(year, days)}
    worked = {day for year, (_, days) in ANNOUNCED.items() for day in announced(year, days)}
    for day in DAYS:
        assert is_off(day) is (day in off or (day.weekday() >= 5 and day not in worked)), day
        assert CALENDAR.is_day_off(day) is is_off(day), day


def is_off(day: date) -> bool:
    return bool(chinese_calendar.is_holiday(day))


def rolled(day: date) -> date:
    while day <= LAST_KNOWN and is_off(day):
        day += timedelta(days=1)
    return day


def workdays_on(day: date, count: int) -> date | None:
    while count:
        day += timedelta(days=1)
        if day > LAST_KNOWN:
            return None
        count -= not is_off(day)
    return day


def test_ten_calendar_days_of_every_day_of_three_years() -> None:
    for day in DAYS:
        found = clocks.reply_period(day, NoticePolicy(), CALENDAR)
        assert found.due == date.fromordinal(day.toordinal() + 10), day


def test_ten_days_rolled_over_days_off_of_every_day_of_three_years() -> None:
    policy = NoticePolicy(roll=True)
    for day in DAYS:
        end = date.fromordinal(day.toordinal() + 10)
        found = clocks.reply_period(day, policy, CALENDAR)
        # a year that is not announced is not guessed: the earlier day, and said so
        expected = rolled(end) if rolled(end) <= LAST_KNOWN else end
        assert found.due == expected, day
        assert found.certain is (expected == rolled(end) and end <= LAST_KNOWN), day


def test_ten_working_days_of_every_day_whose_end_is_announced() -> None:
    policy = NoticePolicy(reply_unit="workdays")
    for day in DAYS:
        expected = workdays_on(day, 10)
        if expected is not None:
            assert clocks.reply_period(day, policy, CALENDAR).due == expected, day


def test_the_steps_name_the_provision_and_the_offices_own_way() -> None:
    steps = clocks.reply_period(date(2026, 4, 22), NoticePolicy(roll=True), CALENDAR).steps
    assert steps == (
        "《刑诉规则》第665条第3款：自收到之日起十日以内书面回复",
        "本院口径：按自然日计算，末日遇节假日顺延",
        "2026年4月22日（周三）为起算日，当日不计入",
        "10日，到2026年5月2日（周六）",
        "2026年5月2日（周六）是劳动节，顺延到之后第一个工作日2026年5月6日（周三）",
        "届满日：2026年5月6日（周三）（当日仍在期限内）",
    )
    plain = clocks.reply_period(date(2026, 4, 22), NoticePolicy(), CALENDAR).steps
    assert plain[1] == "本院口径：按自然日计算，末日遇节假日不顺延"
    assert not any("最长时间" in step for step in plain)


def reminded(due: date, received: datetime) -> list[tuple[int, datetime]]:
    found = clocks.reminders(due, CALENDAR, time(8, 30), NoticePolicy(), received)
    return [(one.rung.left, one.at) for one in found]


def test_reminders_come_closer_together_as_the_end_nears() -> None:
    lefts = [rung.left for rung in ladders.load() if rung.left >= 0]
    gaps = [one - following for one, following in pairwise(lefts)]
    assert gaps == sorted(gaps, reverse=True)


def test_no_reminder_falls_into_the_days_off_of_may_day() -> None:
    received = datetime(2026, 4, 23, 10, 0, tzinfo=ZONE)
    found = reminded(date(2026, 5, 3), received)
    assert all(not is_off(moment.date()) for _, moment in found)
    assert dict(found)[0].date() == date(2026, 4, 30)
    assert min(moment.date() for left, moment in found if left < 0) == date(2026, 5, 6)


def test_what_is_past_at_receipt_is_not_made_up_for() -> None:
    received = datetime(2026, 6, 22, 10, 0, tzinfo=ZONE)
    assert reminded(date(2026, 6, 25), received)[0][0] == 2


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-06-15T08:30", "2026-06-15T08:30"),
        ("2026-06-15T06:00", "2026-06-15T08:00"),
        ("2026-06-18T21:00", "2026-06-22T08:00"),
        ("2026-06-20T09:00", "2026-06-22T08:00"),
    ],
)
def test_quiet_hours_and_days_off_are_kept(moment: str, allowed: str) -> None:
    asked = datetime.fromisoformat(f"{moment}+08:00").astimezone(ZONE)
    found = clocks.outside_quiet_hours(asked, NoticePolicy(), CALENDAR)
    assert found == datetime.fromisoformat(f"{allowed}+08:00")


def test_a_snooze_lasts_to_the_next_working_day_and_no_longer() -> None:
    thursday = datetime(2026, 6, 18, 9, 0, tzinfo=ZONE)
    assert clocks.snoozed(thursday, time(8, 30), CALENDAR) == datetime(
        2026, 6, 22, 8, 30, tzinfo=ZONE
    )


def test_the_chief_stands_on_the_ladder_of_grave_notices_only() -> None:
    for rung in ladders.load():
        assert "chief" not in rung.roles(grave=False)
    assert any("chief" in rung.roles(grave=True) for rung in ladders.load())


@pytest.mark.parametrize(
    "text",
    [
        "other: 1",
        "notice_reply: []",
        "notice_reply:\n  - {left: 1, to: [cook]}",
        "notice_reply:\n  - {left: 1, to: [head], more: 1}",
        "notice_reply:\n  - {left: x, to: [head]}",
        "notice_reply:\n  - 7",
        "notice_reply:\n  - {left: 1, to: [head]}\n  - {left: 1, to: [head]}",
    ],
)
def test_a_ladder_that_cannot_be_climbed_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ladders.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ladders.LadderError, match=r"ladders\.yaml 第 \d+ 行"):
        ladders.load(path)
