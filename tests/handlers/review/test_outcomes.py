from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.review.outcomes import REASONS, propose
from storage import outcomes, people
from tests.support.notice_desk import ONE, THREE, TWO, press
from tests.support.office_cards import FIRST, OFFICE, card, card_entry, hit
from tests.support.office_desk import PEOPLE

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork


def proposed(office: OfficeAtWork, number: str) -> tuple[str, tuple[str, ...]]:
    finding = office.finding(number)
    proposal = office.write(lambda tx: propose(tx, finding))
    return proposal.decision, proposal.basis


def decided(office: OfficeAtWork, number: str) -> tuple[str, str, str | None]:
    finding = office.finding(number)
    found = office.read(lambda session: outcomes.last_of(session, finding.id))
    assert found is not None
    return found.proposed, found.decided, found.reason


@pytest.mark.parametrize(
    ("number", "decision"), [("A01", "oral"), ("A02", "notice"), ("A03", "notice_chief")]
)
def test_the_proposal_follows_the_severity(
    desk_office: OfficeAtWork, number: str, decision: str
) -> None:
    assert proposed(desk_office, number)[0] == decision


def test_the_queue_says_what_is_proposed_and_why(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("/待审")
    assert "建议处理：口头提示（程度轻微）" in desk_office["陆明远"].last.text


def test_a_repetition_of_the_same_person_raises_the_proposal(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("口头提示 A01 电话")
    assert proposed(desk_office, "A02") == (
        "notice_chief",
        ("程度较重", "同一承办人一年内同类问题 1 件"),
    )


def test_another_rule_or_an_old_problem_is_no_repetition(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("口头提示 A03 电话")
    assert proposed(desk_office, "A02")[0] == "notice"
    desk_office["陆明远"].say("口头提示 A01 电话")
    desk_office.at(desk_office.now.replace(year=2027, month=7))
    assert proposed(desk_office, "A02")[0] == "notice"


def test_a_department_needs_two_earlier_ones(desk_office: OfficeAtWork) -> None:
    more = [card(4, prosecutor="叶清和"), card(5, prosecutor="白某")]
    desk_office.export(
        *(card_entry(one) for one in (ONE, TWO, *more)), cards=[ONE, TWO, THREE, *more]
    )
    for number in ("A01", "A04"):
        desk_office["陆明远"].say(f"口头提示 {number} 电话")
    assert proposed(desk_office, "A05")[1][1] == "同一部门一年内同类问题 2 件"


def test_what_is_decided_as_proposed_takes_no_reason(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("/处理 a01")
    assert press(desk_office["陆明远"], "口头提示") == "A01 已定：口头提示"
    assert decided(desk_office, "A01") == ("oral", "oral", None)
    entry = desk_office.acts("outcome_decided")[0]
    assert entry["data"]["basis"] == ["severity:轻微"]


def test_a_bare_number_opens_the_item_for_an_officer(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("a01")
    assert "建议处理：口头提示" in desk_office["陆明远"].last.text
    assert desk_office["陆明远"].last.text.startswith("A01 ")
    desk_office["许望舒"].say("A01")
    assert "建议处理" not in desk_office["许望舒"].last.text


def test_an_unknown_number_to_deal_with_says_so(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("/处理 Z99")
    assert desk_office["陆明远"].last.text == "请写明编号，例如：/处理 A08。"


def test_a_deviation_takes_one_of_four_reasons(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("/处理 A02")
    assert press(officer, "仅记录") == "请选择理由"
    assert list(officer.last.buttons)[:4] == list(REASONS)
    assert desk_office.acts("outcome_decided") == []
    press(officer, "客观原因")
    assert decided(desk_office, "A02") == ("notice", "record", REASONS[2])
    data = desk_office.acts("outcome_decided")[0]["data"]
    assert (data["proposed"], data["decided"], data["reason"]) == ("notice", "record", REASONS[2])
    assert desk_office.finding("A02").closed_as == "recorded"


def test_a_reason_may_be_explained_in_free_text(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("/处理 A02")
    press(officer, "仅记录")
    press(officer, "客观原因")
    press(officer, "补充说明")
    officer.say("当日系统停机维护")
    assert officer.last.text.startswith("已记录补充说明")
    finding = desk_office.finding("A02")
    found = desk_office.read(lambda session: outcomes.last_of(session, finding.id))
    assert found is not None
    assert found.note == "当日系统停机维护"


def test_a_term_that_still_runs_is_no_problem_yet_and_no_note_closes_it(
    desk_office: OfficeAtWork,
) -> None:
    term = card(6)
    desk_office.export(hit(term), cards=[ONE, TWO, THREE, term])
    desk_office["陆明远"].say("/处理 A04")
    assert "建议处理：仅记录（期限尚未届满）" in desk_office["陆明远"].last.text
    press(desk_office["陆明远"], "仅记录")
    assert desk_office.finding("A04").state != "closed"


def test_no_problem_closes_for_good(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("/处理 A02")
    press(officer, "不属问题")
    press(officer, "客观原因")
    assert desk_office.finding("A02").closed_as == "dropped"
    assert desk_office.patrol(card_entry(TWO), cards=[TWO]).made == ()


def test_a_drop_in_the_queue_stands_among_the_outcomes(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("/待审")
    officer.press("不属问题")
    officer.press("重复")
    assert decided(desk_office, "A01") == ("oral", "none", "重复")


def test_a_second_press_is_told_when_and_by_whom_it_was_decided(
    desk_office: OfficeAtWork,
) -> None:
    officer, head = desk_office["陆明远"], desk_office["沈一鸣"]
    officer.say("/处理 A01")
    head.say("/处理 A01")
    press(officer, "口头提示")
    assert press(head, "口头提示") == (
        "A01 口头提示：已于 6月15日 08:30 由陆明远记录，无需重复操作"
    )
    assert len(desk_office.acts("outcome_decided")) == 1


def test_a_button_on_values_that_changed_asks_to_look_again(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("/处理 A02")
    changed = card(2, 受理日期=date(2026, 6, 9))
    desk_office.patrol(card_entry(changed, fact="改了"), cards=[changed])
    assert "情况已有变化" in press(desk_office["陆明远"], "通知书")


def test_nobody_decides_in_his_own_case(desk_office: OfficeAtWork) -> None:
    both = people.Listed("林知秋", FIRST, ("prosecutor", "officer"))
    desk_office.write(lambda tx: people.keep(tx.session, OFFICE, [both, *PEOPLE[1:]]))
    desk_office["林知秋"].say("/处理 A01")
    assert desk_office["林知秋"].last.text.startswith("本人承办的案件须由他人决定处理方式")
    assert desk_office.acts("refused")[0]["data"] == {"act": "decide_outcome"}


def test_the_answer_in_review_can_be_dealt_with_too(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("/待审")
    officer.press("本规则全部确认")
    desk_office.morning()
    desk_office["林知秋"].say("A01 已改")
    officer.say("/待复核")
    assert "建议处理：口头提示" in officer.last.text
    assert press(officer, "口头提示") == "A01 已定：口头提示"


def test_a_notice_decided_in_the_queue_is_drafted_in_the_same_message(
    desk_office: OfficeAtWork,
) -> None:
    officer = desk_office["陆明远"]
    officer.say("/待审")
    officer.press("下一条")
    assert press(officer, "通知书") == "A02 已定：通知书"
    assert "《案件流程监控通知书》草稿 1 号" in officer.last.text
    assert {"预览", "提交审批", "返回待审"} <= set(officer.last.buttons)
    press(officer, "返回待审")
    assert officer.last.text.splitlines()[0].startswith("待审")


def test_a_finding_that_is_in_a_notice_already_says_so(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("发通知书 A02")
    officer.say("/处理 A02")
    press(officer, "通知书")
    assert "已在通知书（草稿 1 号）中" in officer.last.text


def test_the_way_back_from_the_reasons_decides_nothing(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("/处理 A02")
    press(officer, "仅记录")
    press(officer, "返回")
    assert "建议处理：通知书" in officer.last.text
    assert desk_office.acts("outcome_decided") == []
