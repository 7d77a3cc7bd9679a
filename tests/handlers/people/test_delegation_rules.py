"""Who may stand in for whom: who says so, on which days, in a chain, never in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import people
from tests.support.notice_desk import press
from tests.support.office_cards import FIRST, MONDAY, OFFICE, SECOND, card, days, hit
from tests.support.office_desk import PEOPLE

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone

ONE = card(1)
LIN, XU, CHENG, HEAD = "林知秋", "许望舒", "程小满", "顾长青"
TUESDAY = MONDAY + days(1)


@pytest.fixture
def working(office: OfficeAtWork) -> OfficeAtWork:
    office.export(hit(ONE), cards=[ONE])
    return office


def arrange(phone: Phone, text: str) -> str:
    phone.say(text)
    return press(phone, "确认")


def reader_of(office: OfficeAtWork, number: str = "A01") -> list[str]:
    """Return whose digest of the next morning holds an item."""
    for phone in office.phones.values():
        phone.clear()
    office.at(TUESDAY)
    office.morning()
    return [
        name
        for name, phone in office.phones.items()
        if any(number in one.text for one in phone.of_kind("digest"))
    ]


def test_where_the_stand_in_is_away_himself_the_next_one_takes_it(working: OfficeAtWork) -> None:
    arrange(working[XU], "请假到周四，叶清和代")
    working[LIN].say("请假到周四，许望舒代")
    assert "许望舒本人6月15日至18日也请假，其间由叶清和代理。" in working[LIN].last.text
    press(working[LIN], "确认")
    assert reader_of(working) == ["叶清和"]
    working["叶清和"].say("A01 收到")
    assert working.acts("answer_recorded")[-1]["data"]["for"] == "person:1"


def test_a_circle_is_refused_with_one_sentence_that_names_it(working: OfficeAtWork) -> None:
    arrange(working[LIN], "请假到周四，许望舒代")
    arrange(working[XU], "请假到周四，程小满代")
    working[CHENG].say("请假到周四，林知秋代")
    assert working[CHENG].last.text == (
        "程小满→林知秋→许望舒→程小满，代理成环，无人办理，请另选一位。"
    )
    assert len(working.acts("stand_in_arranged")) == 2


def test_where_the_days_do_not_meet_it_is_no_circle(working: OfficeAtWork) -> None:
    arrange(working[LIN], "6月15日请假，许望舒代")
    arrange(working[XU], "6月16日到17日请假，林知秋代")
    assert len(working.acts("stand_in_arranged")) == 2


def test_a_circle_that_begins_only_later_is_found(working: OfficeAtWork) -> None:
    arrange(working[XU], "6月18日请假，林知秋代")
    working[LIN].say("6月15日到18日请假，许望舒代")
    assert "代理成环" in working[LIN].last.text


def test_two_stand_ins_on_one_day_are_refused(working: OfficeAtWork) -> None:
    arrange(working[LIN], "请假到周四，许望舒代")
    working[LIN].say("6月17日到22日请假，程小满代")
    assert working[LIN].last.text == (
        "林知秋6月15日至18日已由许望舒代理，请先发送 /代理 结束原来的，或者延长。"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("请假到周四，林知秋代", "代理人不能是本人"),
        ("6月1日到3日请假，许望舒代", "6月3日已经过去"),
        ("请假到2028年1月1日，许望舒代", "一次代理最长一年"),
        ("请假到周四，由王五代", "人员名册里没有“王五”"),
        ("请假到周四，白鹭代", "白鹭的身份不能代理林知秋的工作"),
    ],
)
def test_what_makes_no_leave_is_one_sentence(working: OfficeAtWork, text: str, said: str) -> None:
    working[LIN].say(text)
    assert said in working[LIN].last.text
    assert working.acts("stand_in_arranged") == []


def test_who_is_not_bound_cannot_stand_in(working: OfficeAtWork) -> None:
    working["陆明远"].say("/解绑 许望舒")
    working[LIN].say("请假到周四，许望舒代")
    assert "许望舒尚未绑定或者无法送达，不能代理" in working[LIN].last.text


def test_a_missing_name_and_a_missing_day_are_chosen_with_buttons(working: OfficeAtWork) -> None:
    phone = working[LIN]
    phone.say("请假")
    assert phone.last.text == "您由谁代理？"
    assert list(phone.last.buttons)[:2] == [CHENG, XU]
    press(phone, XU)
    assert "到哪一天（含当日）？" in phone.last.text
    press(phone, "其他日期")
    phone.say("6月18日")
    assert "林知秋6月15日至18日（周一至周四）请假，由许望舒代理。" in phone.last.text
    press(phone, "改日期")
    press(phone, "6月19日 周五")
    press(phone, "换人")
    press(phone, "其他人员")
    phone.say("程小满")
    press(phone, "确认")
    made = working.acts("stand_in_arranged")[0]["data"]
    assert (made["stand_in"], made["last"]) == ("person:3", "2026-06-19")


def test_the_assistant_the_roster_names_comes_before_those_of_the_cards(
    working: OfficeAtWork,
) -> None:
    other = people.Listed("方可", FIRST, ("assistant",))

    def add(tx: object) -> None:
        kept = people.keep(tx.session, OFFICE, [*PEOPLE, other])  # type: ignore[attr-defined]
        kept[-1].door, kept[-1].account, kept[-1].chat = "phone", "77", "77"
        kept[-1].assists_id = kept[0].id

    working.write(add)
    working[LIN].say("请假到周四，助理代")
    assert "由方可代理" in working[LIN].last.text


def test_the_officer_names_a_stand_in_for_somebody_and_all_are_told(working: OfficeAtWork) -> None:
    officer = working["陆明远"]
    officer.say("/代理 林知秋 许望舒 到周四")
    press(officer, "确认")
    assert "您6月15日至18日请假，由许望舒代理" in working[LIN].last.text
    assert "由您代理：承办案件" in working[XU].last.text
    assert "现有未销号 1 条：A01" in working[XU].last.text
    assert reader_of(working) == [XU]


def test_the_head_names_one_for_his_own_department_only(working: OfficeAtWork) -> None:
    arrange(working[HEAD], "林知秋请假到周四，由许望舒代")
    working[HEAD].say("/代理 叶清和 许望舒 到周四")
    assert "由流程监控专员或者本部门负责人办理" in working[HEAD].last.text
    working[XU].say("/代理 林知秋 许望舒 到周四")
    assert "由流程监控专员或者本部门负责人办理" in working[XU].last.text
    refused = [one["data"]["act"] for one in working.acts("refused")]
    assert refused == ["arrange_stand_in", "arrange_stand_in"]


def test_who_decides_for_the_office_names_his_stand_in_himself(working: OfficeAtWork) -> None:
    working["陆明远"].say("/代理 江平 段鸿 到周四")
    assert working["陆明远"].last.text.startswith("江平的代理人由本人指定")
    arrange(working["江平"], "出差到周四，段鸿代")
    assert working.acts("stand_in_arranged")[0]["data"]["roles"] == ["chief"]


def test_nobody_gives_himself_a_role_by_standing_in(working: OfficeAtWork) -> None:
    both = people.Listed("陆明远", "案件管理办公室", ("officer", "assistant"))
    others = [one for one in PEOPLE if one.name != "陆明远"]
    working.write(lambda tx: people.keep(tx.session, OFFICE, [both, *others]))
    working["陆明远"].say("/代理 林知秋 陆明远 到周四")
    assert "不能把自己指定为林知秋的代理人" in working["陆明远"].last.text


def test_what_the_stand_in_may_not_do_stays_and_is_said(working: OfficeAtWork) -> None:
    both = people.Listed(LIN, FIRST, ("prosecutor", "head"))
    working.write(lambda tx: people.keep(tx.session, OFFICE, [both, *PEOPLE[1:]]))
    working[LIN].say("请假到周四，程小满代")
    assert "程小满不能代理、仍由本人办理：部门负责人的签收、签署" in working[LIN].last.text


def test_extended_and_ended_by_button(working: OfficeAtWork) -> None:
    phone = working[LIN]
    arrange(phone, "请假到周四，许望舒代")
    phone.say("/代理")
    assert press(phone, "延长一周") == "已改到6月25日"
    assert "代理的时间改到6月25日" in working[XU].last.text
    press(phone, "改到其他日期")
    phone.say("6月17日")
    assert "已改到6月17日" in phone.last.text
    phone.say("/代理")
    assert press(phone, "结束代理") == "代理已结束"
    assert "今后由林知秋本人办理" in working[XU].last.text
    assert reader_of(working) == [LIN]
    changed = [one["data"]["last"] for one in working.acts("stand_in_extended")]
    assert changed == ["2026-06-25", "2026-06-17"]


def test_an_old_button_of_a_delegation_is_answered(working: OfficeAtWork) -> None:
    phone = working[LIN]
    arrange(phone, "请假到周四，许望舒代")
    phone.say("/代理")
    message, tokens = phone.last, dict(phone.last.buttons)
    phone.press_token(tokens["结束代理"], message)
    assert phone.press_token(tokens["结束代理"], message) == "代理已经结束，无需重复操作"
    assert "请发送 /代理 查看" in phone.press_token(tokens["延长一天"], message)


def test_two_of_one_name_are_told_apart_by_department(working: OfficeAtWork) -> None:
    twin = people.Listed(XU, SECOND, ("prosecutor",))

    def add(tx: object) -> None:
        kept = people.keep(tx.session, OFFICE, [*PEOPLE, twin])  # type: ignore[attr-defined]
        kept[-1].door, kept[-1].account, kept[-1].chat = "phone", "78", "78"

    working.write(add)
    working[LIN].say("请假到周四，许望舒代")
    assert list(working[LIN].last.buttons)[:2] == [f"许望舒（{FIRST}）", f"许望舒（{SECOND}）"]


def test_who_only_reads_has_nothing_to_leave_to_another(working: OfficeAtWork) -> None:
    working["白鹭"].say("请假到周四，许望舒代")
    working["白鹭"].say("/代理")
    assert "不在您的权限内" in working["白鹭"].last.text
    assert working.acts("stand_in_arranged") == []
