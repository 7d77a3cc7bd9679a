from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.monitoring.monitoring_policy import MonitoringPolicy
from storage import case_looks
from tests.support.monitored_cases import arrest, morning, prosecution, said, with_rules
from tests.support.office_cards import MONDAY, card_entry, days, hit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone

ONE, TWO = arrest(1), arrest(2, prosecutor="许望舒")
MINE = arrest(3, prosecutor="陆明远")


@pytest.fixture
def officer(office: OfficeAtWork) -> Phone:
    with_rules(office)
    office.export(hit(ONE), card_entry(ONE), cards=[ONE, TWO, MINE])
    return office["陆明远"]


@pytest.fixture
def inside(intranet: OfficeAtWork) -> Phone:
    with_rules(intranet)
    intranet.export(hit(ONE), cards=[ONE, TWO])
    return intranet["陆明远"]


def press_all(phone: Phone, *labels: str) -> str:
    """Tap one button after the other on the newest message."""
    toast = ""
    for label in labels:
        toast = phone.press(label)
    return toast


def test_a_case_is_opened_whole(officer: Phone) -> None:
    officer.say("/监控 1号")
    text = officer.last.text
    assert text.startswith("审查逮捕 尾号001\n第一检察部 林知秋，助理程小满")
    assert "2026年6月10日受理，未审结，人员 1 名，在押 1 名" in text
    assert "审查批准逮捕：已拘留七日决定：6月17日届满，还有2天" in text
    assert "问题：未销号 2 条，已销号 0 条" in text
    assert "A02 审结早于受理 · 较重 · 待审" in text
    assert "6月15日 A01 发现：审查逮捕期限（规则巡查）" in text
    assert "诉权保障：讯问询问人数" in text
    assert list(officer.last.buttons)[:5] == ["无问题", "发现问题", "核对要点", "A01", "A02"]


def test_what_was_accepted_and_closed_stands_in_the_case_too(
    office: OfficeAtWork, officer: Phone
) -> None:
    morning(office)
    fresh = next(one for one in office.acts("finding_made") if "arrest" in one["data"]["rule"])
    number = fresh["object"].removeprefix("finding:")
    officer.say(f"/处理 {number}")
    officer.press("不属问题")
    officer.press("客观原因")
    officer.say("/监控 1号")
    assert f"{number} 审查批准逮捕：已拘留七日决定 · 已销号（专员认定不属问题）" in (
        officer.last.text
    )
    assert "已核对、不再提示：审查批准逮捕：已拘留七日决定" in officer.last.text
    assert f"{number} 已定：不属问题（客观原因或系统原因）" in officer.last.text


def test_names_stand_in_a_case_only_on_a_cleared_door(officer: Phone) -> None:
    officer.say("/监控 1号")
    assert "甄某1" not in officer.last.text


def test_names_stand_in_a_case_on_a_cleared_door(inside: Phone) -> None:
    inside.say("/监控 1号")
    assert inside.last.text.startswith("审查逮捕 尾号001 甄某1盗窃案")


def test_a_minors_case_has_no_name_anywhere(intranet: OfficeAtWork) -> None:
    with_rules(intranet)
    minor = arrest(5, 作案时年龄=16)
    intranet.export(cards=[minor])
    intranet["陆明远"].say("/监控 5号")
    assert "甄某5" not in intranet["陆明远"].last.text
    assert "（未成年人案件，隐名）" in intranet["陆明远"].last.text
    assert "法定代理人到场" in intranet["陆明远"].last.text


def test_the_checklist_is_one_tap_away(officer: Phone) -> None:
    officer.say("/监控 1号")
    officer.press("核对要点")
    assert "【诉权保障】\n1. 讯问、询问、听取意见时检察人员是否不少于二人" in officer.last.text
    assert "不看事实、证据和量刑" in officer.last.text
    officer.press("返回案件")
    assert officer.last.text.startswith("审查逮捕 尾号001\n第一检察部")


