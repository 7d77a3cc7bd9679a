from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers import daily
from storage import people
from tests.support.office_cards import MONDAY, OFFICE, SECOND, card, card_entry, days, hit
from tests.support.office_desk import PEOPLE

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone

ONE, TWO, THREE = card(1), card(2), card(3, prosecutor="许望舒")


@pytest.fixture
def officer(office: OfficeAtWork) -> Phone:
    office.export(
        card_entry(ONE), card_entry(TWO), card_entry(THREE, "other"), cards=[ONE, TWO, THREE]
    )
    office["陆明远"].say("/待审")
    return office["陆明远"]


def states(office: OfficeAtWork) -> list[str]:
    return [office.finding(number).state for number in ("A01", "A02", "A03")]


def test_an_empty_queue_says_so(office: OfficeAtWork) -> None:
    office["陆明远"].say("/待审")
    assert office["陆明远"].last.text == "没有待审的问题。"


def test_the_queue_shows_what_waits_and_what_can_be_done(
    office: OfficeAtWork, officer: Phone
) -> None:
    assert "待审 3 条，本规则 2 条" in officer.last.text
    assert list(officer.last.buttons) == [
        "确认",
        "本规则全部确认",
        "不属问题",
        "仅记录",
        "口头提示",
        "通知书",
        "通知书并报检察长",
        "列为存量",
        "下一条",
        "全部发出",
    ]
    assert states(office) == ["queued"] * 3


def test_confirming_lets_one_out_and_shows_the_next(office: OfficeAtWork, officer: Phone) -> None:
    assert officer.press("确认") == "A01 已放行，属案卡填录，随周一的提示发出"
    assert states(office) == ["new", "queued", "queued"]
    assert "待审 2 条" in officer.last.text


def test_confirming_a_rule_lets_all_of_it_out(office: OfficeAtWork, officer: Phone) -> None:
    officer.press("本规则全部确认")
    assert states(office) == ["new", "new", "queued"]


def test_sending_all_sends_now_one_message_a_person(office: OfficeAtWork, officer: Phone) -> None:
    assert officer.press("全部发出") == "已放行 3 条，正在发给 2 人"
    assert len(office["林知秋"].of_kind("digest")) == len(office["许望舒"].of_kind("digest")) == 1
    assert officer.last.text.endswith("待审已全部处理完毕。")


def test_what_was_sent_at_once_is_not_said_again_in_the_days_digest(
    office: OfficeAtWork, officer: Phone
) -> None:
    officer.press("全部发出")
    office.morning()
    assert len(office["林知秋"].of_kind("digest")) == 1


def test_dropping_takes_a_reason_from_buttons(office: OfficeAtWork, officer: Phone) -> None:
    officer.press("不属问题")
    assert "系统或导出原因" in officer.last.buttons
    officer.press("系统或导出原因")
    assert office.finding("A01").closed_as == "dropped"
    assert office.acts("finding_closed")[0]["data"]["reason"] == "系统或导出原因"


def test_asking_for_reasons_decides_nothing(office: OfficeAtWork, officer: Phone) -> None:
    officer.press("不属问题")
    officer.press("返回")
    assert "A01" in officer.last.text
    assert states(office) == ["queued"] * 3


def test_the_next_item_is_shown_without_deciding(office: OfficeAtWork, officer: Phone) -> None:
    officer.press("下一条")
    assert "A02 数据核对提示" in officer.last.text
    officer.press("下一条")
    assert "A03 数据核对提示" in officer.last.text
    officer.press("下一条")
    assert "A01 数据核对提示" in officer.last.text
    assert states(office) == ["queued"] * 3


def test_shelved_items_are_counted_apart_and_not_sent(office: OfficeAtWork, officer: Phone) -> None:
    officer.press("列为存量")
    assert "待审 2 条" in officer.last.text
    office.morning()
    assert "已列存量 1 条，另计。" in officer.last.text
    assert office["林知秋"].messages == []


def test_the_baseline_of_a_rule_is_shelved_at_once(office: OfficeAtWork) -> None:
    office.export(card_entry(ONE), card_entry(TWO), cards=[ONE, TWO], baseline=True)
    office["陆明远"].say("/待审")
    office["陆明远"].press("本规则列为存量")
    assert office["陆明远"].last.text.endswith("待审已全部处理完毕。")


def test_a_second_press_on_a_decision_changes_nothing(office: OfficeAtWork, officer: Phone) -> None:
    token, message = officer.last.buttons["确认"], officer.last
    officer.press_token(token, message)
    toast = officer.press_token(token, message)
    assert toast == "已于 6月15日 08:30 由陆明远记录，无需重复操作"
    assert len(office.acts("finding_released")) == 1


