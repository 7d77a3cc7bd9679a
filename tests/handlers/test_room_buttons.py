"""The buttons beside the notice's circle, pressed by others first and by their owner twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.desk_presses import DESK_ACTS
from storage import people
from tests.handlers.clues.test_clues import outside
from tests.handlers.reports.test_report_flow import reporting
from tests.support.campaign_desk import started
from tests.support.counting_office import counted
from tests.support.database import database, migrated_file, server, sqlite
from tests.support.monitored_cases import arrest, morning, prosecution
from tests.support.notice_desk import press, with_button
from tests.support.office_cards import MONDAY, OFFICE, card, days, hit
from tests.support.pressed_twice import standing, tap, tap_all
from tests.support.text_office import home, sent, taking
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone

__all__ = [
    "counted",
    "database",
    "home",
    "migrated_file",
    "outside",
    "reporting",
    "server",
    "sqlite",
    "taking",
]
OFFICER, CASE_HEAD, DEPUTY, HEAD = "陆明远", "沈一鸣", "顾清", "顾长青"
LIN, XU, ASSISTANT = "林知秋", "许望舒", "程小满"
ONE, TWO = card(1), card(2)


def counts(office: OfficeAtWork, *acts: str) -> list[int]:
    """Count the ledger's entries of some acts."""
    return [len(office.acts(one)) for one in acts]


