from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from tests.support.office_cards import MONDAY, card, days, hit
from tests.support.office_desk import ZONE

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Message

ONE, TWO = card(1), card(2)


@pytest.fixture
def digest(office: OfficeAtWork) -> Message:
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    return office["林知秋"].last


def test_an_item_opens_in_place_with_its_steps_and_acts(
    office: OfficeAtWork, digest: Message
) -> None:
    office["林知秋"].press("A01")
    assert digest.edits == 1
    assert "A01 计算步骤：\n    6月10日受理，次日起算" in digest.text
    assert list(digest.buttons) == ["知悉", "已改", "说明", "异议", "非本人", "返回"]


def test_the_way_back_shows_the_digest_as_it_was(office: OfficeAtWork, digest: Message) -> None:
    before = (digest.text, dict(digest.buttons))
    office["林知秋"].press("A01")
    office["林知秋"].press("返回")
    assert (digest.text, digest.buttons) == before


@pytest.mark.parametrize(
    ("label", "state"),
    [
        ("知悉", "acknowledged"),
        ("已改", "corrected_claimed"),
        ("说明", "explained"),
        ("异议", "objected"),
        ("非本人", "forwarded"),
    ],
)
def test_each_act_records_its_state(
    office: OfficeAtWork, digest: Message, label: str, state: str
) -> None:
    office["林知秋"].press("A01")
    office["林知秋"].press(label)
    assert office.finding("A01").state == state
    pressed = office.acts("pressed")[0]["seq"]
    assert f"流水第 {pressed} 号" in digest.text


def test_a_second_press_says_when_and_by_whom(office: OfficeAtWork, digest: Message) -> None:
    office["林知秋"].press("A01")
    token = digest.buttons["知悉"]
    office["林知秋"].press_token(token, digest)
    office.at(datetime(2026, 6, 15, 9, 5, tzinfo=ZONE))
    toast = office["林知秋"].press_token(token, digest)
    assert toast == "已于 6月15日 08:30 由林知秋记录，无需重复操作"
    assert len(office.acts("answer_recorded")) == 1


def test_the_same_act_on_the_item_shown_anew_is_a_second_press_too(
    office: OfficeAtWork, digest: Message
) -> None:
    office["林知秋"].press("A01")
    office["林知秋"].press("知悉")
    assert office["林知秋"].press("知悉") == "已于 6月15日 08:30 由林知秋记录，无需重复操作"
    assert digest.edits == 2


def test_after_new_values_the_same_act_counts_again(office: OfficeAtWork, digest: Message) -> None:
    office["林知秋"].press("A01")
    office["林知秋"].press("知悉", digest)
    other = card(1, 受理日期=date(2026, 6, 11))
    office.patrol(hit(other, due=date(2026, 6, 18)), hit(TWO), cards=[other, TWO])
    assert office["林知秋"].press("知悉").startswith("已记录")


def test_what_was_pressed_can_be_taken_back(office: OfficeAtWork, digest: Message) -> None:
    office["林知秋"].press("A01")
    office["林知秋"].press("非本人")
    office["林知秋"].press("撤回")
    assert office.finding("A01").state == "sent"
    assert "已撤回上述记录" in digest.text


def test_what_the_officer_has_reviewed_cannot_be_taken_back(
    office: OfficeAtWork, digest: Message
) -> None:
    office["林知秋"].press("A01")
    office["林知秋"].press("说明")
    back = digest.buttons["撤回"]
    office["陆明远"].say("/待复核")
    office["陆明远"].press("继续跟踪")
    assert office["林知秋"].press_token(back, digest) == "专员已复核，无法再撤回"


def test_a_button_of_a_closed_item_is_answered(office: OfficeAtWork, digest: Message) -> None:
    office["林知秋"].press("A01")
    token = digest.buttons["知悉"]
    office.at(MONDAY + days(7))
    office.export(hit(TWO), cards=[card(1, 审结日期=date(2026, 6, 16)), TWO], day=date(2026, 6, 22))
    assert office["林知秋"].press_token(token, digest) == "A01 已销号，无需答复"


def test_acknowledging_all_reaches_every_part_and_only_once(
    office: OfficeAtWork, digest: Message
) -> None:
    assert office["林知秋"].press("全部知悉") == "已知悉 2 条"
    assert office["林知秋"].press("全部知悉").startswith("已于 6月15日 08:30 由林知秋记录")
    assert digest.kind == "digest"


def test_acknowledging_all_reaches_the_items_of_earlier_messages(office: OfficeAtWork) -> None:
    office.manners(part_length=200)
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    assert len(office["林知秋"].of_kind("digest")) > 1
    assert office["林知秋"].press("全部知悉") == "已知悉 2 条"


def test_a_thumb_on_any_part_is_for_the_whole_digest(office: OfficeAtWork) -> None:
    office.manners(part_length=200)
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    office["林知秋"].react("👍", office["林知秋"].of_kind("digest")[0])
    assert office.finding("A02").state == "acknowledged"


def test_a_thumb_on_an_opened_item_is_for_that_item(office: OfficeAtWork, digest: Message) -> None:
    office["林知秋"].press("A01")
    office["林知秋"].react("👍", digest)
    assert (office.finding("A01").state, office.finding("A02").state) == ("acknowledged", "sent")


def test_somebody_elses_button_is_refused(office: OfficeAtWork, digest: Message) -> None:
    toast = office["许望舒"].press_token(digest.buttons["A01"], digest)
    assert toast == "这个按钮不是发给您的"
    assert office.acts("press_refused")[0]["data"]["why"] == "not_addressee"


def test_an_invented_token_is_answered(office: OfficeAtWork, digest: Message) -> None:
    assert "已失效" in office["林知秋"].press_token("invented", digest)
    assert len(office.acts("press_unknown")) == 1


def test_an_item_that_moved_away_is_no_longer_shown(office: OfficeAtWork, digest: Message) -> None:
    moved = card(1, prosecutor="许望舒", 检察官助理=None)
    office.patrol(hit(moved), hit(TWO), cards=[moved, TWO])
    toast = office["林知秋"].press_token(digest.buttons["A01"], digest)
    assert toast.startswith("这一条不是您承办的案件")
    assert office.acts("press_refused")[0]["data"]["why"] == "see_item"


def test_what_was_read_out_is_confirmed_with_one_tap(office: OfficeAtWork, digest: Message) -> None:
    office["林知秋"].say("A02 改好了，审结日期5.27")
    assert office["林知秋"].press("记录无误") == "已确认，谢谢"
    assert office["林知秋"].press("记录无误").startswith("已于 6月15日")
    assert digest.edits == 0