def test_another_officer_is_told_who_decided(office: OfficeAtWork, officer: Phone) -> None:
    office["沈一鸣"].say("/待审")
    officer.press("确认")
    assert office["沈一鸣"].press("确认") == "A01 已于 6月15日 08:30 由陆明远记录，无需重复操作"


@pytest.fixture
def own_case(office: OfficeAtWork) -> Phone:
    """The officer turns out to handle the first case himself."""
    mine = card(1, prosecutor="陆明远")
    office.export(card_entry(mine), card_entry(TWO), cards=[mine, TWO])
    office["陆明远"].say("/待审")
    return office["陆明远"]


def test_nobody_lets_out_a_finding_in_his_own_case(office: OfficeAtWork, own_case: Phone) -> None:
    own = next(n for n in ("A01", "A02") if office.finding(n).prosecutor == "陆明远")
    while f"{own} 数据核对" not in own_case.last.text:
        own_case.press("下一条")
    assert own_case.press("确认").startswith("本人承办的案件须由他人审核")
    assert own_case.press("列为存量").startswith("本人承办的案件须由他人审核")
    assert office.finding(own).state == "queued"
    assert office.acts("press_refused")[0]["data"]["why"] == "release"


def test_sending_all_leaves_the_officers_own_cases(office: OfficeAtWork, own_case: Phone) -> None:
    assert own_case.press("全部发出").endswith("1 条系本人承办，须由他人审核")
    assert sorted(states_of(office)) == ["queued", "sent"]


def states_of(office: OfficeAtWork) -> list[str]:
    return [office.finding(number).state for number in ("A01", "A02")]


def answered(office: OfficeAtWork, text: str = "A01 说明：案卡填的是决定日") -> Phone:
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    office["林知秋"].say(text)
    office["陆明远"].say("/待复核")
    return office["陆明远"]


def test_answers_wait_for_review_with_what_was_said(office: OfficeAtWork) -> None:
    officer = answered(office)
    said = office.acts("said")[0]["seq"]
    assert "待复核 1 条" in officer.last.text
    assert f"6月15日 A01 说明（流水第 {said} 号）" in officer.last.text
    assert "案卡填的是决定日" not in officer.last.text


def test_a_cleared_door_shows_the_words_themselves(intranet: OfficeAtWork) -> None:
    assert "案卡填的是决定日" in answered(intranet).last.text


def test_closing_after_checking_tells_the_prosecutor(office: OfficeAtWork) -> None:
    answered(office).press("核实销号")
    assert office.finding("A01").closed_as == "accepted"
    assert office["林知秋"].last.text == "A01 已由案管核实销号，谢谢配合。"


def test_what_the_officer_closed_does_not_return_with_the_same_values(
    office: OfficeAtWork,
) -> None:
    answered(office).press("核实销号")
    assert office.patrol(hit(ONE), hit(TWO), cards=[ONE, TWO]).made == ()


def test_an_accepted_explanation_does_not_return(office: OfficeAtWork) -> None:
    answered(office).press("采纳")
    assert office.patrol(hit(ONE), hit(TWO), cards=[ONE, TWO]).made == ()
    assert "案卡数据不变的不再提示" in office["林知秋"].last.text


def test_keeping_watch_leaves_the_state(office: OfficeAtWork) -> None:
    officer = answered(office)
    officer.press("继续跟踪")
    assert office.finding("A01").state == "explained"
    assert officer.last.text.endswith("待复核已全部处理完毕。")


def test_asking_for_more_opens_the_item_again(office: OfficeAtWork) -> None:
    answered(office).press("请补充")
    assert office.finding("A01").state == "sent"
    assert "请补充" in office["林知秋"].last.text


def test_a_review_is_done_once(office: OfficeAtWork) -> None:
    officer = answered(office)
    token, message = officer.last.buttons["核实销号"], officer.last
    officer.press_token(token, message)
    assert officer.press_token(token, message).startswith("已于 6月15日 08:30 由陆明远")


def test_nobody_reviews_answers_in_his_own_case(office: OfficeAtWork) -> None:
    both = people.Listed("林知秋", PEOPLE[0].department, ("prosecutor", "officer"))
    office.write(lambda tx: people.keep(tx.session, OFFICE, [both, *PEOPLE[1:]]))
    answered(office)
    office["林知秋"].say("/待复核")
    assert office["林知秋"].press("核实销号").startswith("本人承办的案件须由他人复核")
    assert office.finding("A01").state == "explained"


