from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers.campaigns.campaign_values import Figure
from tests.support.campaign_desk import (
    FIRST,
    LATE,
    MINE,
    facts_of,
    import_again,
    press_all,
    started,
)
from tests.support.monitored_cases import prosecution
from tests.support.notice_desk import with_button
from tests.support.office_cards import MONDAY, SECOND, days

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone


def test_key_figures_can_be_corrected_by_hand(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    started(campaign_officer)
    campaign_officer.press("下一件")
    assert "✓按时审查" in campaign_officer.last.buttons
    campaign_officer.press("超期审查")
    assert "✓超期审查" in campaign_officer.last.buttons
    assert "✓按时审查" not in campaign_officer.last.buttons
    campaign_officer.press("无问题")
    [marked] = office.acts("campaign_marked")
    assert marked["data"]["after"] == ["收到判决", "超期审查"]
    assert Figure("超期", 1) in facts_of(office).figures


def test_the_report_gets_everything_as_plain_values(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    campaign_officer.say("/专项")
    press_all(
        campaign_officer,
        "新建",
        "裁判文书审查",
        "下一步",
        "不限时间",
        "全部",
        "整改期限",
        "30 日内",
    )
    campaign_officer.press("开始")
    press_all(campaign_officer, "下一件", "无问题", "有问题", "无问题", "有问题")
    campaign_officer.say("/处理 A01")
    campaign_officer.press("通知书")
    office["陆明远"].say("/处理 A02")
    found = facts_of(office)
    assert (found.number, found.title, found.kind) == (
        "专项2026-1",
        "裁判文书审查",
        "judgment-review",
    )
    assert found.background.startswith("收到第一审判决、裁定后应当及时审查")
    assert (found.population, found.drawn, found.seed) == (7, 7, None)
    assert found.method_words == "符合条件 7 件，全部核对"
    assert (found.started_on, found.ended_on, found.rectify_by) == (
        MONDAY,
        None,
        date(2026, 7, 15),
    )
    assert (found.progress.seen, found.progress.unseen) == (4, 3)
    assert {one.name: one.count for one in found.figures} == {
        "收到判决": 4,
        "按时审查": 2,
        "超期": 0,
        "缺": 2,
        "改变定性": 0,
        "改变量刑": 0,
        "考虑抗诉": 0,
    }
    assert found.by_class == (("判决结果审查文书未及时制作", 2),)
    assert found.by_department == (("第一检察部", 4, 2),)
    problem = found.problems[0]
    assert (problem.number, problem.how, problem.severity) == ("A01", "rule", "较重")
    assert (problem.case_name, problem.group) == ("甄某2盗窃案", "裁判文书审查")
    assert problem.citations[0]["article"] == "第五百八十五条"
    first, second = found.rectifications
    assert (first.manner, first.state, first.due) == ("通知书", "待整改", date(2026, 7, 15))
    assert (second.manner, second.state) == (None, "待整改")
    assert found.checks[0].startswith("收到第一审判决、裁定后是否及时审查")
    assert all(not one.in_force for one in found.rules)


def test_a_figure_that_needs_a_number_nobody_set_is_not_told(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    started(campaign_officer, "法律文书公开")
    press_all(campaign_officer, "下一件", "无问题")
    figures = {one.name: one for one in facts_of(office).figures}
    assert figures["超期公开"] == Figure("超期公开", None, "没有设置“文书公开天数”")
    assert (figures["应公开"].count, figures["未公开"].count) == (1, 1)
    campaign_officer.press("进度")
    assert "超期公开 未评估" in campaign_officer.last.text


def test_a_minors_name_is_not_in_the_reports_values(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    minor = prosecution(40, 作案时年龄=16, **LATE)
    office.export(cards=[minor])
    started(campaign_officer)
    press_all(campaign_officer, "下一件", "有问题")
    [problem] = facts_of(office).problems
    assert (problem.minor, problem.case_name) == (True, None)
    assert "甄某40" not in problem.fact


def test_a_newer_export_cures_what_a_rule_that_is_off_found(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    started(campaign_officer)
    press_all(campaign_officer, "下一件", "下一件", "有问题")
    assert office.finding("A01").state == "queued"
    import_again(office, [*FIRST, MINE], MONDAY + days(2), 裁判审查表日期=date(2026, 5, 20))
    assert office.finding("A01").closed_as == "cured"
    assert facts_of(office).corrected_by_day == ((office.now.date(), 1),)
    assert facts_of(office).rectifications[0].state == "已整改"
    made = [one["data"]["rule"] for one in office.acts("finding_made")]
    assert set(made) == {"judgment-review-doc-late"}


def test_departments_come_by_name_and_nobody_is_ranked(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    second = [prosecution(n, "叶清和", 承办部门=SECOND, **LATE) for n in (71, 72)]
    office.export(cards=[*second, prosecution(73, **LATE)])
    started(campaign_officer)
    press_all(campaign_officer, "下一件", "有问题", "有问题", "有问题")
    assert facts_of(office).by_department == (("第一检察部", 1, 1), ("第二检察部", 2, 2))
    campaign_officer.press("问题清单")
    assert campaign_officer.last.text.startswith(
        "专项2026-1 问题清单 3 条：\nA01 判决结果审查文书未及时制作"
    )
    assert with_button(campaign_officer, "返回进度")
