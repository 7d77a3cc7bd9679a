from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from knowledge.calendar import Calendar, HolidayFileError, load_years
from knowledge.strict_yaml import YamlError, load, loads

if TYPE_CHECKING:
    from pathlib import Path

CALENDAR = Calendar()


def test_make_up_days_are_working_days_and_holidays_have_names() -> None:
    assert not CALENDAR.is_day_off(date(2026, 10, 10))
    assert CALENDAR.holiday_name(date(2026, 6, 19)) == "端午节"
    assert CALENDAR.holiday_name(date(2026, 6, 20)) == "端午节"
    assert CALENDAR.holiday_name(date(2026, 6, 13)) == "休息日"
    assert CALENDAR.holiday_name(date(2026, 6, 15)) is None


def test_working_days_before_and_after() -> None:
    assert CALENDAR.next_workday(date(2026, 6, 15)) == date(2026, 6, 15)
    assert CALENDAR.workday_after(date(2026, 6, 18)) == date(2026, 6, 22)
    assert CALENDAR.workday_before(date(2026, 6, 22)) == date(2026, 6, 18)
    assert CALENDAR.nth_workday_after(date(2026, 9, 24), 10) == date(2026, 10, 15)


def test_a_year_without_announcement_knows_weekends_only() -> None:
    assert not CALENDAR.is_announced(2027)
    assert CALENDAR.is_day_off(date(2027, 1, 2))
    assert not CALENDAR.is_day_off(date(2027, 1, 1))


def test_the_office_adds_a_year_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "holidays.yaml"
    path.write_text(
        '"2027":\n  days_off:\n    "2027-01-01": 元旦\n  workdays: ["2027-01-09"]\n',
        encoding="utf-8",
    )
    own = Calendar(load_years(path))
    assert own.is_announced(2027)
    assert own.holiday_name(date(2027, 1, 1)) == "元旦"
    assert not own.is_day_off(date(2027, 1, 9))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- a", "以年份为键"),
        ('"2027": {off: []}', "只写 days_off 和 workdays"),
        ('"2027": {workdays: ["2026-01-01"]}', "不在 2027 年"),
        ('"2027": {workdays: ["元旦"]}', "不是日期"),
    ],
)
def test_a_bad_holiday_file_is_named_with_its_line(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "holidays.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(HolidayFileError, match=why):
        load_years(path)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: 12:30", "有歧义"),
        ("a: 012", "有歧义"),
        ("a: no", "有歧义"),
        ("a: .inf", "有歧义"),
        ("a: 1\nb: 2\na: 3", "第 3 行：“a”写了两次"),
        ("a: [1", "格式有误"),
        ("<<: {a: 1}", "合并键"),
        ("? [a]\n: b", "键应当是文字"),
    ],
)
def test_yaml_that_would_silently_change_is_refused(text: str, why: str) -> None:
    with pytest.raises(YamlError, match=why):
        loads(text, "x.yaml")


def test_a_mapping_knows_the_lines_of_its_keys() -> None:
    content = loads("a: 1\nb:\n  c: true\nd: 2026-01-01\ne: 0.5\n", "x.yaml")
    assert content == {"a": 1, "b": {"c": True}, "d": "2026-01-01", "e": 0.5}
    assert (content.line_of("b"), content.line_of("missing"), content["b"].line) == (2, 1, 3)


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text("a: " + "b" * 300_000, encoding="utf-8")
    with pytest.raises(YamlError, match="文件过大"):
        load(path)