def test_a_recalled_item_goes_back_to_the_queue_and_the_reader_is_told(
    office: OfficeAtWork,
) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    office["陆明远"].say("/撤回 a01")
    assert (office.finding("A01").state, office.finding("A01").told_at) == ("queued", None)
    assert "A01 的提示发送有误，现予撤回" in office["林知秋"].last.text
    assert len(office.acts("finding_recalled")) == 1


def test_what_was_never_sent_needs_no_recall(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office["陆明远"].say("/撤回 A01")
    assert office["陆明远"].last.text == "A01 尚未发出，无需撤回。"


def test_a_pause_holds_the_digests_and_a_resume_makes_up_for_the_morning(
    office: OfficeAtWork,
) -> None:
    office.export(hit(ONE), cards=[ONE])
    office["陆明远"].say("/暂停")
    office.write(lambda tx: daily.plan_first(tx, office.desk))
    office.sweep()
    assert office["林知秋"].messages == []
    assert office.acts("digest_skipped")[0]["data"]["why"] == "paused"
    office["陆明远"].say("/恢复")
    assert "A01" in office["林知秋"].last.text


def test_answers_to_people_go_out_during_a_pause(office: OfficeAtWork) -> None:
    office["陆明远"].say("/暂停")
    office["林知秋"].say("/帮助")
    assert "您可以" in office["林知秋"].last.text


def test_an_officer_of_another_department_sees_the_queue_of_all(office: OfficeAtWork) -> None:
    other = card(4, prosecutor="叶清和", 承办部门=SECOND)
    office.at(MONDAY + days(1))
    office.export(card_entry(other), cards=[other])
    office["陆明远"].say("待审")
    assert f"{SECOND} 叶清和" in office["陆明远"].last.text


def both_answered(office: OfficeAtWork) -> Phone:
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    office["林知秋"].say("A01 说明：在等鉴定")
    office["林知秋"].say("A02 这条我不认可")
    office["陆明远"].say("/待复核")
    return office["陆明远"]


def test_answers_are_gone_through_one_by_one(office: OfficeAtWork) -> None:
    officer = both_answered(office)
    officer.press("下一条")
    assert "A02 审查逮捕" in officer.last.text
    officer.press("核实销号")
    assert "A01 审查逮捕" in officer.last.text
    assert (office.finding("A01").state, office.finding("A02").state) == ("explained", "closed")


def test_another_officers_review_is_told(office: OfficeAtWork) -> None:
    officer = both_answered(office)
    office["沈一鸣"].say("/待复核")
    officer.press("核实销号")
    for label in ("核实销号", "采纳", "继续跟踪", "请补充"):
        assert office["沈一鸣"].press(label).startswith("A01 已处理过")


def test_nothing_to_review_says_so(office: OfficeAtWork) -> None:
    office["陆明远"].say("/待复核")
    assert office["陆明远"].last.text == "没有待复核的答复。"


def test_keeping_watch_over_an_altered_date_asks_again_at_the_next_export(
    office: OfficeAtWork,
) -> None:
    late = card(1, 审结日期=date(2026, 6, 12))
    over = hit(late, state="overdue", due=date(2026, 6, 9), done=date(2026, 6, 12))
    moved = card(1, 审结日期=date(2026, 6, 9))
    office.export(over, cards=[late])
    office.morning()
    office.export(cards=[moved])
    office["陆明远"].say("/待复核")
    office["陆明远"].press("继续跟踪")
    assert office.finding("A01").date_change is None
    office.export(cards=[moved])
    assert office.finding("A01").date_change is not None


def test_who_cannot_be_told_of_a_review_stands_in_the_ledger(office: OfficeAtWork) -> None:
    officer = answered(office)
    for name in ("林知秋", "顾长青"):
        office["沈一鸣"].say("/帮助")
        officer.say(f"/解绑 {name}")
    officer.say("/待复核")
    officer.press("核实销号")
    assert office.acts("not_told")[0]["data"]["why"] == "nobody_reachable"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/恢复", "没有暂停，发送正常。"),
        ("/撤回", "请写明编号，例如：/撤回 A01。"),
        ("/撤回 Z99", "没有编号 Z99。请写明编号，例如：/撤回 A01。"),
    ],
)
def test_a_command_with_nothing_to_do_says_so(office: OfficeAtWork, text: str, said: str) -> None:
    office["陆明远"].say(text)
    assert office["陆明远"].last.text == said


def test_a_pause_is_told_once(office: OfficeAtWork) -> None:
    office["陆明远"].say("/暂停")
    office["陆明远"].say("/暂停")
    assert office["陆明远"].last.text.startswith("已处于暂停状态")
    assert len(office.acts("sending_paused")) == 1
