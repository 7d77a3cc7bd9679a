"""Cases handed over before the export names the new prosecutor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import people
from tests.support.notice_desk import press
from tests.support.office_cards import MONDAY, OFFICE, card, days, hit
from tests.support.office_desk import PEOPLE

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

LIN, XU, HEAD, OFFICER = "林知秋", "许望舒", "顾长青", "陆明远"
ONE, TWO = card(1), card(2)
TUESDAY = MONDAY + days(1)


@pytest.fixture
def working(office: OfficeAtWork) -> OfficeAtWork:
    """One prosecutor with an open item in each of two cases, told of them."""
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    return office


@pytest.fixture
def handed(working: OfficeAtWork) -> OfficeAtWork:
    working[OFFICER].say("/移交 林知秋 许望舒 全部")
    press(working[OFFICER], "确认移交")
    return working


def readers(office: OfficeAtWork) -> dict[str, str]:
    """Return the digests of the next morning."""
    for phone in office.phones.values():
        phone.clear()
    office.at(office.now.date() + days(1))
    office.morning()
    return {
        name: "\n".join(one.text for one in phone.of_kind("digest"))
        for name, phone in office.phones.items()
        if phone.of_kind("digest")
    }


def test_a_confirmation_tapped_after_cancelling_hands_nothing_over(working: OfficeAtWork) -> None:
    working[OFFICER].say("/移交 林知秋 许望舒 1号")
    preview = working[OFFICER].last
    confirm = preview.buttons["确认移交"]
    press(working[OFFICER], "取消")
    assert working[OFFICER].press_token(confirm, preview).startswith("刚才已取消")
    assert working.acts("case_handed_over") == []


def test_one_case_is_handed_over_after_a_preview(working: OfficeAtWork) -> None:
    working[OFFICER].say("/移交 林知秋 许望舒 1号")
    preview = working[OFFICER].last.text
    assert "林知秋承办的案件 1 件、未销号 1 条移交许望舒接办：" in preview
    assert "A01 审查逮捕 尾号001" in preview
    assert "甄某" not in preview
    assert working.acts("case_handed_over") == []
    press(working[OFFICER], "确认移交")
    assert "移交您接办，未销号 1 条：A01" in working[XU].last.text
    assert "A01 的案件已移交许望舒接办" in working[LIN].last.text
    told = readers(working)
    assert "A01" in told[XU]
    assert "本案承办检察官已变更，此前已于6月15日提示过" in told[XU]
    assert "A01" not in told[LIN]
    assert "A02" in told[LIN]


def test_everything_is_chosen_with_buttons(working: OfficeAtWork) -> None:
    officer = working[OFFICER]
    officer.say("/移交")
    assert press(officer, "林知秋（2 条）") == LIN
    assert "名下未销号 2 条、案件 2 件，由谁接办" in officer.last.text
    press(officer, XU)
    assert list(officer.last.buttons) == ["全部", "尾号001", "尾号002"]
    press(officer, "尾号002")
    assert press(officer, "确认移交") == "已移交许望舒 1 件"
    assert working.acts("case_handed_over")[0]["data"]["findings"] == ["A02"]


def test_the_new_prosecutor_answers_and_the_old_one_no_longer(handed: OfficeAtWork) -> None:
    handed[XU].say("A01 收到")
    assert handed.finding("A01").state == "acknowledged"
    handed[LIN].say("/我的")
    assert "您目前没有待处理的问题" in handed[LIN].last.text
    message = handed[LIN].of_kind("digest")[0]
    assert "这一条不是您承办的案件" in handed[LIN].press("A02", message)


def test_a_new_item_of_the_case_goes_to_the_new_prosecutor_too(handed: OfficeAtWork) -> None:
    handed.patrol(hit(ONE), hit(TWO), hit(ONE, "other-term"), cards=[ONE, TWO])
    told = readers(handed)
    assert "A03" in told[XU]
    assert LIN not in told


def test_the_export_that_names_the_new_one_changes_nothing_else(handed: OfficeAtWork) -> None:
    handed[XU].say("A01 说明：已请示")
    handed.at(TUESDAY)
    renamed = [card(1, prosecutor=XU), card(2, prosecutor=XU)]
    handed.export(*(hit(one) for one in renamed), cards=renamed)
    assert handed.finding("A01").state == "explained"
    ended = [one["data"]["why"] for one in handed.acts("handover_ended")]
    assert ended == ["export", "export"]
    assert list(readers(handed)) == [XU]


def test_the_export_that_names_a_third_one_says_otherwise(handed: OfficeAtWork) -> None:
    handed.at(TUESDAY)
    third = [card(1, prosecutor="叶清和"), card(2)]
    handed.export(*(hit(one) for one in third), cards=third)
    told = readers(handed)
    assert "A01" in told["叶清和"]
    assert "A01" not in told[XU]
    assert "A02" in told[XU]


def test_a_case_given_back_by_the_export_does_not_wake_the_old_handover(
    handed: OfficeAtWork,
) -> None:
    for number, name in ((1, XU), (2, LIN)):
        handed.at(MONDAY + days(number))
        cards = [card(1, prosecutor=name), card(2, prosecutor=name)]
        handed.export(*(hit(one, due=MONDAY + days(9)) for one in cards), cards=cards)
    assert list(readers(handed)) == [LIN]


def test_it_is_taken_back_and_both_are_told(handed: OfficeAtWork) -> None:
    assert press(handed[OFFICER], "撤销移交") == "移交已撤销"
    assert "的移交已撤销，仍由林知秋承办" in handed[XU].last.text
    assert "的移交已撤销，仍由林知秋承办" in handed[LIN].last.text
    assert list(readers(handed)) == [LIN]
    assert len(handed.acts("handover_undone")) == 2


def test_taking_back_twice_is_answered(handed: OfficeAtWork) -> None:
    message = handed[OFFICER].last
    token = message.buttons["撤销移交"]
    handed[OFFICER].press_token(token, message)
    assert "移交已经撤销" in handed[OFFICER].press_token(token, message)


def test_who_took_over_may_hand_on(handed: OfficeAtWork) -> None:
    handed[OFFICER].say("/移交 许望舒 叶清和 1号")
    press(handed[OFFICER], "确认移交")
    told = readers(handed)
    assert "A01" in told["叶清和"]
    assert "A02" in told[XU]


def test_the_head_hands_over_in_his_own_department_only(working: OfficeAtWork) -> None:
    working[HEAD].say("/移交 林知秋 许望舒 全部")
    press(working[HEAD], "确认移交")
    assert len(working.acts("case_handed_over")) == 2
    own = card(7, prosecutor="叶清和", 承办部门="第二检察部")
    working.export(hit(own), cards=[own])
    working[HEAD].say("/移交 叶清和 许望舒 全部")
    assert "案件移交由承办人以外的流程监控专员或者本部门负责人登记" in working[HEAD].last.text
    working[LIN].say("/移交 林知秋 许望舒 全部")
    assert working.acts("refused")[-1]["data"]["act"] == "hand_over"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/移交 林知秋 程小满 全部", "程小满不是承办检察官，不能接办"),
        ("/移交 林知秋 林知秋 全部", "就是原承办检察官"),
        ("/移交 林知秋 许望舒 99号", "名下没有案号为“99号”的未销号问题"),
        ("/移交 林知秋 王五", "人员名册里没有“王五”"),
        ("/移交 许望舒 林知秋", "许望舒名下没有未销号的问题"),
    ],
)
def test_what_cannot_be_is_one_sentence(working: OfficeAtWork, text: str, said: str) -> None:
    working[OFFICER].say(text)
    assert said in working[OFFICER].last.text
    assert working.acts("case_handed_over") == []


def test_who_is_not_reached_takes_nothing_over(working: OfficeAtWork) -> None:
    working[OFFICER].say("/解绑 许望舒")
    working[OFFICER].say("/移交 林知秋 许望舒 全部")
    assert "许望舒尚未绑定或者无法送达，不能接办" in working[OFFICER].last.text


def test_a_leavers_items_go_to_the_head_until_they_are_handed_over(working: OfficeAtWork) -> None:
    officer = working[OFFICER]
    officer.say("/解绑 林知秋")
    assert "林知秋名下未销号 2 条，移交以前转部门负责人。" in officer.last.text
    offered = officer.last
    assert list(readers(working)) == [HEAD]
    officer.messages.append(offered)
    officer.press("移交案件", offered)
    press(officer, XU)
    press(officer, "全部")
    press(officer, "确认移交")
    assert list(readers(working)) == [XU]


def test_a_leaver_who_is_no_longer_listed_is_handed_over_by_his_name(
    working: OfficeAtWork,
) -> None:
    others = [one for one in PEOPLE if one.name != LIN]
    working.write(lambda tx: people.keep(tx.session, OFFICE, others))
    working[OFFICER].say("/移交 林知秋 许望舒 全部")
    press(working[OFFICER], "确认移交")
    assert list(readers(working)) == [XU]


def test_a_stand_ins_leave_ends_with_his_account(working: OfficeAtWork) -> None:
    working[LIN].say("请假到周五，许望舒代")
    press(working[LIN], "确认")
    working[OFFICER].say("/解绑 许望舒")
    assert "代理人许望舒已解除绑定" in working[LIN].last.text
    assert any("请另行指定代理人" in text for text in working[OFFICER].texts)
    assert working.acts("stand_in_ended")[0]["data"]["how"] == "unbound"
    assert list(readers(working)) == [LIN]


def test_nobody_decides_in_a_case_that_was_his(handed: OfficeAtWork) -> None:
    both = people.Listed(LIN, "第一检察部", ("prosecutor", "officer"))
    handed.write(lambda tx: people.keep(tx.session, OFFICE, [both, *PEOPLE[1:]]))
    handed[LIN].say("/处理 A01")
    assert "本人承办的案件须由他人决定处理方式" in handed[LIN].last.text


def test_nobody_hands_over_his_own_case(working: OfficeAtWork) -> None:
    both = people.Listed(LIN, "第一检察部", ("prosecutor", "officer"))
    working.write(lambda tx: people.keep(tx.session, OFFICE, [both, *PEOPLE[1:]]))
    for text in ("/移交 林知秋 许望舒 全部", "/移交 林知秋"):
        working[LIN].say(text)
        assert "案件移交由承办人以外的流程监控专员" in working[LIN].last.text
    assert working.acts("case_handed_over") == []
    assert working.acts("refused")[-1]["data"]["act"] == "hand_over"
