from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from tests.support.office_cards import MONDAY, card, card_entry, days, hit, in_custody
from tests.support.office_desk import ZONE

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

ONE, TWO = card(1), card(2)


def told(office: OfficeAtWork, *hits: object) -> None:
    """Send the items of 林知秋 and forget the digest's text."""
    office.export(*(hits or (hit(ONE), hit(TWO))), cards=[ONE, TWO])  # type: ignore[arg-type]
    office.morning()


def test_a_claim_is_confirmed_with_its_ledger_number(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("A02 系统里审结日期填错了，是5.27，改好了")
    said = office.acts("said")[-1]["seq"]
    assert office["林知秋"].last.text == (
        f"已记录您的说明（流水第 {said} 号）：A02 称审结日期应为 5月27日，已修改。\n"
        "待案管核对决定书日期，尚未销号。"
    )
    assert list(office["林知秋"].last.buttons) == ["记录无误", "记错了，撤回"]


def test_a_claim_never_closes(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("A02 改好了")
    assert office.finding("A02").state == "corrected_claimed"


def test_a_reply_to_an_opened_item_is_bound_to_it(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].press("A02")
    office["林知秋"].say("改好了", reply_to=office["林知秋"].last)
    assert (office.finding("A01").state, office.finding("A02").state) == (
        "sent",
        "corrected_claimed",
    )


def test_a_place_means_the_place_in_the_digest_replied_to(office: OfficeAtWork) -> None:
    told(office)
    first = office["林知秋"].last
    office.at(MONDAY + days(1))
    third = card(3)
    office.export(hit(third, due=date(2026, 6, 16)), hit(ONE), hit(TWO), cards=[ONE, TWO, third])
    office.morning()
    office["林知秋"].say("第2条改好了", reply_to=first)
    assert office.finding("A02").state == "corrected_claimed"


def test_two_that_fit_are_asked_about(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("改好了，是5.27")
    assert "请问说的是哪一条" in office["林知秋"].last.text
    assert list(office["林知秋"].last.buttons) == [
        "A01 审查逮捕 尾号001",
        "A02 审查逮捕 尾号002",
        "都不是",
    ]
    assert office.finding("A01").state == office.finding("A02").state == "sent"


def test_the_pressed_candidate_gets_the_words_that_waited(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("审结日期改好了，是5.27")
    office["林知秋"].press("A02")
    assert office.finding("A02").state == "corrected_claimed"
    assert "A02 称审结日期应为 5月27日，已修改" in office["林知秋"].last.text
    said = office.acts("said")[-1]["seq"]
    assert f"流水第 {said} 号" in office["林知秋"].last.text


def test_a_second_candidate_changes_nothing(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("审结日期改好了，是5.27")
    asked = dict(office["林知秋"].last.buttons)
    office["林知秋"].press("A02")
    other = next(token for label, token in asked.items() if label.startswith("A01"))
    toast = office["林知秋"].press_token(other, office["林知秋"].last)
    assert toast == "已于 6月15日 08:30 由林知秋记录，无需重复操作"
    assert office.finding("A01").state == "sent"


def test_none_of_the_candidates_may_be_meant(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("改好了，是5.27")
    office["林知秋"].press("都不是")
    assert office.finding("A01").state == office.finding("A02").state == "sent"


def test_a_complaint_about_a_repeat_is_answered_with_the_earlier_record(
    office: OfficeAtWork,
) -> None:
    told(office)
    office["林知秋"].say("A02 说明：案件在等鉴定意见")
    said = office.acts("said")[-1]["seq"]
    office.at(MONDAY + days(1))
    office["林知秋"].say("A02 为啥又提示？")
    assert f"6月15日已记录“说明”（流水第 {said} 号）" in office["林知秋"].last.text
    assert "6月15日首次提示" in office["林知秋"].last.text


def test_a_claim_can_be_taken_back(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("A02 改好了")
    office["林知秋"].press("记错了")
    assert office.finding("A02").state == "sent"
    assert "已撤回上述记录" in office["林知秋"].last.text
    assert len(office.acts("answer_withdrawn")) == 1


def test_taking_back_twice_changes_nothing(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("A02 改好了")
    message = office["林知秋"].last
    token = message.buttons["记错了，撤回"]
    office["林知秋"].press_token(token, message)
    assert office["林知秋"].press_token(token, message).startswith("已于 6月15日 08:30 由林知秋")


def test_an_edited_message_is_read_again_and_both_versions_stay(office: OfficeAtWork) -> None:
    told(office)
    written = office["林知秋"].say("A01 改好了")
    office["林知秋"].edit(written, "A02 改好了")
    assert (office.finding("A01").state, office.finding("A02").state) == (
        "sent",
        "corrected_claimed",
    )
    assert {"A01 改好了", "A02 改好了"} <= set(office.words())


def test_an_edited_message_that_was_asked_about_is_asked_no_more(office: OfficeAtWork) -> None:
    told(office)
    written = office["林知秋"].say("改好了，是5.27")
    asked = office["林知秋"].last
    office["林知秋"].edit(written, "A02 改好了，是5.27")
    token = next(token for label, token in asked.buttons.items() if label.startswith("A01"))
    assert office["林知秋"].press_token(token, asked) == "您已修改原话，请看最新的回复"
    assert office.finding("A01").state == "sent"


def test_what_is_said_of_one_finding_holds_for_its_item(office: OfficeAtWork) -> None:
    told(office, hit(ONE, item="same"), hit(ONE, "second", item="same", due=date(2026, 6, 18)))
    office["林知秋"].say("A01 改好了")
    assert office.finding("A02").state == "corrected_claimed"
    assert "A01、A02 称已修改" in office["林知秋"].last.text


def test_received_acknowledges_all_but_what_is_due_today_or_over(office: OfficeAtWork) -> None:
    told(office, hit(ONE), hit(TWO, due=MONDAY))
    office["林知秋"].say("收到")
    found = {office.finding(one).case_no: office.finding(one).state for one in ("A01", "A02")}
    assert found == {ONE.case_no: "acknowledged", TWO.case_no: "sent"}


def test_received_where_everything_is_over_asks_for_each(office: OfficeAtWork) -> None:
    told(office, hit(ONE, due=MONDAY), hit(TWO, due=MONDAY))
    office["林知秋"].say("收到")
    assert "请写明编号逐条答复" in office["林知秋"].last.text


def test_a_statutory_term_is_not_extended_but_the_wish_reaches_the_officer(
    office: OfficeAtWork,
) -> None:
    told(office)
    office["林知秋"].say("A01 系统登不上，能不能缓到周四")
    assert "这是法定期限，本提示不能延长" in office["林知秋"].last.text
    office["陆明远"].say("/待复核")
    assert "A01" in office["陆明远"].last.text
    assert "请求缓至6月18日" in office["陆明远"].last.text


def test_a_promise_is_reminded_of_on_its_day(office: OfficeAtWork) -> None:
    told(office, hit(ONE, due=date(2026, 6, 30)))
    office["林知秋"].say("A01 知道了，明天上班就弄")
    assert "6月16日再提示您" in office["林知秋"].last.text
    office.at(MONDAY + days(1))
    assert office.sweep() == ["reminder"]
    assert office["林知秋"].last.text.startswith("A01 审查逮捕 尾号001：您6月15日答复6月16日办理")


def test_a_kept_promise_is_not_reminded_of(office: OfficeAtWork) -> None:
    told(office, hit(ONE, due=date(2026, 6, 30)))
    office["林知秋"].say("A01 知道了，明天上班就弄")
    office["林知秋"].say("A01 改好了")
    office.at(MONDAY + days(1))
    office.sweep()
    assert office.acts("reminder_withheld")[0]["data"]["why"] == "answered_since"


def test_a_promise_taken_back_is_not_reminded_of(office: OfficeAtWork) -> None:
    told(office, hit(ONE, due=date(2026, 6, 30)))
    office["林知秋"].say("A01 知道了，明天上班就弄")
    office["林知秋"].press("记错了")
    office.at(MONDAY + days(1))
    office.sweep()
    assert office.acts("reminder_withheld")[0]["data"]["why"] == "withdrawn"


def test_the_assistant_gets_a_copy_of_what_is_left_to_him(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("A01 让程小满改吧")
    assert office["程小满"].last.text.startswith("林知秋请您协助办理：\nA01 期限届满提示")
    assert "承办检察官仍为责任人" in office["林知秋"].last.text
    assert "A01" in office["程小满"].press("A01")


def test_a_copy_for_somebody_who_may_not_see_the_case_is_not_sent(office: OfficeAtWork) -> None:
    other = card(1, 检察官助理="旁人")
    office.export(hit(other), cards=[other])
    office.morning()
    office["林知秋"].say("A01 让程小满改吧")
    assert office["程小满"].messages == []
    assert len(office.acts("delegation_not_sent")) == 1


def test_a_wrong_person_goes_to_the_officer(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("A01 这案子转给许望舒了，发错人了")
    assert office.finding("A01").state == "forwarded"
    office["陆明远"].say("/待复核")
    assert "称非本人承办" in office["陆明远"].last.text


def test_a_name_is_bound_first_then_taken_out_of_the_chat(office: OfficeAtWork) -> None:
    told(office)
    written = office["林知秋"].say("甄某2那个已经改好了")
    assert office.finding("A02").state == "corrected_claimed"
    assert office["林知秋"].removed == [written]
    assert "已从聊天中移除" in office["林知秋"].last.text
    assert all("甄某2" not in text for text in office["林知秋"].texts)


def test_an_identity_number_is_taken_out_of_the_chat(office: OfficeAtWork) -> None:
    told(office)
    written = office["林知秋"].say("A02 说明：证件号 11010519491231002X")
    assert office["林知秋"].removed == [written]


def test_names_stay_on_a_cleared_door(intranet: OfficeAtWork) -> None:
    told(intranet)
    intranet["林知秋"].say("甄某2那个已经改好了")
    assert intranet["林知秋"].removed == []


def test_nobody_answers_for_a_case_that_is_not_his(office: OfficeAtWork) -> None:
    told(office)
    office["许望舒"].say("A01 改好了")
    assert office.finding("A01").state == "sent"


def test_the_head_answers_what_came_to_him(office: OfficeAtWork) -> None:
    lost = card(1, prosecutor="苏未名")
    office.export(hit(lost), cards=[lost])
    office.morning()
    office["顾长青"].say("A01 说明：承办人外出培训")
    assert office.finding("A01").state == "explained"


def test_the_assistant_may_answer_for_his_prosecutor(office: OfficeAtWork) -> None:
    told(office)
    office["程小满"].say("A01 改好了")
    assert office.finding("A01").state == "corrected_claimed"


def test_an_objection_is_left_in_peace(office: OfficeAtWork) -> None:
    told(office, hit(ONE, due=date(2026, 6, 24)))
    office["林知秋"].say("A01 这条我不认可，强制措施是公安办的")
    assert office.finding("A01").state == "objected"
    office.at(MONDAY + days(7))
    office.morning()
    assert len(office["林知秋"].of_kind("digest")) == 1


def test_an_answer_given_before_the_digest_came_is_no_answer(office: OfficeAtWork) -> None:
    office.export(card_entry(ONE), cards=[ONE])
    office["林知秋"].say("A01 改好了")
    assert office.finding("A01").state == "queued"


def test_a_custody_term_due_today_is_not_acknowledged_by_a_thumb(office: OfficeAtWork) -> None:
    told(office, hit(ONE), hit(TWO, due=MONDAY, term=in_custody(MONDAY)))
    office["林知秋"].react("👍", office["林知秋"].last)
    states = {office.finding(one).case_no: office.finding(one).state for one in ("A01", "A02")}
    assert states == {ONE.case_no: "acknowledged", TWO.case_no: "sent"}
    assert "今日届满或已超期，请逐条答复" in office["林知秋"].last.text


def test_another_reaction_says_nothing(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].react("🎉", office["林知秋"].last)
    assert office.finding("A01").state == "sent"
    assert office.acts("reacted")[0]["data"]["counts"] is False


def test_the_moment_of_an_answer_stands_with_it(office: OfficeAtWork) -> None:
    told(office)
    office.at(datetime(2026, 6, 15, 9, 12, tzinfo=ZONE))
    office["林知秋"].press("A01")
    office["林知秋"].press("知悉")
    assert office.finding("A01").answered_at == office.now


def test_a_question_that_was_asked_about_gets_the_record_of_the_item(
    office: OfficeAtWork,
) -> None:
    told(office)
    office["林知秋"].say("为啥又提示?上礼拜不是跟你们说过了嘛")
    assert "请问说的是哪一条" in office["林知秋"].last.text
    office["林知秋"].press("A01")
    last = office["林知秋"].last.text
    assert "届满，" in last
    assert "6月15日首次提示，此前没有答复记录；目前已发送，未答复。" in last
    assert office.finding("A01").state == "sent"


def test_a_candidate_that_was_closed_meanwhile_is_told(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("改好了，是5.27")
    office.at(MONDAY + days(7))
    office.export(hit(TWO), cards=[card(1, 审结日期=date(2026, 6, 16)), TWO])
    assert office["林知秋"].press("A01") == "A01 已销号，无需答复"


def test_an_older_claim_taken_back_leaves_the_newer_one(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("A01 说明：在等鉴定")
    first = office["林知秋"].last
    office["林知秋"].say("A01 改好了")
    office["林知秋"].press("记错了", first)
    assert office.finding("A01").state == "corrected_claimed"


def test_a_received_never_takes_back_something_stronger(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("A01 改好了")
    office["林知秋"].say("A01 收到")
    assert office.finding("A01").state == "corrected_claimed"


def test_nobody_takes_back_what_another_said(office: OfficeAtWork) -> None:
    told(office)
    office["程小满"].say("A01 改好了")
    confirmation = office["程小满"].last
    token = confirmation.buttons["记错了，撤回"]
    assert office["林知秋"].press_token(token, confirmation) == "这个按钮不是发给您的"
    assert office.finding("A01").state == "corrected_claimed"
