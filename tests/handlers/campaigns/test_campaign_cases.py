from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.campaign_desk import (
    FIRST,
    LATE,
    MINE,
    import_again,
    listed,
    press_all,
    started,
)
from tests.support.monitored_cases import morning, prosecution
from tests.support.notice_desk import press, with_button
from tests.support.office_cards import MONDAY, days

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone


def test_the_cases_are_looked_at_one_by_one(office: OfficeAtWork, campaign_officer: Phone) -> None:
    started(campaign_officer)
    campaign_officer.press("下一件")
    assert campaign_officer.last.text.startswith(
        "专项2026-1 裁判文书审查 · 第 1/7 件（已看 0）\n一审公诉 尾号001"
    )
    assert "规则没有命中。" in campaign_officer.last.text
    assert "统计口径：收到判决、按时审查" in campaign_officer.last.text
    assert "请对照核对：\n  1. 收到第一审判决" in campaign_officer.last.text
    campaign_officer.press("无问题")
    assert "第 1 件已登记无问题" in campaign_officer.last.text
    assert "第 2/7 件（已看 1）" in campaign_officer.last.text
    assert "A01 判决结果审查文书未及时制作 · 较重 · 待审（专项）" in campaign_officer.last.text
    campaign_officer.press("有问题")
    assert "第 2 件已登记有问题" in campaign_officer.last.text
    campaign_officer.press("不适用")
    campaign_officer.press("进度")
    assert "已看 3/7，发现 1" in campaign_officer.last.text
    assert "无问题 1，有问题 1，不适用 1，未看 4" in campaign_officer.last.text
    states = [state for _, state in listed(office)]
    assert states[:4] == ["sound", "problem", "not_applicable", "unseen"]


def test_looks_of_a_campaign_stand_in_the_ledger_with_its_number(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    started(campaign_officer)
    press_all(campaign_officer, "下一件", "无问题", "有问题", "不适用")
    looks = [one["data"] for one in office.acts("monitored_by_hand")]
    assert [(one["source"], one["campaign"], one["sound"]) for one in looks] == [
        ("专项", "专项2026-1", True),
        ("专项", "专项2026-1", False),
    ]
    assert looks[1]["findings"] == ["A01"]
    states = [one["data"]["state"] for one in office.acts("campaign_looked")]
    assert states == ["sound", "problem", "not_applicable"]


def test_a_hit_that_was_looked_at_and_found_sound_does_not_come_back(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    started(campaign_officer)
    press_all(campaign_officer, "下一件", "下一件", "无问题")
    assert office.finding("A01").closed_as == "dropped"
    started(campaign_officer)
    ran = office.acts("campaign_ran")[-1]["data"]
    assert (ran["made"], ran["silent_as_accepted"]) == ([], 1)
    assert ran["known"] == ["A02", "A03"]


def test_there_is_nothing_to_confirm_where_no_rule_spoke(campaign_officer: Phone) -> None:
    started(campaign_officer)
    campaign_officer.press("下一件")
    assert "有问题（确认命中）" not in campaign_officer.last.buttons
    assert "登记问题" in campaign_officer.last.buttons


def test_a_problem_of_a_campaign_is_chosen_from_its_own_points(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    started(campaign_officer)
    press_all(campaign_officer, "下一件", "登记问题")
    assert list(campaign_officer.last.buttons) == ["裁判文书审查", "全部类别", "取消"]
    press_all(campaign_officer, "裁判文书审查", "审查表内容不全", "登记")
    finding = office.finding("A04")
    assert (finding.source, finding.campaign) == ("专项", "专项2026-1")
    assert next(state for _, state in listed(office)) == "problem"
    registered = with_button(campaign_officer, "下一件")
    press(campaign_officer, "下一件")
    assert "第 2/7 件（已看 1）" in registered.text


def test_ones_own_case_is_left_to_others(office: OfficeAtWork, campaign_officer: Phone) -> None:
    started(campaign_officer)
    campaign_officer.press("下一件")
    for _ in range(6):
        campaign_officer.press("不适用")
    assert "尾号009" not in campaign_officer.last.text
    assert campaign_officer.last.text.startswith("第 6 件已登记不适用")
    assert [state for no, state in listed(office) if no == MINE.case_no] == ["unseen"]
    office["沈一鸣"].say("/专项 2026-1")
    office["沈一鸣"].press("下一件")
    assert "尾号009" in office["沈一鸣"].last.text


def test_a_forged_look_at_ones_own_case_is_refused(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    started(campaign_officer)
    head = office["沈一鸣"]
    head.say("/专项 2026-1")
    for _ in range(7):
        if "尾号009" in head.last.text:
            break
        head.press("下一件")
    message = head.last
    token = message.buttons["无问题"]
    assert campaign_officer.press_token(token, message) == "这个按钮不是发给您的"
    assert [state for no, state in listed(office) if no == MINE.case_no] == ["unseen"]


def test_a_case_that_left_the_cards_can_only_be_set_aside(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    started(campaign_officer)
    office.export(cards=[MINE])
    campaign_officer.press("下一件")
    assert "案卡中已没有这个案件，请核对后登记“不适用”。" in campaign_officer.last.text
    assert "案卡中没有找到" in campaign_officer.press("无问题")
    campaign_officer.press("不适用")
    assert listed(office)[0][1] == "not_applicable"


def test_the_morning_keeps_watching_what_a_campaign_found_and_makes_nothing_new(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    started(campaign_officer, "裁判文书审查", "下一步", "上月", "全部")
    before = len(office.acts("finding_made"))
    import_again(office, [*FIRST, MINE, prosecution(50, **LATE)], MONDAY + days(1))
    assert office.finding("A01").state == "queued"
    office.at(MONDAY + days(2))
    morning(office)
    assert len(office.acts("finding_made")) == before
    assert office.finding("A01").seen_on == MONDAY + days(2)
