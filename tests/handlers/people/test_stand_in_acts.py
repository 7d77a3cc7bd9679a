"""What goes to a stand-in, what he may do, and how it is recorded: 甲代乙."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.people import return_summary
from storage import people
from tests.support.docx_text import everything
from tests.support.notice_desk import NUMBER, issued, notice_of, press, with_button
from tests.support.office_cards import FIRST, MONDAY, OFFICE, card, days, hit
from tests.support.office_desk import PEOPLE

if TYPE_CHECKING:
    from storage.transaction import Transaction
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone

LIN, XU, HEAD, OFFICER = "林知秋", "许望舒", "顾长青", "陆明远"
CASE_HEAD, DEPUTY, CHIEF = "沈一鸣", "段鸿", "江平"
TUESDAY = MONDAY + days(1)


def arrange(phone: Phone, text: str) -> None:
    phone.say(text)
    press(phone, "确认")


def list_people(office: OfficeAtWork, *changed: people.Listed) -> None:
    """Let some people be listed otherwise, bound as they were or newly."""
    names = {one.name for one in changed}

    def work(tx: Transaction) -> None:
        left = [one for one in PEOPLE if one.name not in names]
        for one in people.keep(tx.session, OFFICE, [*left, *changed]):
            if one.account is None:
                one.door, one.account, one.chat = "phone", str(one.id), str(one.id)

    office.write(work)


def quiet(office: OfficeAtWork) -> None:
    for phone in office.phones.values():
        phone.clear()


def test_notice_receipt_and_feedback_name_who_acted_for_whom(desk_office: OfficeAtWork) -> None:
    arrange(desk_office[HEAD], "请假到周五，许望舒代")
    quiet(desk_office)
    issued(desk_office)
    assert desk_office[HEAD].messages == []
    stand_in = desk_office[XU]
    assert stand_in.of_kind("notice")[0].text.startswith("【代顾长青】《案件流程监控通知书》")
    press(stand_in, "签收")
    phone = desk_office[LIN]
    press(phone, "逐条答复")
    for label in ("属实", "填录有误", "已更正案卡", "今天", "案卡新值"):
        press(phone, label)
    phone.say("审结日期 6月12日")
    assert stand_in.last.text.startswith("【代顾长青】请签署：")
    press(stand_in, "签署反馈意见书")
    notice = notice_of(desk_office)
    assert notice.on_behalf == {"received_by": 4, "signed_by": 4, "replied_by": 4}
    desk_office.sweep()
    archive = desk_office.desk.archive
    assert archive is not None
    (receipt,) = archive.rglob("*receipt-archive.docx")
    (feedback,) = archive.rglob("*feedback-feedback.docx")
    assert "许望舒代顾长青" in everything(receipt.read_bytes())
    assert "许望舒代顾长青" in everything(feedback.read_bytes())
    for act in ("notice_received", "notice_signed", "feedback_signed"):
        (entry,) = desk_office.acts(act)
        assert (entry["actor"], entry["data"]["for"]) == ("person:2", "person:4")


def test_who_is_there_may_leave_his_notices_alone_to_another(desk_office: OfficeAtWork) -> None:
    arrange(desk_office[HEAD], "通知书由许望舒代到周五")
    issued(desk_office)
    assert desk_office[XU].of_kind("notice")[0].text.startswith("【代顾长青】")
    assert not desk_office[HEAD].of_kind("notice")
    press(desk_office[XU], "收到")
    assert desk_office.acts("notice_received")[0]["data"]["for"] == "person:4"
    desk_office[HEAD].say("/代理")
    assert "本部门通知书由许望舒代理" in desk_office[HEAD].last.text
    # what is no notice stays with the head
    desk_office[XU].say("/本周")
    assert "权限" in desk_office[XU].last.text


def test_the_case_heads_stand_in_approves_and_stands_on_the_paper(
    desk_office: OfficeAtWork,
) -> None:
    second = people.Listed("黎岩", "案件管理办公室", ("officer",))
    list_people(desk_office, second)
    arrange(desk_office[CASE_HEAD], "请假到周五，段鸿代")
    quiet(desk_office)
    desk_office[OFFICER].say("发通知书 A02")
    assert press(desk_office[OFFICER], "提交审批") == "已提交段鸿代沈一鸣审批"
    assert desk_office[CASE_HEAD].messages == []
    assert desk_office[DEPUTY].last.text.startswith("【代沈一鸣】请审批：")
    press(desk_office[DEPUTY], "批准")
    entry = desk_office.acts("notice_approved")[0]
    assert (entry["actor"], entry["data"]["for"]) == ("person:10", "person:7")
    assert notice_of(desk_office).on_behalf == {"approved_by": 7}


def test_the_author_never_approves_as_the_stand_in_of_who_would(
    desk_office: OfficeAtWork,
) -> None:
    arrange(desk_office[CASE_HEAD], "请假到周五，陆明远代")
    desk_office[OFFICER].say("发通知书 A02")
    assert press(desk_office[OFFICER], "提交审批") == "已提交段鸿审批"
    desk_office[OFFICER].say("/待签")
    assert desk_office[OFFICER].last.text == "没有待签的文书。"


def test_what_the_absent_case_head_drafted_is_not_approved_by_his_stand_in(
    desk_office: OfficeAtWork,
) -> None:
    desk_office[CASE_HEAD].say("发通知书 A02")
    arrange(desk_office[CASE_HEAD], "请假到周五，陆明远代")
    assert press(desk_office[CASE_HEAD], "提交审批") == "已提交段鸿审批"


def test_the_chiefs_instruction_by_the_deputy_in_his_place(desk_office: OfficeAtWork) -> None:
    arrange(desk_office[CHIEF], "出差到周五，段鸿代")
    issued(desk_office, "A03")
    report = with_button(desk_office[DEPUTY], "已阅")
    assert report.text.startswith("【代江平】")
    assert "报请检察长阅示" in report.text
    press(desk_office[DEPUTY], "已阅")
    assert desk_office.acts("notice_instructed")[0]["data"]["for"] == "person:9"
    assert "段鸿代江平已对通知书" in desk_office[OFFICER].last.text


def test_reminders_of_the_ladder_go_to_who_stands_in(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    press(desk_office[HEAD], "收到")
    arrange(desk_office[HEAD], "请假到6月30日，许望舒代")
    arrange(desk_office[LIN], "请假到6月30日，程小满代")
    quiet(desk_office)
    desk_office.at(MONDAY + days(9))
    desk_office.sweep()
    reminded = {one["data"]["person"] for one in desk_office.acts("reminded")}
    assert reminded
    assert not reminded & {1, 4}
    assert any(text.startswith("【代顾长青】") for text in desk_office[XU].texts)
    assert desk_office[HEAD].messages == []
    assert desk_office[LIN].messages == []


def test_a_promise_is_reminded_of_to_who_stands_in_by_then(office: OfficeAtWork) -> None:
    office.export(hit(card(1), due=MONDAY + days(14)), cards=[card(1)])
    office.morning()
    office[LIN].say("A01 明天办")
    arrange(office[LIN], "明天请假，许望舒代")
    quiet(office)
    office.at(TUESDAY)
    office.sweep()
    assert office[LIN].messages == []
    assert office[XU].last.text.startswith("【代林知秋】A01")
    assert "林知秋6月15日答复6月16日办理" in office[XU].last.text


def test_nobody_decides_in_his_own_case_as_a_stand_in_either(desk_office: OfficeAtWork) -> None:
    """The officer handles cases himself, and stands in for the prosecutor of A01."""
    both = people.Listed(OFFICER, FIRST, ("officer", "prosecutor"))
    list_people(desk_office, both)
    officer = desk_office.phones[OFFICER]
    row = desk_office.read(lambda session: people.named(session, OFFICE, OFFICER)[0])
    officer.account = officer.chat = str(row.account)
    arrange(desk_office[LIN], "请假到周五，陆明远代")
    officer.say("/处理 A02")
    assert "本人承办的案件须由他人决定处理方式" in officer.last.text
    officer.say("/处理 A03")
    assert officer.last.text.startswith("A03")


def test_what_the_absent_one_may_not_do_in_his_own_case_his_stand_in_may_not_either(
    desk_office: OfficeAtWork,
) -> None:
    both = people.Listed(CASE_HEAD, FIRST, ("case_head", "prosecutor"))
    list_people(desk_office, both)
    phone = desk_office.phones[CASE_HEAD]
    row = desk_office.read(lambda session: people.named(session, OFFICE, CASE_HEAD)[0])
    phone.account = phone.chat = str(row.account)
    own = card(9, prosecutor=CASE_HEAD)
    desk_office.export(hit(own, "own", release="review"), cards=[own])
    arrange(phone, "请假到周五，段鸿代")
    desk_office[OFFICER].say("发通知书 A04")
    assert press(desk_office[OFFICER], "提交审批") == "已提交段鸿审批"
    press(desk_office[DEPUTY], "批准")
    # he approves as the deputy he is, not for the case head whose case it is
    assert "for" not in desk_office.acts("notice_approved")[0]["data"]


def test_an_objection_goes_to_the_stand_ins_and_none_decides_twice(office: OfficeAtWork) -> None:
    office.export(hit(card(1)), cards=[card(1)])
    office.morning()
    arrange(office[LIN], "请假到周五，许望舒代")
    office[XU].say("A01 不认可，已依法延长")
    press(office[XU], "说不清条款")
    assert office.acts("objection_raised")[0]["data"]["for"] == "person:1"
    arrange(office[CASE_HEAD], "请假到周五，陆明远代")
    office[OFFICER].say("/待复核")
    press(office[OFFICER], "异议不采纳")
    assert office[XU].last.text.startswith("【代林知秋】A01 的异议经复核未采纳")
    press(office[XU], "仍有异议")
    assert "A01 的异议须报案管负责人，但尚未绑定或无法送达" in office[OFFICER].last.text
    office[OFFICER].say("/待签")
    assert office[OFFICER].last.text == "没有待签的文书。"
    office[CASE_HEAD].say("/待签")
    press(office[CASE_HEAD], "异议 A01")
    press(office[CASE_HEAD], "维持，报检察长决定")
    assert "A01 异议" in office[CHIEF].last.text


def test_after_it_ended_a_button_says_so(office: OfficeAtWork) -> None:
    office.export(hit(card(1)), cards=[card(1)])
    arrange(office[LIN], "今天请假，许望舒代")
    office.morning()
    message = office[XU].of_kind("digest")[0]
    office.at(TUESDAY, 9)
    said = office[XU].press("A01", message)
    assert said.startswith("您代林知秋的期间已于6月15日结束，请由本人办理")


def test_a_copy_goes_to_who_is_away_where_the_office_wants_it(office: OfficeAtWork) -> None:
    office.manners(copy_on_leave=True)
    office.export(hit(card(1)), cards=[card(1)])
    arrange(office[LIN], "请假到周五，许望舒代")
    quiet(office)
    office.at(TUESDAY)
    office.morning()
    assert "代林知秋办理" in office[XU].of_kind("digest")[0].text
    assert "由许望舒代为办理" in office[LIN].of_kind("digest")[0].text


def test_the_officers_read_who_is_away(office: OfficeAtWork) -> None:
    arrange(office[LIN], "请假到周五，许望舒代")
    office.at(TUESDAY)
    office.morning()
    assert "今日请假：林知秋（至6月19日，许望舒代）。" in office[OFFICER].last.text


def test_the_officers_work_goes_to_the_case_head_while_she_is_away(office: OfficeAtWork) -> None:
    arrange(office[OFFICER], "请假到周五，沈一鸣代")
    quiet(office)
    office.at(TUESDAY)
    office.morning()
    assert office[OFFICER].messages == []
    assert "流程监控专员工作提示" in office[CASE_HEAD].last.text
    office[CASE_HEAD].say("/邀请 许望舒")
    assert "许望舒已绑定账号" in office[CASE_HEAD].last.text


def test_an_item_says_who_answered_for_whom(intranet: OfficeAtWork) -> None:
    office = intranet
    office.export(hit(card(1)), cards=[card(1)])
    arrange(office[LIN], "请假到周五，许望舒代")
    office.morning()
    office[XU].say("A01 已办结，等系统更新")
    office[OFFICER].say("/待复核")
    assert "许望舒代林知秋" in office[OFFICER].last.text
    office[LIN].say("/我的")
    press(office[LIN], "A01")
    assert "6月15日由许望舒代林知秋答复" in office[LIN].last.text


def test_nobody_reviews_what_he_answered_as_a_stand_in(office: OfficeAtWork) -> None:
    both = people.Listed(OFFICER, FIRST, ("officer", "prosecutor"))
    list_people(office, both)
    phone = office.phones[OFFICER]
    row = office.read(lambda session: people.named(session, OFFICE, OFFICER)[0])
    phone.account = phone.chat = str(row.account)
    office.export(hit(card(1)), cards=[card(1)])
    arrange(office[LIN], "今天请假，陆明远代")
    office.morning()
    phone.say("A01 已改，审结日期 6月12日")
    office.at(TUESDAY, 9)
    phone.say("/待复核")
    assert "须由他人复核" in press(phone, "核实销号")
    assert office.finding("A01").state != "closed"
    office[CASE_HEAD].say("/待复核")
    press(office[CASE_HEAD], "核实销号")
    assert office.finding("A01").state == "closed"


@pytest.mark.parametrize("name", [LIN, XU])
def test_both_may_answer_meanwhile(office: OfficeAtWork, name: str) -> None:
    office.export(hit(card(1)), cards=[card(1)])
    office.morning()
    arrange(office[LIN], "请假到周五，许望舒代")
    office.at(TUESDAY, 9)
    office[name].say("A01 收到")
    entry = office.acts("answer_recorded")[-1]
    assert entry["data"].get("for") == ("person:1" if name == XU else None)


def test_a_notice_number_stays_what_it_was(desk_office: OfficeAtWork) -> None:
    desk_office.desk = replace(desk_office.desk)
    arrange(desk_office[HEAD], "请假到周五，许望舒代")
    assert issued(desk_office).number == NUMBER


def test_who_comes_back_hears_what_was_signed_in_his_place(desk_office: OfficeAtWork) -> None:
    arrange(desk_office[HEAD], "请假今天，许望舒代")
    issued(desk_office)
    press(desk_office[XU], "签收")
    quiet(desk_office)
    desk_office.at(TUESDAY)
    desk_office.sweep()
    told = next(one.text for one in desk_office[HEAD].messages if "不在，由许望舒代理" in one.text)
    assert f"6月15日 许望舒代您签收通知书（{NUMBER}）" in told
    assert told.count("签收通知书") == 1


def test_where_more_was_done_than_is_listed_the_summary_says_how_much(
    desk_office: OfficeAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(return_summary, "MOST", 1)
    arrange(desk_office[HEAD], "请假今天，许望舒代")
    issued(desk_office)
    press(desk_office[XU], "签收")
    desk_office.at(TUESDAY)
    desk_office.sweep()
    told = next(one.text for one in desk_office[HEAD].messages if "不在，由许望舒代理" in one.text)
    assert "代办 2 项，最近的 1 项：\n6月15日 许望舒代您收到通知书" in told
