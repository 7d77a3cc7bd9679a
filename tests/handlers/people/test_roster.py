"""The roster, kept from chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import people
from tests.support.notice_desk import press
from tests.support.office_cards import FIRST, MANAGEMENT, OFFICE, SECOND, card, hit
from tests.support.office_desk import PEOPLE

if TYPE_CHECKING:
    from storage.models.people import Person
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone

OFFICER, CASE_HEAD = "陆明远", "沈一鸣"


def person(office: OfficeAtWork, name: str) -> Person:
    found = office.read(
        lambda session: [one for one in people.everybody(session, OFFICE) if one.name == name]
    )
    assert len(found) == 1
    return found[0]


def opened(office: OfficeAtWork, name: str, by: str = OFFICER) -> Phone:
    office[by].say(f"/名册 {name}")
    return office[by]


def test_the_roster_is_read_by_department(office: OfficeAtWork) -> None:
    phone = office[OFFICER]
    phone.say("/名册")
    assert "第一检察部 4 人" in phone.last.text
    press(phone, FIRST)
    assert "程小满 检察官助理 6月15日绑定" in phone.last.text
    press(phone, "程小满")
    assert list(phone.last.buttons) == [
        *("解除绑定", "改身份", "改部门", "协助谁", "停用", "返回"),
    ]


def test_somebody_new_is_added_and_gets_his_code(office: OfficeAtWork) -> None:
    phone = office[OFFICER]
    phone.say("/名册")
    press(phone, "新增人员")
    phone.say("方可")
    press(phone, SECOND)
    press(phone, "承办检察官")
    assert "请核对：第二检察部 方可，承办检察官。" in phone.last.text
    press(phone, "确认新增")
    added = person(office, "方可")
    assert (added.department, added.roles, added.account) == (SECOND, ["prosecutor"], None)
    assert "未绑定" in phone.last.text
    press(phone, "绑定码")
    code = phone.last.text.splitlines()[0].partition("：")[2]
    stranger = office.stranger()
    stranger.say(code)
    assert stranger.last.text.startswith("绑定成功。方可")
    changed = office.acts("roster_changed")[0]["data"]
    assert (changed["what"], changed["after"]) == ("added", {"roles": ["prosecutor"]})


def test_a_department_that_is_not_there_yet_is_typed(office: OfficeAtWork) -> None:
    phone = opened(office, "林知秋")
    press(phone, "改部门")
    press(phone, "其他部门")
    phone.say("未成年人检察部")
    assert person(office, "林知秋").department == "未成年人检察部"
    assert "您的部门已改为：未成年人检察部" in office["林知秋"].last.text


@pytest.mark.parametrize("typed", ["", "方 可", "方" * 21])
def test_what_is_no_name_is_asked_for_again(office: OfficeAtWork, typed: str) -> None:
    phone = office[OFFICER]
    phone.say("/名册")
    press(phone, "新增人员")
    phone.say(typed or "　")
    phone.say("方可")
    assert "方可在哪个部门？" in phone.last.text


def test_roles_are_ticked_then_confirmed_and_the_person_is_told(office: OfficeAtWork) -> None:
    phone = opened(office, "林知秋")
    press(phone, "改身份")
    press(phone, "部门负责人")
    assert "承办检察官、部门负责人\n原为：承办检察官" in phone.last.text
    assert person(office, "林知秋").roles == ["prosecutor"]
    press(phone, "确认")
    assert person(office, "林知秋").roles == ["prosecutor", "head"]
    assert "您的身份已改为：承办检察官、部门负责人" in office["林知秋"].last.text
    assert office[CASE_HEAD].messages == []


def test_the_case_head_hears_of_who_decides_for_the_office(office: OfficeAtWork) -> None:
    phone = opened(office, "段鸿")
    press(phone, "改身份")
    press(phone, "检察长")
    press(phone, "确认")
    assert office[CASE_HEAD].last.text == ("陆明远更改了人员名册：院领导段鸿，新增：检察长。")


def test_nobody_changes_what_he_is_himself(office: OfficeAtWork) -> None:
    phone = opened(office, OFFICER)
    assert list(phone.last.buttons) == ["返回"]
    other = people.Listed("黎岩", MANAGEMENT, ("officer", "admin"))

    def add(tx: object) -> None:
        kept = people.keep(tx.session, OFFICE, [*PEOPLE, other])  # type: ignore[attr-defined]
        kept[-1].door, kept[-1].account, kept[-1].chat = "phone", "66", "66"

    office.write(add)
    opened(office, "林知秋")
    # a button on somebody else, used for himself: what it is about is looked at when it is pressed
    from storage.models.messages import ButtonRow  # noqa: PLC0415 - only this test looks

    press(phone, "改身份")
    press(phone, "案管负责人")
    token = phone.last.buttons["确认"]

    def turn(tx: object) -> None:
        row = tx.session.get(ButtonRow, token)  # type: ignore[attr-defined]
        row.data = {**row.data, "person": person(office, OFFICER).id}

    office.write(turn)
    assert "不能更改自己的身份和部门" in phone.press_token(token, phone.last)
    assert person(office, OFFICER).roles == ["officer"]


def test_a_person_keeps_at_least_one_role(office: OfficeAtWork) -> None:
    phone = opened(office, "林知秋")
    press(phone, "改身份")
    press(phone, "✓ 承办检察官")
    assert "至少要有一种身份" in press(phone, "确认")


def test_an_assistants_prosecutor_is_chosen(office: OfficeAtWork) -> None:
    phone = opened(office, "程小满")
    press(phone, "协助谁")
    press(phone, "许望舒")
    assert "程小满 检察官助理 协助许望舒" in phone.last.text
    assert person(office, "程小满").assists_id == person(office, "许望舒").id


def test_who_leaves_is_retired_and_his_items_are_offered(office: OfficeAtWork) -> None:
    office.export(hit(card(1)), cards=[card(1)])
    phone = opened(office, "林知秋")
    press(phone, "停用")
    assert person(office, "林知秋").active
    press(phone, "确认停用")
    gone = person(office, "林知秋")
    assert (gone.active, gone.account) == (False, None)
    assert "林知秋名下未销号 1 条" in phone.last.text
    phone.say("/名册")
    press(phone, "已停用")
    press(phone, "林知秋")
    press(phone, "恢复")
    assert person(office, "林知秋").active


def test_one_of_a_name_in_a_department_is_enough(office: OfficeAtWork) -> None:
    phone = office[OFFICER]
    phone.say("/名册")
    press(phone, "新增人员")
    phone.say("林知秋")
    press(phone, FIRST)
    press(phone, "承办检察官")
    assert "第一检察部已有“林知秋”" in press(phone, "确认新增")


def test_what_the_configuration_says_again_does_not_undo_it(office: OfficeAtWork) -> None:
    phone = opened(office, "林知秋")
    press(phone, "改部门")
    press(phone, SECOND)
    phone.say("/名册")
    press(phone, "新增人员")
    phone.say("方可")
    for label in (SECOND, "承办检察官", "确认新增"):
        press(phone, label)
    office.write(lambda tx: people.keep(tx.session, OFFICE, PEOPLE))
    assert person(office, "林知秋").department == SECOND
    assert person(office, "方可").active
    told = [one for one in PEOPLE if one.name != "林知秋"]
    changed = people.Listed("林知秋", FIRST, ("head",))
    office.write(lambda tx: people.keep(tx.session, OFFICE, [*told, changed]))
    assert (person(office, "林知秋").department, person(office, "林知秋").roles) == (
        FIRST,
        ["head"],
    )


def test_who_is_not_its_keeper_is_refused(office: OfficeAtWork) -> None:
    for name in ("林知秋", CASE_HEAD, "江平"):
        office[name].say("/名册")
        assert "人员名册由流程监控专员或者管理员维护" in office[name].last.text
    assert [one["data"]["act"] for one in office.acts("refused")] == ["keep_roster"] * 3


def test_a_name_nobody_has_is_said(office: OfficeAtWork) -> None:
    phone = opened(office, "王五")
    assert phone.last.text.startswith("名册里没有“王五”。")
