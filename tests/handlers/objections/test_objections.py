from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import objections, people
from storage.models.messages import ButtonRow
from tests.support.notice_desk import press
from tests.support.office_cards import MONDAY, OFFICE, card, card_entry, days, hit
from tests.support.office_desk import PEOPLE

if TYPE_CHECKING:
    from storage.models.prompts import Objection
    from tests.support.office_desk import OfficeAtWork

ONE, TWO = card(1), card(2)


@pytest.fixture
def objected(office: OfficeAtWork) -> OfficeAtWork:
    """The prosecutor objects by button to an open term and says why."""
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    phone = office["林知秋"]
    press(phone, "A01")
    press(phone, "异议")
    press(phone, "期限计算有误")
    press(phone, "《刑诉规则》第282条")
    return office


def objection(office: OfficeAtWork) -> Objection:
    found = office.read(lambda session: objections.by_id(session, 1))
    assert found is not None
    return found


def rejected(office: OfficeAtWork) -> OfficeAtWork:
    office["陆明远"].say("/待复核")
    press(office["陆明远"], "异议不采纳")
    return office


def at_the_chief(office: OfficeAtWork) -> OfficeAtWork:
    press(rejected(office)["林知秋"], "仍有异议")
    press(office["沈一鸣"], "维持，报检察长决定")
    return office


def test_ground_and_provision_are_asked_for_with_buttons(objected: OfficeAtWork) -> None:
    found = objection(objected)
    assert (found.ground, found.provision, found.stage) == (
        "期限计算有误",
        "《刑诉规则》第282条",
        "officer",
    )
    assert objected.finding("A01").state == "objected"


def test_a_typed_objection_is_its_own_ground(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    office["林知秋"].say("A01 这条我不认可，已经延长过")
    found = objection(office)
    assert found.ground == "A01 这条我不认可，已经延长过"
    assert "依据的条款" in office["林知秋"].last.text
    press(office["林知秋"], "其他条款")
    office["林知秋"].say("刑诉规则第309条")
    assert objection(office).provision == "刑诉规则第309条"
    office["陆明远"].say("/待复核")
    assert "已经延长过" not in office["陆明远"].last.text


def test_the_officer_reads_ground_and_provision(objected: OfficeAtWork) -> None:
    objected["陆明远"].say("/待复核")
    assert "异议理由：期限计算有误；条款：《刑诉规则》第282条" in objected["陆明远"].last.text


def test_an_objection_upheld_closes_and_becomes_an_example(objected: OfficeAtWork) -> None:
    objected["陆明远"].say("/待复核")
    assert press(objected["陆明远"], "异议成立") == "A01 异议成立，已销号"
    assert objected.finding("A01").closed_as == "objection_upheld"
    assert objected.acts("rule_example")[0]["data"]["expected"] == "silent"
    assert objected["林知秋"].last.text == "A01 异议成立，已销号。"
    assert objected.patrol(hit(ONE), cards=[ONE]).made == ()


def test_still_disputed_it_goes_to_the_case_head_and_the_chief_decides(
    objected: OfficeAtWork,
) -> None:
    at_the_chief(objected)
    chief = objected["江平"]
    assert "专员意见：维持" in chief.last.text
    assert "案管负责人意见：维持" in chief.last.text
    assert press(chief, "异议成立") == "A01 异议成立，已销号"
    stages = [one["data"]["stage"] for one in objected.acts("objection_decided")]
    assert stages == ["officer", "case_head", "chief"]


def test_the_chiefs_no_opens_the_item_again(objected: OfficeAtWork) -> None:
    press(at_the_chief(objected)["江平"], "维持")
    assert objected.finding("A01").state == "sent"
    assert objected["林知秋"].last.text == "A01 异议未成立，请继续核对并答复。"
    assert objection(objected).upheld is False


def test_who_accepts_the_officers_view_ends_it(objected: OfficeAtWork) -> None:
    press(rejected(objected)["林知秋"], "接受")
    assert objection(objected).stage == "settled"
    assert objected.finding("A01").state == "sent"


def test_meanwhile_no_alert_is_repeated_but_a_statutory_term_stays_in_sight(
    objected: OfficeAtWork,
) -> None:
    rejected(objected)
    objected["林知秋"].clear()
    objected.at(MONDAY + days(2))
    objected.morning()
    assert "A01 有异议，期限照常计算 · 审查逮捕 尾号001，今日届满" in objected["林知秋"].last.text
    assert "请按期办结" not in objected["林知秋"].last.text


def test_a_disputed_card_entry_is_counted_only(office: OfficeAtWork) -> None:
    office.export(card_entry(ONE, release="auto"), cards=[ONE])
    office.morning()
    office["林知秋"].say("A01 不认可")
    office["林知秋"].clear()
    office.at(MONDAY + days(7))
    office.morning()
    assert office["林知秋"].messages == []


def test_an_old_button_is_answered_with_where_it_stands(objected: OfficeAtWork) -> None:
    at_the_chief(objected)
    chief = objected["江平"]
    message, tokens = chief.last, dict(chief.last.buttons)
    chief.press_token(tokens["维持"], message)
    assert chief.press_token(tokens["异议成立"], message) == "A01 异议已有结论，这个按钮已不适用"
    assert objected.finding("A01").state == "sent"


def test_what_waits_for_a_decision_stands_in_the_list_to_sign(objected: OfficeAtWork) -> None:
    press(rejected(objected)["林知秋"], "仍有异议")
    objected["沈一鸣"].say("/待签")
    assert objected["沈一鸣"].last.text == "待签 1 件：\n异议 A01 · 第一检察部"
    press(objected["沈一鸣"], "异议 A01")
    assert list(objected["沈一鸣"].last.buttons) == ["异议成立", "维持，报检察长决定"]


def test_only_the_chief_settles(objected: OfficeAtWork) -> None:
    at_the_chief(objected)
    token = objected["江平"].last.buttons["异议成立"]
    assert objected["沈一鸣"].press_token(token, objected["江平"].last) == "这个按钮不是发给您的"


def test_a_finding_closed_otherwise_ends_its_objection(objected: OfficeAtWork) -> None:
    objected["陆明远"].say("/待复核")
    press(objected["陆明远"], "核实销号")
    assert objection(objected).stage == "settled"


def test_a_second_answer_on_the_ground_changes_nothing(objected: OfficeAtWork) -> None:
    rows = objected.read(lambda session: session.query(ButtonRow).all())
    ground = next(row.token for row in rows if row.act == "objection_ground")
    said = objected["林知秋"].press_token(ground, objected["林知秋"].last)
    assert said == "A01 异议待专员复核，此项已登记"


def test_where_no_case_head_is_reached_the_officer_is_told(objected: OfficeAtWork) -> None:
    rejected(objected)
    listed = [one for one in PEOPLE if one.name != "沈一鸣"]
    objected.write(lambda tx: people.keep(tx.session, OFFICE, listed))
    press(objected["林知秋"], "仍有异议")
    assert "须报案管负责人，但尚未绑定或无法送达" in objected["陆明远"].last.text


def test_going_on_twice_is_answered(objected: OfficeAtWork) -> None:
    phone = rejected(objected)["林知秋"]
    message, token = phone.last, phone.last.buttons["仍有异议，报案管负责人"]
    phone.press_token(token, message)
    assert phone.press_token(token, message) == "A01 异议待案管负责人提出意见，无需重复操作"
