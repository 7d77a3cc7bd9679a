"""/通知书, for each role what it may see and do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.notices import notice_list
from tests.support.notice_desk import NUMBER, issued, notice_of, press

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

NOTHING = "没有在办的通知书。"


@pytest.mark.parametrize("name", ["顾长青", "林知秋", "程小满", "段鸿", "江平", "白鹭"])
def test_a_notice_that_has_not_gone_out_is_the_desks_own(
    desk_office: OfficeAtWork, name: str
) -> None:
    desk_office["陆明远"].say("发通知书 A02")
    desk_office[name].say("/通知书")
    assert NUMBER not in desk_office[name].last.text
    assert "草稿" not in desk_office[name].last.text


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("顾长青", ["收到", "签收", "逐条答复"]),
        ("林知秋", ["逐条答复"]),
        ("段鸿", []),
        ("江平", []),
    ],
)
def test_who_is_concerned_opens_it_and_finds_what_is_left_to_do(
    desk_office: OfficeAtWork, name: str, left: list[str]
) -> None:
    issued(desk_office)
    phone = desk_office[name]
    phone.say("/通知书")
    assert phone.last.text == f"{NUMBER} · 第一检察部 · 已发出，未收到"
    assert phone.press(NUMBER) == NUMBER
    assert list(phone.last.buttons) == left
    assert "状态：已发出，未收到" in phone.last.text


@pytest.mark.parametrize("name", ["许望舒", "叶清和"])
def test_a_notice_of_other_peoples_cases_is_not_listed(
    desk_office: OfficeAtWork, name: str
) -> None:
    issued(desk_office)
    desk_office[name].say("/通知书")
    assert desk_office[name].last.text == NOTHING


def test_the_days_that_are_left_stand_in_the_line(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    head = desk_office["顾长青"]
    press(head, "收到")
    said = []
    for day in (date(2026, 6, 16), date(2026, 6, 25), date(2026, 6, 27)):
        desk_office.at(day)
        head.say("/通知书")
        said.append(head.last.text.partition("截止 ")[2])
    assert said == ["6月25日（还有9天）", "6月25日（今天截止）", "6月25日（已逾2天）"]


def test_the_chief_gives_his_instruction_from_the_list(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("发通知书 A03")
    press(desk_office["陆明远"], "提交审批")
    press(desk_office["沈一鸣"], "批准")
    desk_office.sweep()
    chief = desk_office["江平"]
    chief.say("/通知书")
    chief.press(NUMBER)
    chief.press("请案管部门跟踪督促")
    assert notice_of(desk_office).instructed_at == desk_office.now


def test_the_answers_are_read_where_they_were_given(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    press(desk_office["顾长青"], "收到")
    press(desk_office["林知秋"], "逐条答复")
    for label in ("属实", "填录有误", "已更正案卡", "今天", "暂无"):
        press(desk_office["林知秋"], label)
    press(desk_office["顾长青"], "签署反馈意见书")
    desk_office["顾长青"].say("/通知书")
    desk_office["顾长青"].press(NUMBER)
    assert desk_office["顾长青"].last.text.endswith(
        "A02 属实；已更正案卡；6月15日；未佐证；复核：待复核"
    )
    assert not desk_office["顾长青"].last.buttons


def test_a_button_of_the_list_passed_on_is_refused(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    desk_office["顾长青"].say("/通知书")
    token = desk_office["顾长青"].last.buttons[NUMBER]
    said = desk_office["许望舒"].press_token(token, desk_office["顾长青"].last)
    assert said == "这个按钮不是发给您的"


def test_a_written_answer_waits_for_review_beside_the_others(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    officer = desk_office["陆明远"]
    press(desk_office["顾长青"], "收到")
    officer.say("/待复核")
    assert officer.last.text == "没有待复核的答复。"
    press(desk_office["林知秋"], "逐条答复")
    for label in ("不属实", "系统或导出原因", "暂无"):
        press(desk_office["林知秋"], label)
    press(desk_office["顾长青"], "签署反馈意见书")
    officer.say("/待复核")
    assert officer.last.text == f"书面答复待复核 1 份：{NUMBER}"
    officer.press(f"复核 {NUMBER}")
    officer.press("撤回")
    officer.say("/待复核")
    assert officer.last.text == "没有待复核的答复。"


def test_the_morning_says_how_many_answers_wait(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    press(desk_office["顾长青"], "收到")
    press(desk_office["林知秋"], "逐条答复")
    for label in ("不属实", "系统或导出原因", "暂无"):
        press(desk_office["林知秋"], label)
    press(desk_office["顾长青"], "签署反馈意见书")
    desk_office.at(date(2026, 6, 16))
    desk_office.morning()
    assert "书面答复 1 份，发送 /待复核 处理。" in desk_office["陆明远"].of_kind("system")[-1].text


def test_a_long_list_names_those_due_first_and_says_how_many_more(
    desk_office: OfficeAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice_list, "MOST", 1)
    issued(desk_office, "A02")
    press(desk_office["顾长青"], "收到")
    desk_office["陆明远"].say("发通知书 A01")
    desk_office["陆明远"].say("/通知书")
    first, rest = desk_office["陆明远"].last.text.split("\n")
    assert first.startswith(f"{NUMBER} · ")
    assert rest == "先到期的在前，另有 1 份未列出。"


def test_who_has_no_part_in_notices_is_refused_and_that_is_kept(
    desk_office: OfficeAtWork,
) -> None:
    desk_office["白鹭"].say("/通知书")
    assert "不在您的权限内" in desk_office["白鹭"].last.text
    assert desk_office.acts("refused")[0]["data"]["act"] == "see_own"
