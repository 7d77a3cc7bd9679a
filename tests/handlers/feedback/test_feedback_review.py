"""The review of a department's answer, problem by problem."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from storage import notices
from tests.support.docx_text import everything
from tests.support.notice_desk import issued, notice_of, press
from tests.support.office_cards import card, card_entry

if TYPE_CHECKING:
    from storage.models.notices import FeedbackItem
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone

MONDAY_AFTER = date(2026, 6, 22)


def answer(phone: Phone, *, proof: str | None = "审结日期 6月12日") -> None:
    press(phone, "逐条答复")
    for label in ("属实", "填录有误", "已更正案卡", "今天"):
        press(phone, label)
    if proof is None:
        press(phone, "暂无")
    else:
        press(phone, "案卡新值")
        phone.say(proof)


@pytest.fixture
def replied(desk_office: OfficeAtWork) -> OfficeAtWork:
    """A notice of two problems of two prosecutors, answered and signed."""
    issued(desk_office, "A02 A03")
    press(desk_office["顾长青"], "收到")
    answer(desk_office["林知秋"])
    answer(desk_office["许望舒"])
    press(desk_office["顾长青"], "签署反馈意见书")
    for phone in desk_office.phones.values():
        if phone.name != "陆明远":
            phone.clear()
    return desk_office


def item(office: OfficeAtWork, number: str) -> FeedbackItem:
    def look(session: object) -> FeedbackItem | None:
        rows = notices.items(session, 1)  # type: ignore[arg-type]
        (row,) = [one for one in rows if one.facts["finding"] == number]
        return notices.feedback(session, row.id)  # type: ignore[arg-type]

    found = office.read(look)
    assert found is not None
    return found


def decide(office: OfficeAtWork, number: str, outcome: str) -> str:
    press(office["陆明远"], f"复核{number}")
    return press(office["陆明远"], outcome)


def test_each_problem_is_opened_with_its_answer_and_decided_by_itself(
    replied: OfficeAtWork,
) -> None:
    officer = replied["陆明远"]
    assert list(officer.last.buttons) == ["全部已纠正", "复核A02", "复核A03"]
    press(officer, "复核A02")
    assert "A02 属实；已更正案卡；6月15日" in officer.last.text
    assert list(officer.last.buttons) == ["已纠正", "继续跟踪", "维持", "撤回", "返回"]
    assert press(officer, "已纠正") == "A02 已复核：已纠正"
    assert replied.finding("A02").state == "closed"
    assert replied.finding("A03").state != "closed"
    assert notice_of(replied).state == "replied"
    assert "A02 已纠正\nA03 待复核" in officer.last.text
    assert list(officer.last.buttons) == ["复核A03"]


def test_the_notice_ends_with_its_last_problem_and_each_is_told_of_his_own(
    replied: OfficeAtWork,
) -> None:
    decide(replied, "A02", "已纠正")
    assert replied["顾长青"].messages == []
    decide(replied, "A03", "维持")
    notice = notice_of(replied)
    assert (notice.state, notice.outcome) == ("reviewed", "分项复核")
    assert "A02 已纠正，予以销号；A03 维持通知书意见" in replied["顾长青"].last.text
    assert replied["林知秋"].texts == [
        f"通知书 {notice.number} 的反馈意见已复核：已纠正，予以销号。"
    ]
    assert "维持通知书意见，请继续纠正" in replied["许望舒"].last.text
    acts = [one["data"]["findings"] for one in replied.acts("feedback_reviewed")]
    assert acts == [["A02"], ["A03"]]
    assert len(replied.acts("notice_closed")) == 1


def test_all_at_once_is_one_tap(replied: OfficeAtWork) -> None:
    press(replied["陆明远"], "全部已纠正")
    assert [replied.finding(one).closed_as for one in ("A02", "A03")] == ["accepted", "accepted"]
    assert notice_of(replied).outcome == "已纠正"
    assert replied["顾长青"].last.text.endswith("已复核：已纠正，予以销号。")


def test_all_at_once_is_refused_while_one_is_not_proven(desk_office: OfficeAtWork) -> None:
    issued(desk_office, "A02 A03")
    press(desk_office["顾长青"], "收到")
    answer(desk_office["林知秋"])
    answer(desk_office["许望舒"], proof=None)
    press(desk_office["顾长青"], "签署反馈意见书")
    assert press(desk_office["陆明远"], "全部已纠正").startswith("A03 未佐证，不能认定已纠正")
    assert decide(desk_office, "A02", "已纠正") == "A02 已复核：已纠正"


def test_tracking_keeps_the_notice_open_until_a_day_and_asks_again(replied: OfficeAtWork) -> None:
    decide(replied, "A02", "已纠正")
    decide(replied, "A03", "继续跟踪")
    assert press(replied["陆明远"], "一周后") == "已复核：继续跟踪，6月22日再核对"
    kept = item(replied, "A03")
    assert (kept.outcome, kept.follow_up_on) == ("继续跟踪", MONDAY_AFTER)
    assert notice_of(replied).state == "replied"
    assert replied.finding("A03").state == "sent"
    assert "继续跟踪，6月22日再核对" in replied["许望舒"].last.text
    replied.at(MONDAY_AFTER)
    replied.sweep()
    officer = replied["陆明远"]
    assert officer.last.text.startswith("跟踪到期，请复核：\n通知书")
    press(officer, "维持")
    assert notice_of(replied).state == "reviewed"


def test_a_problem_decided_meanwhile_is_not_asked_for_again(replied: OfficeAtWork) -> None:
    decide(replied, "A03", "继续跟踪")
    press(replied["陆明远"], "一周后")
    decide(replied, "A03", "撤回")
    replied.sweep()
    replied["陆明远"].clear()
    replied.at(MONDAY_AFTER)
    replied.sweep()
    assert replied["陆明远"].messages == []
    assert replied.acts("reminder_withheld")[-1]["data"]["why"] == "decided_since"


def test_another_day_is_typed_and_a_day_gone_by_is_no_day(replied: OfficeAtWork) -> None:
    officer = replied["陆明远"]
    decide(replied, "A03", "继续跟踪")
    press(officer, "其他日期")
    officer.say("昨天")
    assert "“昨天”不是今后的日期" in officer.last.text
    officer.say("6月30日")
    assert item(replied, "A03").follow_up_on == date(2026, 6, 30)


def test_a_card_that_changed_since_proves_what_was_claimed(desk_office: OfficeAtWork) -> None:
    issued(desk_office, "A02 A03")
    press(desk_office["顾长青"], "收到")
    answer(desk_office["林知秋"])
    answer(desk_office["许望舒"], proof=None)
    press(desk_office["顾长青"], "签署反馈意见书")
    changed = card(3, prosecutor="许望舒", 审结日期=date(2026, 6, 12))
    desk_office.patrol(card_entry(changed, "other", severity="严重"), cards=[changed])
    assert decide(desk_office, "A03", "已纠正") == "A03 已复核：已纠正"


def test_the_form_in_the_archive_says_what_was_held_of_each(replied: OfficeAtWork) -> None:
    decide(replied, "A02", "已纠正")
    decide(replied, "A03", "维持")
    replied.sweep()
    archive = replied.desk.archive
    assert archive is not None
    (kept,) = archive.rglob("*feedback-archive.docx")
    text = everything(kept.read_bytes())
    assert "分项复核。A02 已纠正，予以销号；A03 维持通知书意见，请继续纠正。" in text


def test_a_button_from_before_that_names_no_problem_still_decides_all(
    replied: OfficeAtWork,
) -> None:
    officer = replied["陆明远"]
    message = officer.last
    token = message.buttons["全部已纠正"]
    assert officer.press_token(token, message) == "A02、A03 已复核：已纠正"
    assert "无需重复操作" in officer.press_token(token, message)
