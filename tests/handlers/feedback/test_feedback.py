from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from storage import notices
from tests.support.docx_text import everything
from tests.support.notice_desk import NUMBER, issued, notice_of, press
from tests.support.office_cards import card, card_entry

if TYPE_CHECKING:
    from pathlib import Path

    from storage.models.notices import FeedbackItem
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone


@pytest.fixture
def received(desk_office: OfficeAtWork) -> OfficeAtWork:
    issued(desk_office)
    press(desk_office["顾长青"], "收到")
    return desk_office


def answer_of(office: OfficeAtWork, item: int = 1) -> FeedbackItem:
    found = office.read(lambda session: notices.feedback(session, item))
    assert found is not None
    return found


def answered(phone: Phone, *, proof: str | None = "审结日期 6月12日") -> None:
    """Answer the one problem of the notice by buttons, with a typed proof or none."""
    press(phone, "逐条答复")
    for label in ("属实", "填录有误", "已更正案卡", "今天"):
        press(phone, label)
    if proof is None:
        press(phone, "暂无")
    else:
        press(phone, "案卡新值")
        phone.say(proof)


def test_the_questions_come_one_after_the_other(received: OfficeAtWork) -> None:
    phone = received["林知秋"]
    press(phone, "逐条答复")
    assert list(phone.last.buttons) == ["属实", "部分属实", "不属实"]
    press(phone, "部分属实")
    assert phone.last.text.startswith("已记录：部分属实")
    assert "原因" in phone.last.text
    press(phone, "其他")
    phone.say("交接时漏填")
    assert answer_of(received).cause == "交接时漏填"
    press(phone, "尚未纠正")
    assert list(phone.last.buttons) == ["三天内", "一周内", "其他日期"]
    press(phone, "一周内")
    assert answer_of(received).planned_on == date(2026, 6, 22)
    press(phone, "暂无")
    assert "已答完，待部门负责人签署" in phone.last.text


def test_every_field_stands_in_the_ledger_and_the_words_beside_it(received: OfficeAtWork) -> None:
    answered(received["林知秋"])
    fields = [one["data"]["field"] for one in received.acts("feedback_put")]
    assert fields == ["conclusion", "cause", "measure", "day", "proofs"]
    assert "填录有误" in received.words()


def test_the_heads_signature_makes_it_the_written_reply_and_ends_the_clock(
    received: OfficeAtWork,
) -> None:
    answered(received["林知秋"])
    head = received["顾长青"]
    assert head.last.text.startswith("请签署：")
    received.at(date(2026, 6, 17))
    assert press(head, "签署反馈意见书") == "反馈意见书已签署，答复日期 6月17日"
    notice = notice_of(received)
    assert (notice.state, notice.replied_at) == ("replied", received.now)
    received.sweep()
    archive = received.desk.archive
    assert archive is not None
    (full,) = archive.rglob("*feedback-feedback.docx")
    text = everything(full.read_bytes())
    assert NUMBER in text
    assert "审结日期 6月12日" in text
    assert "顾长青" in text
    received.at(date(2026, 6, 25))
    received.sweep()
    assert received.acts("reminded") == []


def test_a_reply_after_the_term_says_how_late_it_is(received: OfficeAtWork) -> None:
    answered(received["林知秋"])
    received.at(date(2026, 6, 29))
    press(received["顾长青"], "签署反馈意见书")
    assert received.acts("feedback_signed")[0]["data"]["late_days"] == 4


def test_nothing_is_signed_before_everything_is_answered(received: OfficeAtWork) -> None:
    answered(received["林知秋"])
    head = received["顾长青"]
    press(received["林知秋"], "重填A02")
    assert press(head, "签署反馈意见书").startswith("A02 还没有答完，不能签署")
    assert notice_of(received).state == "received"


def test_a_form_needs_a_day_of_receipt(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    answered(desk_office["林知秋"])
    assert "尚未登记收到" in press(desk_office["顾长青"], "签署反馈意见书")


def test_a_claim_without_value_document_or_changed_card_is_marked(
    received: OfficeAtWork,
) -> None:
    answered(received["林知秋"], proof=None)
    press(received["顾长青"], "签署反馈意见书")
    assert answer_of(received).unsupported
    assert received.acts("feedback_signed")[0]["data"]["unsupported"] == ["A02"]
    officer = received["陆明远"]
    assert "A02 属实；已更正案卡；6月15日；未佐证" in officer.last.text
    assert press(officer, "已纠正").startswith("A02 未佐证，不能认定已纠正")
    assert notice_of(received).state == "replied"


def test_a_changed_card_is_proof_enough(received: OfficeAtWork) -> None:
    answered(received["林知秋"], proof=None)
    changed = card(2, 审结日期=date(2026, 6, 12))
    received.patrol(card_entry(changed), cards=[changed])
    press(received["顾长青"], "签署反馈意见书")
    assert not answer_of(received).unsupported


def test_what_is_held_untrue_needs_a_reason_and_no_measure(received: OfficeAtWork) -> None:
    phone = received["林知秋"]
    press(phone, "逐条答复")
    press(phone, "不属实")
    press(phone, "系统或导出原因")
    assert "佐证材料" in phone.last.text
    assert answer_of(received).measure == "无须纠正"


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("已纠正", "closed"), ("维持", "sent"), ("撤回", "closed")],
)
def test_the_review_decides_on_the_findings_and_tells_the_department(
    received: OfficeAtWork, outcome: str, state: str
) -> None:
    answered(received["林知秋"])
    press(received["顾长青"], "签署反馈意见书")
    assert press(received["陆明远"], outcome) == f"已复核：{outcome}"
    assert received.finding("A02").state == state
    assert notice_of(received).outcome == outcome
    assert "的反馈意见已复核" in received["顾长青"].last.text
    assert "的反馈意见已复核" in received["林知秋"].last.text