@pytest.mark.parametrize("text", ["/监控 1号 无问题", "监控 1号 无问题"])
def test_a_look_with_nothing_found_is_recorded(
    office: OfficeAtWork, officer: Phone, text: str
) -> None:
    officer.say(text)
    [entry] = office.acts("monitored_by_hand")
    assert entry["object"] == f"case:{ONE.case_no}"
    assert entry["data"] == {
        "sound": True,
        "case_type": "审查逮捕案件",
        "department": "第一检察部",
        "source": "人工个案",
        "campaign": None,
        "findings": [],
    }
    assert officer.last.text == (
        f"已登记人工监控（流水第 {entry['seq']} 号）：审查逮捕 尾号001，无问题。"
    )


def test_a_look_is_recorded_by_button_too_and_stands_in_the_case(
    office: OfficeAtWork, officer: Phone
) -> None:
    officer.say("/监控 1号")
    assert officer.press("无问题") == "审查逮捕 尾号001，无问题"
    officer.press("返回案件")
    assert "6月15日 人工监控：无问题（陆明远）" in officer.last.text
    assert len(office.acts("monitored_by_hand")) == 1


def test_a_problem_is_chosen_not_typed(office: OfficeAtWork, officer: Phone) -> None:
    officer.say("/监控 1号")
    press_all(officer, "发现问题", "诉权保障", "讯问询问人数", "单人提审")
    preview = officer.last.text
    assert "问题：单人提审" in preview
    assert "依据：《刑诉规则》第260条第1款" in preview
    assert "程度：较重（建议较重）" in preview
    assert office.acts("finding_made")[2:] == []
    officer.press("严重")
    assert "程度：严重（建议较重）" in officer.last.text
    assert officer.press("登记") == "A03 已登记"
    finding = office.finding("A03")
    assert (finding.title, finding.severity, finding.state) == ("单人提审", "严重", "queued")
    assert (finding.source, finding.campaign, finding.concerns) == ("人工个案", None, None)
    assert finding.plain_fact == "人工监控发现：单人提审，请登录系统查看"


def test_a_manual_finding_stands_in_the_ledger_with_its_source(
    office: OfficeAtWork, officer: Phone
) -> None:
    officer.say("/监控 1号")
    press_all(officer, "发现问题", "诉权保障", "讯问笔录", "笔录事先制作", "登记")
    made = office.acts("finding_made")[-1]
    assert (made["data"]["source"], made["data"]["waits"]) == ("人工个案", "人工个案")
    assert made["actor"].startswith("person:")
    [looked] = office.acts("monitored_by_hand")
    assert (looked["data"]["sound"], looked["data"]["findings"]) == (False, ["A03"])


def test_a_manual_finding_has_the_life_of_a_computed_one(
    office: OfficeAtWork, officer: Phone
) -> None:
    officer.say("/监控 1号")
    press_all(officer, "发现问题", "诉权保障", "讯问询问人数", "单人提审", "登记")
    assert "建议处理：通知书（程度较重）" in officer.last.text
    officer.press("口头提示")
    officer.press("情节更轻")
    officer.press("消息")
    prompt = office["林知秋"].of_kind("prompt")[-1]
    assert prompt.text.startswith("口头提示 A03 · 审查逮捕 尾号001\n人工监控发现：单人提审")
    office["林知秋"].say("A03 说明：当时书记员在场，笔录漏签", reply_to=prompt)
    assert office.finding("A03").state == "explained"
    officer.say("/待复核")
    assert "A03" in officer.last.text


def test_a_patrol_or_an_export_never_closes_what_somebody_saw(
    office: OfficeAtWork, officer: Phone
) -> None:
    officer.say("/监控 1号")
    press_all(officer, "发现问题", "诉权保障", "讯问询问人数", "单人提审", "登记")
    office.at(MONDAY + days(1))
    morning(office)
    assert office.finding("A03").state == "queued"


def test_two_problems_under_one_point_are_two_findings(
    office: OfficeAtWork, officer: Phone
) -> None:
    for problem in ("单人提审", "单人询问"):
        officer.say("/监控 1号")
        press_all(officer, "发现问题", "诉权保障", "讯问询问人数", problem, "登记")
    assert [office.finding(one).title for one in ("A03", "A04")] == ["单人提审", "单人询问"]


