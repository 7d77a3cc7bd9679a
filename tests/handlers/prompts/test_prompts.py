from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from handlers import daily
from handlers.prompts.prompt_command import moment
from storage import prompts
from tests.support.notice_desk import notice_of, press, with_button

if TYPE_CHECKING:
    from storage.models.prompts import OralPrompt
    from tests.support.office_desk import OfficeAtWork

NOW = datetime(2026, 6, 15, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def prompt_of(office: OfficeAtWork, number: str = "A01") -> OralPrompt:
    finding = office.finding(number)
    found: list[OralPrompt] = office.read(
        lambda session: list(prompts.of_finding(session, finding.id))
    )
    return found[-1]


def test_one_line_records_an_oral_prompt(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("口头提示 A01 电话")
    prompt = prompt_of(desk_office)
    assert (prompt.manner, prompt.recipient, prompt.department) == ("电话", "林知秋", "第一检察部")
    assert prompt.prompted_at == desk_office.now
    entry = desk_office.acts("oral_prompt")[0]
    assert entry["object"] == "finding:A01"
    assert entry["data"]["manner"] == "电话"
    assert entry["data"]["provisions"][0]["article"] == "第六百六十四条"


def test_the_record_is_ready_to_be_copied_and_holds_no_names_on_an_internet_door(
    desk_office: OfficeAtWork,
) -> None:
    desk_office["陆明远"].say("口头提示 A01 电话")
    text = desk_office["陆明远"].last.text
    assert "监控方式：口头通知，电话" in text
    assert "林知秋" not in text
    assert "甄某" not in text


def test_the_manner_is_asked_for_with_buttons(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("口头提示 A01")
    assert list(desk_office["陆明远"].last.buttons) == ["当面", "电话", "系统", "消息"]
    assert press(desk_office["陆明远"], "当面") == "A01 口头提示（当面）已登记"
    assert prompt_of(desk_office).manner == "当面"


def test_a_second_press_on_a_manner_records_nothing(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("口头提示 A01")
    token, message = officer.last.buttons["当面"], officer.last
    officer.press_token(token, message)
    assert officer.press_token(token, message).startswith("已于 6月15日 08:30")
    assert len(desk_office.acts("oral_prompt")) == 1


def test_a_prompt_by_message_reaches_the_prosecutor_with_the_item(
    desk_office: OfficeAtWork,
) -> None:
    desk_office["陆明远"].say("口头提示 A01 消息")
    said = desk_office["林知秋"].last
    assert said.kind == "prompt"
    assert said.text.startswith("口头提示 A01 · 审查逮捕 尾号001")
    assert "A01" in said.buttons
    assert desk_office.finding("A01").state == "sent"


def test_a_prompt_can_be_recorded_after_the_fact(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("口头提示 A01 当面 6月12日 15:30")
    prompt = prompt_of(desk_office)
    assert prompt.prompted_at == datetime(2026, 6, 12, 15, 30, tzinfo=NOW.tzinfo)
    assert desk_office.acts("oral_prompt")[0]["data"]["after_the_fact"] is True


def test_a_moment_to_come_is_refused(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("口头提示 A01 当面 今天 23:59")
    assert desk_office["陆明远"].last.text == "提示时间不能晚于现在，未作登记。"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨天", date(2026, 6, 14)),
        ("6.12", date(2026, 6, 12)),
        ("12月30日", date(2025, 12, 30)),
        ("2026-06-01 9点", date(2026, 6, 1)),
    ],
)
def test_moments_are_read_as_people_write_them(text: str, day: date) -> None:
    found = moment(text, NOW)
    assert found is not None
    assert found.date() == day


@pytest.mark.parametrize("text", ["", "电话", "13月40日"])
def test_what_is_no_moment_is_none(text: str) -> None:
    assert moment(text, NOW) is None


def test_a_command_without_number_or_with_an_unknown_one_says_so(
    desk_office: OfficeAtWork,
) -> None:
    desk_office["陆明远"].say("口头提示 电话")
    assert desk_office["陆明远"].last.text.startswith("请写明编号和方式")
    desk_office["陆明远"].say("口头提示 Z99 电话")
    assert desk_office["陆明远"].last.text == "没有编号 Z99 的问题，请核对编号。"


def test_a_typed_prompt_against_the_proposal_asks_for_the_reason(
    desk_office: OfficeAtWork,
) -> None:
    officer = desk_office["陆明远"]
    officer.say("口头提示 A02 电话")
    assert officer.last.text == "A02 建议通知书，已按口头提示登记。请选择理由："
    assert press(officer, "情节更轻") == "A02 理由：情节更轻，已主动纠正"
    assert desk_office.acts("outcome_reason")[0]["data"]["decided"] == "oral"


def test_a_manner_chosen_by_button_counts_as_the_outcome_too(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("口头提示 A02")
    press(officer, "电话")
    assert officer.last.text == "A02 建议通知书，已按口头提示登记。请选择理由："
    (decided,) = desk_office.acts("outcome_decided")
    assert (decided["object"], decided["data"]["decided"]) == ("finding:A02", "oral")


def test_an_outcome_decided_first_is_not_decided_again_by_the_manner(
    desk_office: OfficeAtWork,
) -> None:
    officer = desk_office["陆明远"]
    officer.say("/处理 A01")
    press(officer, "口头提示")
    press(officer, "电话")
    assert len(desk_office.acts("outcome_decided")) == 1


def test_the_answer_to_a_prompt_is_kept_once(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("口头提示 A01 电话")
    record = officer.last
    token = record.buttons["登记答复"]
    press(officer, "登记答复")
    officer.say("已知道，下午改")
    assert officer.press_token(token, record) == "A01 的答复已登记"
    assert prompt_of(desk_office).answer == "已知道，下午改"


def test_a_prompt_turned_into_a_notice_leads_to_its_draft(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("口头提示 A02 电话")
    press(officer, "转发通知书")
    press(officer, "拟通知书")
    assert "A02 已定：通知书" in with_button(officer, "提交审批").text
    assert notice_of(desk_office).state == "draft"


def test_answer_result_and_tick_are_recorded(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("口头提示 A01 电话")
    press(officer, "登记答复")
    officer.say("已知道，下午改")
    assert prompt_of(desk_office).answer == "已知道，下午改"
    assert press(officer, "已纠正") == "A01 处理结果：已纠正"
    assert press(officer, "已在系统登记") == "A01 已记录：已在系统登记"
    assert prompt_of(desk_office).registered_at == desk_office.now
    acts = [one["act"] for one in desk_office.acts() if one["act"].startswith("oral_prompt")]
    assert acts == [
        "oral_prompt",
        "oral_prompt_answer",
        "oral_prompt_result",
        "oral_prompt_registered",
    ]


def test_what_the_prosecutor_answers_himself_stands_in_the_record(
    desk_office: OfficeAtWork,
) -> None:
    desk_office["陆明远"].say("口头提示 A01 消息")
    desk_office["林知秋"].say("A01 已改，审结日期 6月12日")
    desk_office.desk = desk_office.desk.__class__(
        **{**vars(desk_office.desk), "doors": {"phone": "intranet"}}
    )
    desk_office["陆明远"].say("/未登记")
    press(desk_office["陆明远"], "A01")
    assert "答复：A01 已改，审结日期 6月12日" in desk_office["陆明远"].last.text


def test_what_was_asked_for_can_be_cancelled(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("口头提示 A01 电话")
    press(officer, "登记答复")
    officer.say("取消")
    assert officer.last.text == "已取消，未作登记。"
    assert prompt_of(desk_office).answer is None


def test_the_month_ends_with_a_list_of_what_lacks_the_tick(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("口头提示 A01 电话")
    officer.say("口头提示 A03 系统")
    press(officer, "已在系统登记")
    desk_office.at(date(2026, 6, 29))
    desk_office.write(lambda tx: daily.morning(tx, desk_office.desk))
    assert not any("月底核对" in text for text in officer.texts)
    desk_office.at(date(2026, 6, 30))
    desk_office.write(lambda tx: daily.morning(tx, desk_office.desk))
    listed = next(text for text in officer.texts if "月底核对" in text)
    assert listed == "6月底核对 · 口头提示尚未在系统登记 1 条：\nA01 6月15日 电话"


def test_a_prosecutor_cannot_prompt(desk_office: OfficeAtWork) -> None:
    desk_office["许望舒"].say("/口头提示 A01 电话")
    assert desk_office["许望舒"].last.text.startswith("本人承办的案件须由他人口头提示")
    assert desk_office.acts("oral_prompt") == []
