from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.leave import Back, Leave, Speaker, parts, read
from knowledge.leave_days import LeaveDays, read_days
from tests.support.command import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

TUESDAY = date(2026, 6, 16)
PEOPLE = ("周岚", "李明", "李明华", "高远", "苗青")
ME = Speaker("周岚", TUESDAY, PEOPLE)
EXAMPLES = ROOT / "tests" / "examples"


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("text", "first", "last", "stand_in"),
    [
        ("请假到周五，助理代", "06-16", "06-19", "助理"),
        ("6月16日到20日休假，由李明代", "06-16", "06-20", "李明"),
        ("请假三天，李明华代", "06-16", "06-18", "李明华"),
        ("从明天起休假一周，苗青代", "06-17", "06-23", "苗青"),
        ("下周休年假，请李明代我", "06-22", "06-26", "李明"),
        ("本周出差，李明代", "06-16", "06-19", "李明"),
        ("6.16-6.20出差 由李明代", "06-16", "06-20", "李明"),
        ("16-20日请假，李明代", "06-16", "06-20", "李明"),
        ("６月１６日至２０日休假，由李明代", "06-16", "06-20", "李明"),
        ("出差，29日到3日，李明代", "06-29", "07-03", "李明"),
        ("请假，周一回来，李明代", "06-16", "06-21", "李明"),
        ("明天请假，李明替我", "06-17", "06-17", "李明"),
        ("7月1日起请假5天，李明代", "07-01", "07-05", "李明"),
        ("请假一个月，李明代", "06-16", "07-15", "李明"),
        ("我去培训，到6月20日，李明代", "06-16", "06-20", "李明"),
        ("AB角李明，到月底", "06-16", "06-30", "李明"),
        ("李明代我到周五", "06-16", "06-19", "李明"),
        ("请假到周二，李明代", "06-16", "06-16", "李明"),
    ],
)
def test_a_leave_in_ordinary_words(text: str, first: str, last: str, stand_in: str) -> None:
    found = read(text, ME)
    assert isinstance(found, Leave)
    assert found.days == LeaveDays(day(first), day(last))
    assert (found.assistant, found.stand_in) == (
        (True, None) if stand_in == "助理" else (False, stand_in)
    )
    assert found.principal is None


@pytest.mark.parametrize("text", ["我回来了", "回来了。", "我今天回来上班了", "销假", "已经返岗"])
def test_a_return(text: str) -> None:
    assert read(text, ME) == Back()


def test_somebody_else_is_away() -> None:
    found = read("高远请假到周五，由李明代", ME)
    assert isinstance(found, Leave)
    assert (found.principal, found.stand_in) == ("高远", "李明")


def test_what_was_not_said_is_left_open() -> None:
    assert read("请假", ME) == Leave(LeaveDays())
    named = read("休假，李明代", ME)
    assert named == Leave(LeaveDays(), stand_in="李明")
    dated = read("我请假到周五", ME)
    assert dated == Leave(LeaveDays(TUESDAY, date(2026, 6, 19)))


def test_a_name_nobody_has_is_said() -> None:
    found = read("休产假到12月1日，由王五代", ME)
    assert isinstance(found, Leave)
    assert (found.stand_in, found.unknown) == (None, "王五")


def test_only_the_departments_notices_go_to_another() -> None:
    found = read("通知书由李明代到周五", ME)
    assert isinstance(found, Leave)
    assert found.notices
    assert found.stand_in == "李明"


@pytest.mark.parametrize(
    "text",
    [
        *("A05 请假到周五，李明代", "这条请助理代办", "交助理办理", "代理人李明"),
        *("请假到周五，回来再办", "我请假了，下周三回来改", "当事人请假了", "请假条在哪里"),
        *("分管领导出差，审批要到下周一", "承办人休假，下周补录", "尾号041 请假到周五，李明代"),
    ],
)
def test_an_answer_about_an_item_is_no_leave(text: str) -> None:
    assert read(text, ME) is None


def test_a_line_of_names_and_days_is_taken_apart() -> None:
    found = parts("高远 李明 到周五", ME)
    assert (found.principal, found.stand_in) == ("高远", "李明")
    assert found.days.last == date(2026, 6, 19)
    alone = parts("李明 6月20日", ME)
    assert (alone.principal, alone.stand_in) == (None, "李明")


def test_three_days_are_asked_for_again() -> None:
    assert read_days("6月16日、6月18日、6月20日", TUESDAY) == LeaveDays()


def answers() -> Iterator[tuple[str, Speaker]]:
    for name in ("replies.jsonl", "replies_offices.jsonl"):
        speakers: dict[str, Speaker] = {}
        for line in (EXAMPLES / name).read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if entry["kind"] == "person":
                today = date.fromisoformat(entry["today"])
                known = (*entry["people"], *entry["assistants"])
                speakers[entry["person"]] = Speaker(entry["person"], today, known)
            elif entry["kind"] == "answer":
                yield entry["text"], speakers[entry["person"]]


def test_no_answer_among_the_examples_is_taken_for_a_leave() -> None:
    examples = list(answers())
    assert len(examples) > 1000
    assert [text for text, speaker in examples if read(text, speaker) is not None] == []


@given(st.text())
def test_any_text_is_read_or_left(text: str) -> None:
    found = read(text, ME)
    assert found is None or isinstance(found, Leave | Back)