def test_a_campaign_goes_from_draft_to_end_once(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    campaign_officer.say("/专项")
    tap_all(office, OFFICER, "新建", "裁判文书审查", "一审公诉案件", "下一步", "按受理日期")
    tap_all(office, OFFICER, "本季度", "全部", "整改期限", "7 日内", "开始")
    tap_all(office, OFFICER, "下一件", "无问题", "不适用", "登记问题", "取消", "返回案件")
    campaign_officer.say("/专项 2026-1")
    tap_all(office, OFFICER, "问题清单", "返回进度", "暂停", "恢复", "完成", "仍要完成")
    acts = ("campaign_started", "campaign_looked", "campaign_paused", "campaign_resumed")
    assert counts(office, *acts, "campaign_finished", "monitored_by_hand") == [1, 2, 1, 1, 1, 1]


def test_a_word_of_the_key_figures_is_set_once(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    started(campaign_officer, "法律文书公开")
    campaign_officer.press("下一件")
    label = next(iter(campaign_officer.last.buttons))
    tap(office, OFFICER, label)
    assert f"✓{label}" in campaign_officer.last.buttons
    assert len(office.acts("campaign_marked")) == 1


def test_rules_of_a_free_campaign_are_ticked_once(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    campaign_officer.say("/专项")
    tap_all(office, OFFICER, "新建", "自选规则", "强制措施（0/", "1", "下一页", "上一页")
    tap_all(office, OFFICER, "全选/全不选", "返回类别", "下一步", "取消")
    assert office.acts("campaign_started") == []


def test_a_confirmed_hit_and_a_cancelled_campaign_count_once(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    started(campaign_officer)
    campaign_officer.press("下一件")
    while "有问题（确认命中）" not in campaign_officer.last.buttons:
        campaign_officer.press("无问题")
    before = len(office.acts("campaign_looked"))
    tap(office, OFFICER, "有问题（确认命中）")
    assert len(office.acts("campaign_looked")) == before + 1
    campaign_officer.say("/专项 2026-1")
    tap_all(office, OFFICER, "取消专项", "确定取消")
    assert len(office.acts("campaign_cancelled")) == 1


@pytest.mark.parametrize("label", ["开展专项", "不开展"])
def test_a_proposed_campaign_is_decided_once(
    office: OfficeAtWork, campaign_officer: Phone, label: str
) -> None:
    del campaign_officer
    many = [arrest(number) for number in range(60, 65)]
    office.export(*(hit(one, "accepted-after-closed", state="overdue") for one in many), cards=many)
    morning(office)
    tap(office, OFFICER, label)
    assert len(office.acts("campaign_proposal_decided")) == 1


def test_a_clue_goes_its_way_once(office: OfficeAtWork, outside: Phone) -> None:
    outside.say("/处理 A01")
    tap_all(office, OFFICER, "转监督线索", "改转捕诉部门", "改转刑事执行检察部门")
    tap_all(office, OFFICER, "转第五检察部", "线索2026-1")
    tap_all(office, "苏南", "收到", "纠正违法通知书")
    outside.say("/处理 A02")
    tap_all(office, OFFICER, "转监督线索", "转第一检察部", "线索2026-2", "撤回线索")
    acts = ("clue_forwarded", "clue_received", "clue_settled", "clue_withdrawn")
    assert counts(office, *acts) == [2, 1, 1, 1]


def test_a_case_is_looked_at_once(office: OfficeAtWork) -> None:
    office.export(cards=[arrest(1)])
    office[OFFICER].say("/监控 1号")
    tap_all(office, OFFICER, "核对要点", "返回案件", "无问题")
    assert len(office.acts("monitored_by_hand")) == 1


def test_a_problem_seen_by_hand_is_registered_once(intranet: OfficeAtWork) -> None:
    intranet.export(cards=[arrest(1)])
    intranet[OFFICER].say("/监控 1号")
    tap_all(intranet, OFFICER, "发现问题", "诉权保障", "讯问询问人数", "返回", "诉权保障")
    tap_all(intranet, OFFICER, "讯问询问人数", "单人提审", "严重", "补充说明")
    intranet[OFFICER].say("二次讯问也是一人")
    tap_all(intranet, OFFICER, "附图片", "登记")
    assert counts(intranet, "finding_made", "monitored_by_hand") == [1, 1]


def test_a_problem_given_up_is_given_up_once(office: OfficeAtWork) -> None:
    office.export(cards=[prosecution(1)])
    office[OFFICER].say("/监控 1号")
    tap_all(office, OFFICER, "发现问题", "取消", "返回案件")
    assert counts(office, "finding_made", "monitored_by_hand") == [0, 0]


def test_a_person_is_changed_once(office: OfficeAtWork) -> None:
    phone = office[OFFICER]
    phone.say("/名册")
    tap_all(office, OFFICER, "第一检察部", ASSISTANT, "协助谁", LIN, "改身份", "承办检察官")
    tap_all(office, OFFICER, "确认", "改部门", "第二检察部", "停用", "确认停用")
    retired = with_button(phone, "恢复")
    back = retired.buttons["恢复"]
    press(phone, "恢复")
    assert phone.press_token(back, retired) == "程小满已在名册中"
    assert len(office.acts("roster_changed")) == 5


def test_a_person_is_added_and_unbound_once(office: OfficeAtWork) -> None:
    phone = office[OFFICER]
    phone.say("/名册")
    tap(office, OFFICER, "新增人员")
    phone.say("方可")
    tap_all(office, OFFICER, "第二检察部", "承办检察官", "确认新增")
    assert len(office.acts("roster_changed")) == 1
    phone.say(f"/名册 {LIN}")
    tap(office, OFFICER, "解除绑定")
    assert len(office.acts("unbound")) == 1


@pytest.fixture
def working(office: OfficeAtWork) -> OfficeAtWork:
    """One prosecutor with an open item in each of two cases."""
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    return office


@pytest.mark.parametrize("which", ["尾号001", "全部"])
def test_cases_are_handed_over_and_taken_back_once(working: OfficeAtWork, which: str) -> None:
    working[OFFICER].say("/移交")
    tap_all(working, OFFICER, LIN, XU, which, "确认移交", "撤销移交")
    many = 1 if which != "全部" else 2
    assert counts(working, "case_handed_over", "handover_undone") == [many, many]


def test_cancelling_a_handover_that_was_made_is_told_so(working: OfficeAtWork) -> None:
    working[OFFICER].say("/移交 林知秋 许望舒 1号")
    preview = working[OFFICER].last
    cancel = preview.buttons["取消"]
    press(working[OFFICER], "确认移交")
    before = standing(working)
    assert working[OFFICER].press_token(cancel, preview) == (
        "案件已移交许望舒，没有取消；需要退回请点“撤销移交”"
    )
    assert "撤销移交" in with_button(working[OFFICER], "撤销移交").buttons
    assert standing(working) == before


def test_a_stand_in_is_arranged_extended_and_ended_once(office: OfficeAtWork) -> None:
    office[LIN].say("请假到周五")
    tap_all(office, LIN, XU, "确认")
    office[LIN].say("/代理")
    label = next(one for one in office[LIN].last.buttons if "延" in one)
    tap(office, LIN, label)
    office.at(MONDAY + days(1))
    tap(office, LIN, next(one for one in office[LIN].last.buttons if "结束" in one))
    acts = ("stand_in_arranged", "stand_in_extended", "stand_in_ended")
    assert counts(office, *acts) == [1, 1, 1]


def test_cancelling_a_stand_in_that_was_arranged_is_told_so(office: OfficeAtWork) -> None:
    office[LIN].say("请假到周五，许望舒代")
    preview = office[LIN].last
    cancel = preview.buttons["取消"]
    press(office[LIN], "确认")
    before = standing(office)
    assert office[LIN].press_token(cancel, preview) == (
        "代理已经登记，没有取消；不需要了请发送 /代理 结束"
    )
    assert standing(office) == before


def test_an_objections_ground_and_answer_are_taken_once(desk_office: OfficeAtWork) -> None:
    office = desk_office
    office[OFFICER].say("/待审")
    press(office[OFFICER], "全部发出")
    office.at(MONDAY + days(1))
    office.morning()
    office[LIN].say("A02 不认可，已依法延长")
    tap(office, LIN, "说不清条款")
    office[OFFICER].say("/待复核")
    tap(office, OFFICER, "异议不采纳")
    tap(office, LIN, next(one for one in office[LIN].last.buttons if "接受" in one))
    assert counts(office, "objection_decided", "objection_given_up") == [1, 1]


def test_a_report_goes_its_way_once(reporting: OfficeAtWork) -> None:
    reporting[OFFICER].say("/月报")
    reporting.sweep()
    tap_all(reporting, OFFICER, "改一段", "6.1")
    reporting[OFFICER].say("下月开展案卡填录培训。")
    tap(reporting, OFFICER, "送审")
    tap_all(reporting, CASE_HEAD, "退回", "数字需再核对")
    tap(reporting, OFFICER, "送审")
    tap(reporting, CASE_HEAD, "审核通过")
    tap(reporting, DEPUTY, "签发")
    reporting.sweep()
    tap(reporting, OFFICER, "已报送")
    acts = ("report_submitted", "report_returned", "report_checked", "report_signed")
    assert counts(reporting, *acts, "report_filed") == [2, 1, 1, 1, 1]


def test_filing_pressed_again_later_keeps_the_day(reporting: OfficeAtWork) -> None:
    reporting[OFFICER].say("/月报")
    reporting.sweep()
    for name, label in ((OFFICER, "送审"), (CASE_HEAD, "审核通过"), (DEPUTY, "签发")):
        press(reporting[name], label)
    reporting.sweep()
    press(reporting[OFFICER], "已报送")
    reporting.at(reporting.now.date() + days(9))
    assert press(reporting[OFFICER], "已报送") == "已于7月1日登记报送，可以补充上级回执"
    assert len(reporting.acts("report_filed")) == 1


def test_a_draft_is_discarded_once(reporting: OfficeAtWork) -> None:
    reporting[OFFICER].say("/月报")
    reporting.sweep()
    tap(reporting, OFFICER, "撤销草稿")
    assert len(reporting.acts("report_discarded")) == 1


def test_a_text_is_imported_and_taken_back_once(taking: OfficeAtWork, tmp_path: Path) -> None:
    sent(taking, tmp_path, LOAN_RULES)
    tap_all(taking, OFFICER, "标题或日期不对", "导入")
    taking.sweep()
    tap(taking, OFFICER, "撤回本次导入")
    taking.sweep()
    assert counts(taking, "text_imported", "text_import_undone") == [1, 1]


def test_not_importing_a_text_that_is_being_imported_says_so(
    taking: OfficeAtWork, tmp_path: Path
) -> None:
    sent(taking, tmp_path, LOAN_RULES)
    offered = taking[OFFICER].last
    press(taking[OFFICER], "导入")
    said = taking[OFFICER].press("不导入", offered)
    assert said == "已选择导入，没有取消；不需要了请点“撤回本次导入”"
    taking.sweep()
    assert len(taking.acts("text_imported")) == 1


def test_importing_a_text_that_was_declined_imports_nothing(
    taking: OfficeAtWork, tmp_path: Path
) -> None:
    sent(taking, tmp_path, LOAN_RULES)
    offered = taking[OFFICER].last
    commit = offered.buttons["导入"]
    tap(taking, OFFICER, "不导入")
    assert taking[OFFICER].press_token(commit, offered).startswith("已于")
    taking.sweep()
    assert taking.acts("text_imported") == []


def test_a_button_kept_after_the_role_is_gone_does_nothing(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    """Every button the officer holds is refused, with a sentence, once he is a prosecutor."""
    office.export(hit(ONE), cards=[ONE, TWO])
    for text in ("/专项", "/监控 1号", "/名册", "/移交", "/待审"):
        campaign_officer.say(text)
    held = [(one, token) for one in campaign_officer.messages for token in one.buttons.values()]
    with office.database.transaction(office.now) as tx:
        one = next(each for each in people.everybody(tx.session, OFFICE) if each.name == OFFICER)
        one.roles = ["prosecutor"]
    before = standing(office)
    for message, token in held:
        assert campaign_officer.press_token(token, message)
    assert standing(office) == before


def test_no_rooms_act_can_be_called_by_a_token_that_was_made_up(office: OfficeAtWork) -> None:
    office[OFFICER].say("/专项")
    before = standing(office)
    for act in DESK_ACTS:
        said = office[OFFICER].press_token(act, office[OFFICER].last)
        assert said.startswith("这个按钮已失效"), act
    assert standing(office) == before