def test_a_typed_problem_is_put_under_a_point_and_stays_at_home(
    office: OfficeAtWork, officer: Phone
) -> None:
    officer.say("/监控 1号 换押证未附卷，电话已问")
    assert "换押证" not in officer.last.text
    press_all(officer, "法律监督", "看守所期限管理")
    assert "问题：自行填写，共 11 字" in officer.last.text
    officer.press("登记")
    finding = office.finding("A03")
    assert finding.fact == "人工监控发现：换押证未附卷，电话已问"
    assert finding.title == "看守所期限管理"
    assert "换押证" not in finding.plain_fact
    assert any("换押证未附卷" in one for one in office.words())


def test_more_may_be_said_of_a_problem(office: OfficeAtWork, inside: Phone) -> None:
    inside.say("/监控 1号")
    press_all(inside, "发现问题", "诉权保障", "讯问询问人数", "自己写")
    inside.say("第二次讯问只有一人签名")
    assert "问题：第二次讯问只有一人签名" in inside.last.text
    inside.press("补充说明")
    inside.say("笔录时间 6月12日")
    assert "补充：笔录时间 6月12日" in inside.last.text
    inside.press("登记")
    fact = "人工监控发现：第二次讯问只有一人签名。笔录时间 6月12日"
    assert office.finding("A02").fact == fact


def test_a_problem_that_is_too_long_is_not_taken(office: OfficeAtWork, officer: Phone) -> None:
    officer.say("/监控 1号 " + "长" * 501)
    assert officer.last.text == "共 501 字，请写在 500 字以内，未作登记。"
    officer.say("/监控 1号")
    press_all(officer, "发现问题", "诉权保障", "讯问询问人数", "自己写")
    officer.say("长" * 501)
    assert "未作登记" in officer.last.text
    assert office.acts("monitored_by_hand") == []


def test_a_problem_that_was_given_up_leaves_no_words(office: OfficeAtWork, officer: Phone) -> None:
    officer.say("/监控 1号 换押证未附卷")
    message = officer.last
    tokens = dict(message.buttons)
    assert officer.press("取消") == "已取消"
    assert officer.last.text == "已取消，未作登记。"
    draft = office.read(lambda session: case_looks.draft(session, 1))
    assert draft is not None
    assert (draft.state, draft.problem) == ("dropped", None)
    assert "已取消" in officer.press_token(tokens["法律监督"], message)


def test_a_registered_problem_is_not_registered_twice(office: OfficeAtWork, officer: Phone) -> None:
    officer.say("/监控 1号")
    press_all(officer, "发现问题", "诉权保障", "讯问询问人数", "单人提审")
    message = officer.last
    token = message.buttons["登记"]
    officer.press("登记")
    assert "已登记" in officer.press_token(token, message)
    assert (
        len([one for one in office.acts("finding_made") if one["data"]["source"] == "人工个案"])
        == 1
    )


def test_what_concerns_others_says_so_before_it_is_registered(
    office: OfficeAtWork, officer: Phone
) -> None:
    officer.say("/监控 1号")
    press_all(officer, "发现问题", "法律监督", "侦查机关讯问", "侦查人员单人讯问")
    assert "义务在公安机关，登记后转监督线索，不发通知书。" in officer.last.text
    officer.press("登记")
    assert office.finding("A03").concerns == "公安机关"
    assert "通知书" not in officer.last.buttons
    assert "转监督线索" in officer.last.buttons


def test_the_way_back_leads_to_the_groups_and_the_points(officer: Phone) -> None:
    officer.say("/监控 1号")
    press_all(officer, "发现问题", "诉权保障", "全部类别", "案卡填录", "案卡填录", "返回")
    assert "请选择问题的类别" in officer.last.text


def test_nobody_looks_at_his_own_case(office: OfficeAtWork, officer: Phone) -> None:
    officer.say("/监控 3号")
    assert list(officer.last.buttons) == []
    officer.say("/监控 3号 无问题")
    assert officer.last.text.startswith("本人承办的案件须由他人监控")
    officer.say("/监控 3号 某个问题")
    assert officer.last.text.startswith("本人承办的案件须由他人监控")
    assert office.acts("monitored_by_hand") == []
    assert [one["data"]["act"] for one in office.acts("refused")] == ["look_at_case"] * 2