def test_the_archive_keeps_the_form_with_the_opinion_on_it(received: OfficeAtWork) -> None:
    answered(received["林知秋"])
    press(received["顾长青"], "签署反馈意见书")
    press(received["陆明远"], "维持")
    received.sweep()
    archive = received.desk.archive
    assert archive is not None
    (kept,) = archive.rglob("*feedback-archive.docx")
    text = everything(kept.read_bytes())
    assert "维持通知书意见，请继续纠正。" in text
    assert "陆明远" in text
    assert not list(archive.rglob("*feedback-archive-pointer.docx"))


def test_a_review_is_done_once(received: OfficeAtWork) -> None:
    answered(received["林知秋"])
    press(received["顾长青"], "签署反馈意见书")
    officer = received["陆明远"]
    message = officer.last
    tokens = dict(message.buttons)
    officer.press_token(tokens["维持"], message)
    again = officer.press_token(tokens["已纠正"], message)
    assert again == "A02 已于 6月15日 08:30 由陆明远记录，无需重复操作"
    assert notice_of(received).outcome == "维持"


def test_a_form_is_signed_once(received: OfficeAtWork) -> None:
    answered(received["林知秋"])
    head = received["顾长青"]
    message, token = head.last, head.last.buttons["签署反馈意见书"]
    head.press_token(token, message)
    assert head.press_token(token, message) == "已于 6月15日 08:30 由顾长青记录，无需重复操作"
    assert len(received.acts("feedback_signed")) == 1


def test_nobody_answers_for_a_colleague(received: OfficeAtWork) -> None:
    received["顾长青"].say("/我的")
    press(received["林知秋"], "逐条答复")
    token = received["林知秋"].last.buttons["属实"]
    assert received["许望舒"].press_token(token, received["林知秋"].last) == "这个按钮不是发给您的"


def test_each_prosecutor_answers_his_own_problems(desk_office: OfficeAtWork) -> None:
    issued(desk_office, "A02 A03")
    press(desk_office["顾长青"], "收到")
    answered(desk_office["林知秋"])
    assert "请签署" not in desk_office["顾长青"].last.text
    answered(desk_office["许望舒"])
    assert desk_office["顾长青"].last.text.startswith("请签署：")


def test_a_file_is_proof_on_a_cleared_door(received: OfficeAtWork, tmp_path: Path) -> None:
    received.desk = replace(received.desk, doors={"phone": "intranet"})
    phone = received["林知秋"]
    press(phone, "逐条答复")
    for label in ("属实", "填录有误", "已更正案卡", "今天", "上传文件"):
        press(phone, label)
    kept = tmp_path / "decision.pdf"
    kept.write_bytes(b"%PDF")
    phone.upload("document", "决定书.pdf", path=str(kept))
    assert answer_of(received).proofs == ["附件：决定书.pdf"]
    assert received.acts("file_kept")[0]["data"]["notice"] == 1


def test_a_text_about_another_item_is_not_taken_for_the_answer(received: OfficeAtWork) -> None:
    phone = received["林知秋"]
    press(phone, "逐条答复")
    press(phone, "属实")
    press(phone, "其他")
    phone.say("A01 已知悉")
    phone.say("查 审捕期限几天")
    assert answer_of(received).cause is None
    phone.say("漏填")
    assert answer_of(received).cause == "漏填"


def test_names_typed_into_an_answer_are_removed_from_the_chat_and_kept_at_home(
    received: OfficeAtWork,
) -> None:
    phone = received["林知秋"]
    press(phone, "逐条答复")
    press(phone, "属实")
    press(phone, "其他")
    number = phone.say("甄某2的决定书填错")
    assert number in phone.removed
    assert answer_of(received).cause == "甄某2的决定书填错"
    assert "甄某2的" not in phone.last.text


def test_a_planned_day_typed_lies_ahead_and_a_corrected_one_behind(
    received: OfficeAtWork,
) -> None:
    phone = received["林知秋"]
    press(phone, "逐条答复")
    for label in ("属实", "填录有误", "尚未纠正", "其他日期"):
        press(phone, label)
    phone.say("什么时候再说")
    assert "没有读出日期" in phone.last.text
    press(phone, "其他日期")
    phone.say("1月5日")
    assert answer_of(received).planned_on == date(2027, 1, 5)
