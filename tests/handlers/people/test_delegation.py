from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers import daily
from tests.support.notice_desk import press
from tests.support.office_cards import card, hit

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

ONE = card(1)
AWAY, STAND_IN = "林知秋", "许望舒"
TUESDAY = date(2026, 6, 16)


@pytest.fixture
def working(office: OfficeAtWork) -> OfficeAtWork:
    """A prosecutor with one open item, on a Monday."""
    office.export(hit(ONE), cards=[ONE])
    return office


def arrange(office: OfficeAtWork, text: str = "请假到周四，许望舒代") -> None:
    office[AWAY].say(text)
    press(office[AWAY], "确认")


def test_a_leave_in_plain_words_is_shown_before_it_holds(working: OfficeAtWork) -> None:
    working[AWAY].say("请假到周四，助理代")
    assert "林知秋6月15日至18日（周一至周四）请假，由程小满代理" in working[AWAY].last.text
    assert working.acts("stand_in_arranged") == []
    press(working[AWAY], "确认")
    entry = working.acts("stand_in_arranged")[0]
    assert entry["data"]["last"] == "2026-06-18"


def test_the_digest_goes_to_the_stand_in_marked_for_whom(working: OfficeAtWork) -> None:
    arrange(working)
    working[STAND_IN].clear()
    working[AWAY].clear()
    working.at(TUESDAY)
    working.morning()
    assert any("A01" in text for text in working[STAND_IN].texts)
    assert any(AWAY in text for text in working[STAND_IN].texts)
    assert not any("A01" in text for text in working[AWAY].texts)


def test_what_the_stand_in_answers_is_recorded_for_whom(working: OfficeAtWork) -> None:
    arrange(working)
    working.at(TUESDAY)
    working.morning()
    working[STAND_IN].say("A01 收到")
    assert working.finding("A01").state == "acknowledged"
    entry = working.acts("answer_recorded")[-1]
    assert "for" in entry["data"]


def test_who_comes_back_early_gets_what_happened_meanwhile(working: OfficeAtWork) -> None:
    arrange(working)
    working.at(TUESDAY)
    working.morning()
    working[STAND_IN].say("A01 收到")
    working.at(date(2026, 6, 17), 10)
    working[AWAY].say("我回来了")
    summary = next(text for text in working[AWAY].texts if "不在，由" in text)
    assert f"至17日不在，由{STAND_IN}代理" in summary
    assert "现有未销号 1 条：A01" in summary
    assert f"{STAND_IN}代您答复 A01：知悉" in summary
    assert len(working.acts("return_summed_up")) == 1


def test_it_ends_by_itself_and_the_morning_after_is_summed_up(working: OfficeAtWork) -> None:
    arrange(working)
    working.at(TUESDAY)
    working.morning()
    # the leave ends on Thursday the 18th; the 19th is 端午, the 22nd the next working day
    working.at(date(2026, 6, 22))
    working.sweep()
    assert any("不在，由" in text for text in working[AWAY].texts)
    working[AWAY].clear()
    working.write(lambda tx: daily.morning(tx, working.desk))
    assert any("A01" in text for text in working[AWAY].texts)


def test_nobody_is_his_own_stand_in_and_a_circle_is_refused(working: OfficeAtWork) -> None:
    working[AWAY].say(f"请假到周四，由{AWAY}代")
    assert working.acts("stand_in_arranged") == []
    arrange(working)
    working[STAND_IN].say(f"请假到周四，由{AWAY}代")
    if "确认" in working[STAND_IN].last.buttons:
        press(working[STAND_IN], "确认")
    assert len(working.acts("stand_in_arranged")) == 1


def test_cancelling_leaves_everything_as_it_is(working: OfficeAtWork) -> None:
    working[AWAY].say("请假到周四，助理代")
    press(working[AWAY], "取消")
    assert working.acts("stand_in_arranged") == []


def test_a_confirmation_tapped_after_cancelling_arranges_nothing(working: OfficeAtWork) -> None:
    working[AWAY].say("请假到周四，助理代")
    preview = working[AWAY].last
    confirm = preview.buttons["确认"]
    press(working[AWAY], "取消")
    assert working[AWAY].press_token(confirm, preview).startswith("刚才已取消")
    assert working.acts("stand_in_arranged") == []


def test_the_view_says_who_stands_in(working: OfficeAtWork) -> None:
    arrange(working)
    working[AWAY].say("/代理")
    assert STAND_IN in working[AWAY].last.text
    working[STAND_IN].say("/代理")
    assert AWAY in working[STAND_IN].last.text


def test_an_answer_about_an_item_is_no_leave(working: OfficeAtWork) -> None:
    working.morning()
    working[AWAY].say("A01 助理请假，周五前补")
    assert working.acts("stand_in_arranged") == []
    assert working.finding("A01").state != "sent"


def test_who_is_not_away_is_told_so(working: OfficeAtWork) -> None:
    working[AWAY].say("我回来了")
    assert "没有登记您正在请假" in working[AWAY].last.text