def test_a_case_that_has_become_ones_own_meanwhile_is_refused(
    office: OfficeAtWork, officer: Phone
) -> None:
    officer.say("/监控 2号")
    message = officer.last
    sound, problem = message.buttons["无问题"], message.buttons["发现问题"]
    office.export(cards=[arrest(2, prosecutor="陆明远")])
    for token in (sound, problem):
        assert officer.press_token(token, message).startswith("本人承办的案件须由他人监控")
    assert office.acts("monitored_by_hand") == []


def test_a_prosecutor_does_not_monitor(office: OfficeAtWork, officer: Phone) -> None:
    del officer
    office["林知秋"].say("/监控 1号")
    assert "不在您的权限内" in office["林知秋"].last.text


def test_a_picture_is_kept_with_the_problem(
    intranet: OfficeAtWork, inside: Phone, tmp_path: Path
) -> None:
    inside.say("/监控 1号")
    press_all(inside, "发现问题", "诉权保障", "讯问笔录", "笔录事先制作")
    preview = inside.last
    assert inside.press("附图片", preview) == "请发送图片"
    inside.upload("photo", "", path=str(tmp_path / "1.jpg"))
    assert "已附图片 1 张" in inside.last.text
    inside.press("附图片", preview)
    inside.upload("document", "截图.png", path=str(tmp_path / "2.png"))
    inside.press("登记", preview)
    finding = intranet.finding("A02")
    kept = intranet.read(lambda session: case_looks.pictures(session, finding.id))
    assert [one.path[-5:] for one in kept] == ["1.jpg", "2.png"]
    assert len(intranet.acts("picture_added")) == 2


def test_a_text_or_a_table_is_no_picture(intranet: OfficeAtWork, inside: Phone) -> None:
    inside.say("/监控 1号")
    press_all(inside, "发现问题", "诉权保障", "讯问笔录", "笔录事先制作")
    preview = inside.last
    inside.press("附图片", preview)
    inside.say("没有图")
    assert inside.last.text.startswith("没有收到图片")
    inside.press("附图片", preview)
    inside.upload("document", "案件列表.csv", path="/x/案件列表.csv")
    assert "已附图片" not in inside.last.text
    inside.press("登记", preview)
    finding = intranet.finding("A02")
    assert intranet.read(lambda session: case_looks.pictures(session, finding.id)) == []


def test_a_picture_on_an_internet_door_is_refused_with_the_reason(
    office: OfficeAtWork, officer: Phone
) -> None:
    officer.say("/监控 1号")
    press_all(officer, "发现问题", "诉权保障", "讯问笔录", "笔录事先制作")
    assert "互联网通道不接收图片，请在内网通道附加，或登录系统上传。" in officer.last.text
    assert "附图片" not in officer.last.buttons
    sent = officer.upload("photo", "", path="/x/1.jpg")
    assert sent in officer.removed
    assert "互联网通道不接收" in officer.last.text
    assert office.acts("picture_added") == []


def test_each_working_day_a_few_cases_are_proposed_with_reasons(
    office: OfficeAtWork, officer: Phone
) -> None:
    heavy = arrest(7, 移送案由="抢劫罪", 作案时年龄=16, 案件类别="审查逮捕案件（未检）")
    office.export(hit(ONE), card_entry(ONE), cards=[ONE, TWO, MINE, heavy])
    morning(office)
    message = said(officer, "今日建议人工查看")
    lines = message.text.splitlines()
    assert lines[0] == "今日建议人工查看 4 件（按风险，内部要求），已看 0 件："
    assert lines[1].startswith("1. 审查逮捕（未检） 尾号007：期限还有2天；在押；未成年人案件；")
    assert "案由在重点关注名单内" in lines[1]
    assert any(
        "尾号001：期限还有2天；在押；有 3 条未销号的问题；尚未人工查看" in one for one in lines
    )
    [entry] = office.acts("cases_proposed")
    assert entry["data"]["cases"][0]["case_no"] == heavy.case_no


