from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from storage import people
from tests.support.office_cards import OFFICE, card, card_entry, hit
from tests.support.office_desk import PEOPLE
from tests.support.office_phones import DOOR

if TYPE_CHECKING:
    from knowledge.cards import Card
    from knowledge.rules.model import Hit
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone

ONE, TWO = card(1), card(2)


def over(of: Card, **changed: Any) -> Hit:
    """Return a statutory term of a card that is over and not met."""
    return hit(of, **{"state": "overdue", "due": date(2026, 6, 9), **changed})


def accepted(office: OfficeAtWork) -> Phone:
    """The first of two contradictions was explained, and the explanation accepted."""
    office.export(over(ONE), over(TWO), cards=[ONE, TWO])
    office.morning()
    office["林知秋"].say("A01 说明：在等鉴定")
    office["陆明远"].say("/待复核")
    office["陆明远"].press("采纳")
    office["陆明远"].clear()
    return office["陆明远"]


def test_what_was_accepted_does_not_come_back_with_the_same_values(office: OfficeAtWork) -> None:
    accepted(office)
    assert office.patrol(over(ONE), over(TWO), cards=[ONE, TWO]).made == ()


def test_it_comes_back_once_a_value_changes(office: OfficeAtWork) -> None:
    accepted(office)
    other = card(1, 受理日期=date(2026, 6, 11))
    assert office.patrol(over(other), over(TWO), cards=[other, TWO]).made == ("A01",)


def test_a_column_that_is_new_and_blank_is_no_change(office: OfficeAtWork) -> None:
    accepted(office)
    wider = over(ONE, evidence={**over(ONE).evidence, "完成日期": None})
    assert office.patrol(wider, over(TWO), cards=[ONE, TWO]).made == ()


def test_a_new_blank_column_leaves_an_answer_standing(office: OfficeAtWork) -> None:
    office.patrol(over(ONE), cards=[ONE])
    office.morning()
    office["林知秋"].say("A01 说明：在等鉴定")
    wider = over(ONE, evidence={**over(ONE).evidence, "完成日期": None})
    assert office.patrol(wider, cards=[ONE]).changed == ()
    assert office.finding("A01").state == "explained"


def test_the_list_names_what_is_prompted_no_more(office: OfficeAtWork) -> None:
    officer = accepted(office)
    officer.say("/已核对")
    assert "已核对 1 条，案卡数据不变的不再提示" in officer.last.text
    assert "A01 审查逮捕期限 · 审查逮捕 尾号001（6月15日，采纳说明）" in officer.last.text


def test_one_of_the_list_says_what_would_bring_it_back_without_values_on_an_internet_door(
    office: OfficeAtWork,
) -> None:
    officer = accepted(office)
    officer.say("/已核对")
    officer.press("A01")
    assert "下列栏目有变化时自动重新提示：受理日期、审结日期" in officer.last.text
    assert "6月10日" not in officer.last.text


def test_a_cleared_door_shows_the_values(office: OfficeAtWork) -> None:
    office.desk = replace(office.desk, doors={DOOR: "intranet"})
    officer = accepted(office)
    officer.say("/已核对")
    officer.press("A01")
    assert "受理日期（6月10日）、审结日期（空）" in officer.last.text


def restored(office: OfficeAtWork) -> Phone:
    officer = accepted(office)
    officer.say("/已核对")
    officer.press("A01")
    officer.press("恢复提示")
    return officer


def test_a_restored_one_is_found_again_and_counts_as_no_repetition(office: OfficeAtWork) -> None:
    officer = restored(office)
    assert "下次巡查仍有此情况的，重新列入待审" in officer.last.text
    entry = office.acts("acceptance_withdrawn")[0]
    assert (entry["object"], entry["data"]["closed_as"]) == ("finding:A01", "accepted")
    assert office.patrol(over(ONE), over(TWO), cards=[ONE, TWO]).made == ("A01",)
    assert (office.finding("A01").repeats, office.finding("A01").recurred) == (0, 0)


def test_a_restoring_by_mistake_is_taken_back(office: OfficeAtWork) -> None:
    officer = restored(office)
    officer.press("撤回恢复")
    assert office.patrol(over(ONE), over(TWO), cards=[ONE, TWO]).made == ()
    assert office.finding("A01").closed_as == "accepted"
    assert len(office.acts("acceptance_renewed")) == 1


def test_what_is_back_in_the_queue_is_decided_there(office: OfficeAtWork) -> None:
    officer = restored(office)
    office.patrol(over(ONE, release="review"), over(TWO), cards=[ONE, TWO])
    assert officer.press("撤回恢复") == "A01 已重新列入待审，请发送 /待审 处理"


def test_a_second_press_says_when_and_by_whom(office: OfficeAtWork) -> None:
    officer = accepted(office)
    officer.say("/已核对")
    officer.press("A01")
    token, message = officer.last.buttons["恢复提示"], officer.last
    officer.press_token(token, message)
    assert officer.press_token(token, message).startswith("已于 6月15日 08:30 由陆明远")


def test_it_can_be_accepted_again_after_it_was_restored(office: OfficeAtWork) -> None:
    restored(office)
    office.patrol(over(ONE, release="review"), over(TWO), cards=[ONE, TWO])
    office["陆明远"].say("/待审")
    office["陆明远"].press("不属问题")
    office["陆明远"].press("重复")
    assert office.patrol(over(ONE), over(TWO), cards=[ONE, TWO]).made == ()


def test_nobody_restores_prompts_in_his_own_case(office: OfficeAtWork) -> None:
    accepted(office)
    both = people.Listed("林知秋", PEOPLE[0].department, ("prosecutor", "officer"))
    office.write(lambda tx: people.keep(tx.session, OFFICE, [both, *PEOPLE[1:]]))
    office["林知秋"].say("/已核对")
    office["林知秋"].press("A01")
    assert office["林知秋"].press("恢复提示").startswith("本人承办的案件须由他人恢复提示")
    assert office.acts("acceptance_withdrawn") == []


def test_the_list_is_the_officers(office: OfficeAtWork) -> None:
    office["林知秋"].say("/已核对")
    assert "不在您的权限内" in office["林知秋"].last.text


def test_an_empty_list_says_what_stands_there(office: OfficeAtWork) -> None:
    office["陆明远"].say("/已核对")
    assert office["陆明远"].last.text.startswith("没有已核对的问题。")


def test_a_long_list_is_turned_page_by_page(office: OfficeAtWork) -> None:
    cards = [card(number) for number in range(1, 11)]
    office.export(*(card_entry(one) for one in cards), cards=cards)
    for _ in cards:
        office["陆明远"].say("/待审")
        office["陆明远"].press("不属问题")
        office["陆明远"].press("重复")
    office["陆明远"].say("/已核对")
    assert "已核对 10 条" in office["陆明远"].last.text
    office["陆明远"].press("下一页")
    assert sum(label.startswith("A") for label in office["陆明远"].last.buttons) == 2
    office["陆明远"].press("上一页")
    assert "下一页" in office["陆明远"].last.buttons
