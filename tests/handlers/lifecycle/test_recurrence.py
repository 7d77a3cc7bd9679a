from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from handlers.imports import import_undo
from tests.support.docx_text import lines
from tests.support.notice_desk import issued, press, with_button
from tests.support.office_cards import MONDAY, SECOND, card, card_entry, days, hit

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

ONE, TWO = card(1), card(2, prosecutor="许望舒")
CURED = card(1, 审结日期=date(2026, 6, 16))
OVER: dict[str, Any] = {"state": "overdue", "due": date(2026, 6, 9)}


def corrected(office: OfficeAtWork) -> None:
    """A contradiction of the first case was cured by an export."""
    office.export(card_entry(ONE), cards=[ONE])
    office.at(MONDAY + days(7))
    office.export(cards=[CURED])
    office.at(MONDAY + days(14))


def test_a_problem_that_comes_back_says_which_time_and_the_first_number(
    office: OfficeAtWork,
) -> None:
    corrected(office)
    office.export(card_entry(ONE), cards=[ONE])
    finding = office.finding("A01")
    assert (finding.repeats, finding.first_number, finding.recurred) == (1, "A01", 1)
    made = office.acts("finding_reopened")[0]["data"]
    assert (made["repeats"], made["first"]) == (1, "A01")
    office["陆明远"].say("/处理 A01")
    assert "重复发生：同案同类问题第 2 次（此前曾销号）" in office["陆明远"].last.text


def test_another_start_of_the_same_rule_names_the_first_finding(office: OfficeAtWork) -> None:
    office.export(hit(ONE, **OVER, occurrence="2026-05-01"), cards=[ONE])
    office.export(cards=[CURED])
    office.export(hit(ONE, **OVER, occurrence="2026-06-01"), cards=[ONE])
    second = office.finding("A02")
    assert (second.repeats, second.first_number) == (1, "A01")
    office.morning()
    office["林知秋"].press("A02")
    assert "A02 重复发生：同案同类问题第 2 次（首次编号 A01）" in office["林知秋"].last.text


def test_the_same_person_in_a_later_case_counts_too(office: OfficeAtWork) -> None:
    office.export(card_entry(ONE), cards=[ONE])
    office.export(cards=[CURED])
    later = card(9)
    office.patrol(card_entry(later, person_no=ONE.person_no), cards=[later])
    assert office.finding("A02").first_number == "A01"


def test_a_term_that_was_only_reminded_of_is_no_earlier_problem(office: OfficeAtWork) -> None:
    office.export(hit(ONE, occurrence="2026-05-01"), cards=[ONE])
    office.export(cards=[CURED])
    office.export(hit(ONE, **OVER), cards=[ONE])
    assert office.finding("A02").repeats == 0


def test_a_term_that_runs_repeats_nothing_until_it_is_over(office: OfficeAtWork) -> None:
    office.export(hit(ONE, **OVER, occurrence="2026-05-01"), cards=[ONE])
    office.export(cards=[CURED])
    office.export(hit(ONE), cards=[ONE])
    assert office.finding("A02").repeats == 0
    office.at(MONDAY + days(4))
    office.patrol(hit(ONE, state="overdue"), cards=[ONE])
    assert office.finding("A02").repeats == 1


def test_what_was_dropped_was_no_problem(office: OfficeAtWork) -> None:
    office.export(card_entry(ONE), cards=[ONE])
    office["陆明远"].say("/待审")
    office["陆明远"].press("不属问题")
    office["陆明远"].press("重复")
    other = card(1, 审结日期=date(2026, 6, 1))
    office.patrol(card_entry(other), cards=[other])
    assert (office.finding("A01").repeats, office.finding("A01").recurred) == (0, 0)


def test_an_import_taken_back_leaves_no_repetition(office: OfficeAtWork) -> None:
    office.export(card_entry(ONE), cards=[ONE])
    office.export(cards=[CURED])
    office.write(lambda tx: import_undo.undo(tx, office.desk, actor="person:6"))
    office.patrol(card_entry(ONE), cards=[ONE])
    assert office.finding("A01").state == "queued"
    assert office.finding("A01").repeats == 0