def test_how_many_are_proposed_is_the_offices_own(office: OfficeAtWork, officer: Phone) -> None:
    office.desk = replace(office.desk, monitoring=MonitoringPolicy(cases_a_day=1))
    morning(office)
    assert said(officer, "今日建议人工查看").text.startswith("今日建议人工查看 1 件")
    office.desk = replace(office.desk, monitoring=MonitoringPolicy(cases_a_day=0))
    office.at(MONDAY + days(1))
    officer.clear()
    morning(office)
    assert not [one for one in officer.texts if one.startswith("今日建议")]


def test_nothing_is_proposed_on_days_off_or_twice_a_day(
    office: OfficeAtWork, officer: Phone
) -> None:
    morning(office)
    morning(office)
    assert len([one for one in officer.texts if one.startswith("今日建议")]) == 1
    office.at(date(2026, 6, 20))
    morning(office)
    assert len(office.acts("cases_proposed")) == 1


def test_a_case_that_was_looked_at_rests(office: OfficeAtWork, officer: Phone) -> None:
    morning(office)
    officer.say("/监控 1号 无问题")
    office.at(MONDAY + days(1))
    morning(office)
    cases = [one["case_no"] for one in office.acts("cases_proposed")[-1]["data"]["cases"]]
    assert ONE.case_no not in cases
    assert TWO.case_no in cases


def test_a_case_that_has_ended_is_not_proposed(office: OfficeAtWork, officer: Phone) -> None:
    ended = arrest(9, 办结日期=date(2026, 6, 12))
    office.export(cards=[ended])
    morning(office)
    assert not [one for one in officer.texts if one.startswith("今日建议")]


def test_todays_cases_lead_from_one_to_the_next(office: OfficeAtWork, officer: Phone) -> None:
    morning(office)
    officer.clear()
    officer.say("/监控")
    listed = officer.last
    assert "尾号003（本人承办，由他人查看）" in listed.text
    assert [label for label in listed.buttons if "尾号003" in label] == []
    officer.press("1 尾号001")
    officer.press("无问题")
    assert [one for one in officer.last.buttons if one.startswith("下一件")] == ["下一件 尾号002"]
    officer.press("下一件")
    assert officer.last.text.startswith("审查逮捕 尾号002")
    officer.say("/监控")
    assert "已看 1 件" in officer.last.text
    assert "尾号001（已看）" in officer.last.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/监控 77号 无问题", "案卡中没有找到“77号”，请核对案号，或写完整的部门受案号。"),
        ("/监控 1号 无问题", "“1号”对应 2 件：刑捕 尾号001、刑诉 尾号001。"),
        ("/监控 1号", "“1号”对应 2 件"),
    ],
)
def test_a_case_that_is_not_clear_is_asked_for(
    office: OfficeAtWork, text: str, expected: str
) -> None:
    office.export(cards=[ONE, prosecution(1)])
    office["陆明远"].say(text)
    assert office["陆明远"].last.text.startswith(expected)
    assert office.acts("monitored_by_hand") == []


def test_without_proposals_the_command_says_what_it_takes(officer: Phone) -> None:
    officer.say("/监控")
    assert officer.last.text.startswith("请写明案号")


def test_a_case_head_monitors_too_and_an_old_case_is_shown_with_its_history(
    office: OfficeAtWork, officer: Phone
) -> None:
    del officer
    office["沈一鸣"].say("/监控 1号 无问题")
    for day in range(1, 13):
        office.at(MONDAY + days(day))
        office["沈一鸣"].say("/监控 1号 无问题")
    office["沈一鸣"].say("/监控 1号")
    assert "此前 7 项" in office["沈一鸣"].last.text


def test_a_prosecution_case_shows_its_own_points(office: OfficeAtWork) -> None:
    with_rules(office)
    office.export(cards=[prosecution(4, 决定日期=date(2026, 6, 12))])
    office["陆明远"].say("/监控 4号")
    text = office["陆明远"].last.text
    assert "2026年6月1日受理，2026年6月12日审结或办结" in text
    assert "涉案财物接收、涉案财物出库、返还被害人" in text
    assert "问题：没有登记过问题。" in text
    assert "期限：没有在 60 天内届满的期限。" in text
