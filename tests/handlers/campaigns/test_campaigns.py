from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.campaigns import campaign_choice
from handlers.incoming import Said
from tests.support.campaign_desk import (
    listed,
    press_all,
    started,
    the_campaign,
)
from tests.support.monitored_cases import arrest, morning
from tests.support.office_cards import days

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone


def test_without_campaigns_the_list_offers_a_new_one(campaign_officer: Phone) -> None:
    campaign_officer.say("专项")
    assert campaign_officer.last.text == "没有进行中的专项监控。"
    assert campaign_officer.press("新建") == "请选择种类"
    assert list(campaign_officer.last.buttons) == [
        "法律文书公开",
        "裁判文书审查",
        "案卡填录",
        "自选规则",
    ]


def test_a_preview_counts_the_cases_before_anything_starts(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    campaign_officer.say("/专项")
    press_all(campaign_officer, "新建", "裁判文书审查")
    assert "符合条件 7 件" in campaign_officer.last.text
    press_all(campaign_officer, "下一步", "不限时间", "全部")
    preview = campaign_officer.last.text
    assert "符合条件 7 件" in preview
    assert "案件：全部核对" in preview
    assert "规则：6 条（其中 6 条未启用，仅本专项运行）" in preview
    assert "规则现在命中：3 条" in preview
    assert "数据截至6月15日导出" in preview
    assert office.acts("campaign_started") == []
    assert office.acts("finding_made") == []


def test_a_start_numbers_draws_and_runs_the_rules_once(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    assert started(campaign_officer) == "专项2026-1 已开始"
    assert "专项2026-1 已开始：7 件。规则新命中 3 条（进入待审）" in campaign_officer.last.text
    assert "已看 0/7，发现 0" in campaign_officer.last.text
    [start] = office.acts("campaign_started")
    assert start["data"]["population"] == start["data"]["drawn"] == 7
    assert start["data"]["seed"] is None
    [ran] = office.acts("campaign_ran")
    assert ran["data"]["made"] == ["A01", "A02", "A03"]
    finding = office.finding("A01")
    assert (finding.source, finding.campaign, finding.state) == ("专项", "专项2026-1", "queued")
    made = office.acts("finding_made")[0]["data"]
    assert (made["source"], made["campaign"], made["waits"]) == ("专项", "专项2026-1", "专项")


def test_what_a_campaign_found_waits_for_the_officer_be_it_a_statutory_term(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    term = arrest(30, 受理日期=date(2026, 6, 1))
    office.export(cards=[term])
    campaign_officer.say("/专项")
    press_all(campaign_officer, "新建", "自选规则", "办案期限")
    campaign_officer.press("1")
    press_all(campaign_officer, "返回类别", "下一步", "下一步", "不限时间", "全部", "开始")
    finding = office.finding("A01")
    assert (finding.rule, finding.release, finding.state) == (
        "arrest-review-detained-7d",
        "auto",
        "queued",
    )
    morning(office)
    assert office["林知秋"].of_kind("digest") == []


def test_case_types_and_time_narrow_a_campaign(campaign_officer: Phone) -> None:
    campaign_officer.say("/专项")
    press_all(campaign_officer, "新建", "自选规则", "案卡填录")
    press_all(campaign_officer, "全选", "返回类别", "下一步")
    assert "符合条件 8 件" in campaign_officer.last.text
    assert campaign_officer.press("审查逮捕案件 1 件") == "选案件类别"
    assert "符合条件 1 件" in campaign_officer.last.text
    assert "✓审查逮捕案件 1 件" in campaign_officer.last.buttons
    press_all(campaign_officer, "✓审查逮捕案件", "下一步", "按办结日期")
    assert "✓按办结日期" in campaign_officer.last.buttons
    campaign_officer.press("本季度")
    assert "符合条件 7 件" in campaign_officer.last.text


def test_a_range_and_a_number_may_be_typed(office: OfficeAtWork, campaign_officer: Phone) -> None:
    campaign_officer.say("/专项")
    press_all(campaign_officer, "新建", "裁判文书审查", "下一步")
    message = campaign_officer.last
    campaign_officer.press("自定义", message)
    campaign_officer.say("从五月到六月")
    assert campaign_officer.last.text == "没有读出起止日期，请写成 2026-01-01 至 2026-03-31。"
    campaign_officer.say("2026年5月2日至2026年5月4日")
    assert "符合条件 3 件" in campaign_officer.last.text
    message = campaign_officer.last
    campaign_officer.press("自定义件数", message)
    campaign_officer.say("四")
    assert campaign_officer.last.text == "请写 1 到 3 之间的整数。"
    campaign_officer.say("2")
    assert "抽取 2 件（种子 20260615083000-1）" in campaign_officer.last.text
    campaign_officer.press("开始")
    assert len(listed(office)) == 2


def test_no_case_fits_is_said_and_can_be_changed(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    campaign_officer.say("/专项")
    press_all(campaign_officer, "新建", "裁判文书审查", "下一步", "去年")
    assert "没有符合条件的案件，请返回修改。" in campaign_officer.last.text
    assert list(campaign_officer.last.buttons) == ["改案件类别", "改时间", "取消"]
    campaign_officer.press("取消")
    assert campaign_officer.last.text.startswith("已取消，没有开始。")
    assert office.acts("campaign_started") == []


def test_rules_are_chosen_one_by_one_on_pages(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    campaign_officer.say("/专项")
    press_all(campaign_officer, "新建", "自选规则")
    assert "下一步" not in campaign_officer.last.buttons
    campaign_officer.press("强制措施（0/")
    first = campaign_officer.last.text
    assert "（未启用，仅本专项运行）" in first
    campaign_officer.press("下一页")
    assert campaign_officer.last.text != first
    press_all(campaign_officer, "上一页", "1", "返回类别")
    assert "已选规则 1 条" in campaign_officer.last.text
    press_all(campaign_officer, "下一步", "下一步", "不限时间", "全部", "整改期限", "15 日内")
    assert "整改期限：6月30日（内部要求）" in campaign_officer.last.text
    press_all(campaign_officer, "改规则", "强制措施（1/", "✓1", "返回类别")
    assert "已选规则 0 条" in campaign_officer.last.text
    assert office.acts("campaign_started") == []


def test_without_rules_nothing_starts(campaign_officer: Phone) -> None:
    campaign_officer.say("/专项")
    press_all(campaign_officer, "新建", "自选规则", "强制措施（0/", "1", "返回类别", "下一步")
    press_all(campaign_officer, "下一步", "不限时间", "全部")
    message = campaign_officer.last
    token = message.buttons["开始"]
    press_all(campaign_officer, "改规则", "强制措施（1/", "✓1")
    assert campaign_officer.press_token(token, message) == "还没有选规则，请先选择规则"


def test_a_draft_button_after_the_start_says_how_it_stands(campaign_officer: Phone) -> None:
    campaign_officer.say("/专项")
    press_all(campaign_officer, "新建", "裁判文书审查", "下一步", "不限时间", "全部")
    message = campaign_officer.last
    token = message.buttons["开始"]
    campaign_officer.press("开始")
    assert campaign_officer.press_token(token, message) == (
        "专项2026-1现为“进行中”，请发送 /专项 查看"
    )


def test_a_campaign_is_paused_and_goes_on(office: OfficeAtWork, campaign_officer: Phone) -> None:
    started(campaign_officer)
    campaign_officer.press("下一件")
    case = campaign_officer.last
    token = case.buttons["无问题"]
    campaign_officer.press("进度")
    assert campaign_officer.press("暂停") == "专项2026-1 已暂停"
    assert "已暂停" in campaign_officer.last.text
    assert "下一件" not in campaign_officer.last.buttons
    assert "现为“已暂停”" in campaign_officer.press_token(token, case)
    campaign_officer.press("恢复")
    assert "下一件" in campaign_officer.last.buttons
    assert [one["data"]["state"] for one in office.acts("campaign_resumed")] == ["running"]


def test_an_end_with_unseen_cases_is_asked_once_more(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    started(campaign_officer)
    assert campaign_officer.press("完成") == "还有 7 件未看，仍要完成吗？"
    assert the_campaign(office).state == "running"
    campaign_officer.press("返回")
    campaign_officer.press("完成")
    assert campaign_officer.press("仍要完成") == "专项2026-1 已完成"
    assert office.acts("campaign_finished")[0]["data"]["unseen"] == 7
    campaign_officer.say("/专项")
    assert (
        "最近结束：\n专项2026-1 裁判文书审查 · 已看 0/7，发现 0 · 已完成"
        in campaign_officer.last.text
    )


def test_a_cancelled_campaign_leaves_its_findings(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    started(campaign_officer)
    campaign_officer.press("取消专项")
    campaign_officer.press("确定取消")
    assert the_campaign(office).state == "cancelled"
    assert office.finding("A01").state == "queued"


def test_only_the_desk_runs_campaigns(office: OfficeAtWork, campaign_officer: Phone) -> None:
    del campaign_officer
    for name in ("林知秋", "顾长青", "江平", "白鹭"):
        office[name].say("/专项")
        assert "不在您的权限内" in office[name].last.text


def test_a_group_hears_nothing_of_campaigns(office: OfficeAtWork, campaign_officer: Phone) -> None:
    office.handle(Said(campaign_officer.origin(chat="-100"), "/专项"))
    assert all("专项2026" not in one for one in office.group.texts)


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("本月", date(2026, 2, 1), date(2026, 2, 28)),
        ("上月", date(2026, 1, 1), date(2026, 1, 31)),
        ("本季度", date(2026, 1, 1), date(2026, 3, 31)),
        ("上季度", date(2025, 10, 1), date(2025, 12, 31)),
        ("今年", date(2026, 1, 1), date(2026, 12, 31)),
        ("去年", date(2025, 1, 1), date(2025, 12, 31)),
        ("不限时间", None, None),
    ],
)
def test_the_ranges_to_choose_from(word: str, first: date | None, last: date | None) -> None:
    assert campaign_choice.range_of(word, date(2026, 2, 10)) == (first, last)


@pytest.mark.parametrize("month", range(1, 13))
def test_a_quarter_follows_the_one_before_without_a_gap(month: int) -> None:
    today = date(2026, month, 15)
    first = campaign_choice.range_of("本季度", today)[0]
    last = campaign_choice.range_of("上季度", today)[1]
    assert first is not None
    assert last is not None
    assert first - last == days(1)


@pytest.mark.parametrize("text", ["2026-13-01 至 2026-14-01", "2026-05-02 至 2026-05-01", "五月"])
def test_a_typed_range_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(campaign_choice.TypedRangeError):
        campaign_choice.typed_range(text)


@pytest.mark.parametrize(
    "text", ["2026-05-01至2026-05-31", "2026年5月1日到2026年5月31日", "2026/5/1 — 2026/5/31"]
)
def test_a_range_is_read_in_the_usual_spellings(text: str) -> None:
    assert campaign_choice.typed_range(text) == (date(2026, 5, 1), date(2026, 5, 31))