def noticed(office: OfficeAtWork) -> str:
    """A notice on the first case's problem went to its department; returns its number."""
    office.export(card_entry(ONE), cards=[ONE])
    notice = issued(office, "A01")
    office.at(MONDAY + days(7))
    assert notice.number is not None
    return notice.number


def test_the_same_rule_in_the_department_after_a_notice_raises_the_proposal(
    office: OfficeAtWork,
) -> None:
    number = noticed(office)
    office.export(card_entry(ONE), card_entry(TWO, severity="轻微"), cards=[ONE, TWO])
    assert office.finding("A02").after_notice == number
    office["陆明远"].say("/处理 A02")
    said = office["陆明远"].last.text
    assert f"重复发生：通知书 {number} 发出后，同一部门再次发现同类问题" in said
    assert "建议处理：通知书（" in said


def test_another_department_or_another_rule_repeats_nothing_after_a_notice(
    office: OfficeAtWork,
) -> None:
    noticed(office)
    other = card(5, prosecutor="叶清和", 承办部门=SECOND)
    office.export(
        card_entry(ONE), card_entry(other), card_entry(TWO, "other"), cards=[ONE, TWO, other]
    )
    assert [office.finding(number).after_notice for number in ("A02", "A03")] == [None, None]


def test_a_finding_without_a_department_repeats_nothing_after_a_notice(
    office: OfficeAtWork,
) -> None:
    noticed(office)
    nowhere = card(5, 承办部门=None)
    office.export(card_entry(ONE), card_entry(nowhere), cards=[ONE, nowhere])
    assert office.finding("A02").after_notice is None


def test_a_problem_of_a_whole_case_is_compared_with_its_case_alone(office: OfficeAtWork) -> None:
    office.export(card_entry(ONE, person_no=None), cards=[ONE])
    office.export(cards=[CURED])
    office.export(card_entry(TWO, person_no=None), cards=[TWO])
    office.export(card_entry(ONE, person_no=None), card_entry(TWO, person_no=None), cards=[ONE])
    assert (office.finding("A01").repeats, office.finding("A02").repeats) == (1, 0)


def test_a_fact_from_before_the_notice_is_no_repetition(office: OfficeAtWork) -> None:
    noticed(office)
    before = card_entry(TWO, due=date(2026, 6, 1), state="overdue")
    office.export(card_entry(ONE), before, cards=[ONE, TWO])
    assert office.finding("A02").after_notice is None


def test_a_voided_notice_counts_for_nothing(office: OfficeAtWork) -> None:
    noticed(office)
    office["陆明远"].say("/通知书")
    press(office["陆明远"], "海东检案管流监")
    press(office["陆明远"], "作废")
    press(office["陆明远"], "重复制发")
    office.export(card_entry(ONE), card_entry(TWO), cards=[ONE, TWO])
    assert office.finding("A02").after_notice is None


def test_the_draft_of_a_notice_says_what_recurs_and_so_does_its_paper(
    office: OfficeAtWork,
) -> None:
    corrected(office)
    office.export(card_entry(ONE), cards=[ONE])
    office["陆明远"].say("发通知书 A01")
    draft = with_button(office["陆明远"], "提交审批")
    assert "A01 重复发生：同案同类问题第 2 次（此前曾销号）" in draft.text
    press(office["陆明远"], "提交审批")
    press(office["沈一鸣"], "批准")
    office.sweep()
    assert "重复情况：同案同类问题第 2 次（此前曾销号）。" in paper_of(office)


def paper_of(office: OfficeAtWork) -> str:
    assert office.desk.archive is not None
    [path] = [
        one
        for one in (office.desk.archive / "notices").glob("*notice-issue.docx")
        if "pointer" not in one.name
    ]
    return "\n".join(lines(path.read_bytes()))
