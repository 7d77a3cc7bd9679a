from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.running_office import RunningOffice


@pytest.fixture
def group(office: RunningOffice) -> int:
    chats = office.ask("GET", "/chats")
    return next(int(chat["id"]) for chat in chats if chat["type"] != "private")


def _answer(office: RunningOffice, group: int, text: str) -> str:
    sent = office.say("周岚", text, chat=group)

    def look() -> list[str]:
        return [one["text"] for one in office.heard("周岚", after=sent, chat=group)]

    found: list[str] = office.until(look, "an answer in the group")
    return found[0]


def test_a_question_on_a_rule_is_answered_in_the_group(office: RunningOffice, group: int) -> None:
    answer = _answer(office, group, "/查 审捕期限几天")

    assert "依据" in answer


def test_in_a_group_items_are_only_counted(office: RunningOffice, group: int) -> None:
    answer = _answer(office, group, "/我的")

    assert "请私聊查看" in answer
    assert "A0" not in answer


def test_what_people_say_to_each_other_is_not_answered(office: RunningOffice, group: int) -> None:
    sent = office.say("周岚", "中午一起吃饭吗", chat=group)
    office.settle()

    assert office.heard("周岚", after=sent, chat=group) == []
