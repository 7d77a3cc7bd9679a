from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.support.office_cards import (
    MONDAY,
    card,
    card_entry,
    case_no,
    days,
    hit,
    in_custody,
    result,
)

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

BLANK = card(1)
DONE = card(1, 审结日期=date(2026, 6, 16))
OVERDUE: dict[str, Any] = {"state": "overdue", "due": date(2026, 6, 9)}


def test_a_new_statutory_term_leaves_by_itself(office: OfficeAtWork) -> None:
    office.patrol(hit(BLANK), cards=[BLANK])
    assert (office.finding("A01").state, office.finding("A01").released_by) == ("new", "system")


def test_a_contradiction_waits_for_the_officer(office: OfficeAtWork) -> None:
    office.patrol(card_entry(BLANK), cards=[BLANK])
    assert office.finding("A01").state == "queued"
    assert office.acts("finding_made")[0]["data"]["waits"] == "review"


def test_what_is_still_there_keeps_its_number(office: OfficeAtWork) -> None:
    office.patrol(hit(BLANK), cards=[BLANK])
    second = office.patrol(hit(BLANK), cards=[BLANK])
    assert (second.made, second.changed, second.closed) == ((), (), ())


def test_due_soon_becomes_overdue_as_one_finding(office: OfficeAtWork) -> None:
    office.patrol(hit(BLANK), cards=[BLANK])
    office.at(MONDAY + days(3))
    office.patrol(hit(BLANK, state="overdue"), cards=[BLANK])
    assert office.finding("A01").hit_state == "overdue"


def test_another_start_is_another_finding(office: OfficeAtWork) -> None:
    office.patrol(hit(BLANK), cards=[BLANK])
    second = office.patrol(hit(BLANK), hit(BLANK, occurrence="2026-06-11"), cards=[BLANK])
    assert second.made == ("A02",)


def test_a_newer_export_that_shows_the_cure_closes(office: OfficeAtWork) -> None:
    office.export(hit(BLANK), cards=[BLANK])
    office.morning()
    office.at(MONDAY + days(7))
    assert office.export(cards=[DONE]).closed == ("A01",)
    assert office.finding("A01").closed_as == "cured"


def test_a_patrol_without_a_newer_export_closes_nothing(office: OfficeAtWork) -> None:
    office.patrol(hit(BLANK), cards=[BLANK])
    assert office.patrol(cards=[DONE]).closed == ()


def test_an_export_without_the_case_closes_nothing(office: OfficeAtWork) -> None:
    office.export(hit(BLANK), cards=[BLANK])
    assert office.export(cards=[card(2)]).closed == ()


def test_an_export_without_the_needed_column_closes_nothing(office: OfficeAtWork) -> None:
    office.export(hit(BLANK), cards=[BLANK])
    lacking = result(unevaluated=[("review-7d", BLANK.case_no, BLANK.person_no)])
    assert office.export(cards=[DONE], alone=lacking).closed == ()
    assert office.finding("A01").state == "new"


def test_a_vanished_case_is_asked_about_and_stays_open(office: OfficeAtWork) -> None:
    office.export(hit(BLANK), cards=[BLANK])
    office.export(hit(BLANK), cards=[card(2)], vanished=[BLANK.case_no])
    assert (office.finding("A01").vanished, office.finding("A01").state) == (True, "new")
    office["陆明远"].say("/待复核")
    assert "最近一次导出中没有这个案件" in office["陆明远"].last.text


def test_a_vanished_case_stays_marked_over_the_next_morning(office: OfficeAtWork) -> None:
    office.export(hit(BLANK), cards=[BLANK])
    office.export(hit(BLANK), cards=[card(2)], vanished=[BLANK.case_no])
    office.patrol(hit(BLANK), cards=[BLANK])
    assert office.finding("A01").vanished


def test_a_case_that_comes_back_is_no_longer_marked(office: OfficeAtWork) -> None:
    office.export(hit(BLANK), cards=[BLANK])
    office.export(hit(BLANK), cards=[card(2)], vanished=[BLANK.case_no])
    office.export(hit(BLANK), cards=[BLANK])
    assert not office.finding("A01").vanished


def test_a_date_altered_after_the_prompt_does_not_close(office: OfficeAtWork) -> None:
    late = card(1, 审结日期=date(2026, 6, 12))
    office.export(hit(late, **OVERDUE, done=date(2026, 6, 12)), cards=[late])
    office.morning()
    office.at(MONDAY + days(7))
    moved = card(1, 审结日期=date(2026, 6, 9))
    outcome = office.export(cards=[moved])
    assert (outcome.closed, outcome.date_changed) == ((), ("A01",))
    finding = office.finding("A01")
    assert finding.date_change == {"审结日期": ["2026-06-12", "2026-06-09"]}
    assert finding.evidence["审结日期"] == "2026-06-12"


def test_the_officer_sees_old_and_new_value_of_an_altered_date(office: OfficeAtWork) -> None:
    test_a_date_altered_after_the_prompt_does_not_close(office)
    office["陆明远"].say("/待复核")
    assert "审结日期由6月12日改为6月9日" in office["陆明远"].last.text


def test_a_date_altered_before_any_prompt_closes(office: OfficeAtWork) -> None:
    late = card(1, 审结日期=date(2026, 6, 12))
    office.export(hit(late, **OVERDUE, done=date(2026, 6, 12)), cards=[late])
    assert office.export(cards=[card(1, 审结日期=date(2026, 6, 9))]).closed == ("A01",)


def test_a_day_filled_in_behind_a_blank_of_after_the_end_does_not_close(
    office: OfficeAtWork,
) -> None:
    office.export(hit(BLANK, **OVERDUE), cards=[BLANK])
    office.morning()
    office.at(MONDAY + days(7))
    outcome = office.export(cards=[card(1, 审结日期=date(2026, 6, 9))])
    assert (outcome.closed, outcome.date_changed) == ((), ("A01",))


def test_a_day_filled_in_behind_a_blank_of_before_the_end_closes(office: OfficeAtWork) -> None:
    office.export(hit(BLANK), cards=[BLANK])
    office.morning()
    office.at(MONDAY + days(4))
    office.patrol(hit(BLANK, state="overdue"), cards=[BLANK])
    office.at(MONDAY + days(7))
    assert office.export(cards=[DONE]).closed == ("A01",)


def test_a_changed_value_is_told_anew(office: OfficeAtWork) -> None:
    office.patrol(hit(BLANK), cards=[BLANK])
    office.morning()
    office["林知秋"].say("A01 说明：在等鉴定")
    other = card(1, 受理日期=date(2026, 6, 11))
    office.patrol(hit(other, due=date(2026, 6, 18)), cards=[other])
    assert office.finding("A01").state == "sent"
    assert office.acts("finding_changed")[0]["data"]["before"]["due"] == "2026-06-17"


def test_a_case_moved_to_another_prosecutor_moves_its_items(office: OfficeAtWork) -> None:
    office.patrol(hit(BLANK), cards=[BLANK])
    office.morning()
    office.at(MONDAY + days(1))
    moved = card(1, prosecutor="许望舒")
    office.patrol(hit(moved), cards=[moved])
    office.morning()
    assert "A01 期限届满提示" in office["许望舒"].last.text
    assert [one.kind for one in office["林知秋"].messages] == ["digest", "prompt"]
    assert len(office.acts("finding_moved")) == 1


def test_the_first_import_lets_out_only_terms_near_their_end_and_custody(
    office: OfficeAtWork,
) -> None:
    near, far, over, held = card(1), card(2), card(3), card(4)
    office.export(
        hit(near, due=date(2026, 6, 18)),
        hit(far, due=date(2026, 6, 19)),
        hit(over, due=date(2026, 6, 12), state="overdue"),
        hit(held, due=date(2026, 6, 30), term=in_custody(date(2026, 6, 30))),
        card_entry(near),
        cards=[near, far, over, held],
        baseline=True,
    )
    states = {one["data"]["case_no"]: one["data"] for one in office.acts("finding_made")}
    assert states[far.case_no]["waits"] == states[over.case_no]["waits"] == "baseline"
    assert states[held.case_no]["state"] == "new"
    made = [one["data"] for one in office.acts("finding_made")]
    assert [one["state"] for one in made if one["case_no"] == near.case_no] == ["new", "queued"]


def test_a_term_of_the_baseline_leaves_once_its_end_is_near(office: OfficeAtWork) -> None:
    far = hit(BLANK, due=date(2026, 6, 24))
    office.export(far, cards=[BLANK], baseline=True)
    assert office.finding("A01").state == "queued"
    office.at(date(2026, 6, 22))
    office.patrol(far, cards=[BLANK])
    assert office.finding("A01").state == "new"


def test_a_term_of_the_baseline_that_was_shelved_stays(office: OfficeAtWork) -> None:
    far = hit(BLANK, due=date(2026, 6, 24))
    office.export(far, cards=[BLANK], baseline=True)
    office["陆明远"].say("/待审")
    office["陆明远"].press("列为存量")
    office.at(date(2026, 6, 22))
    office.patrol(far, cards=[BLANK])
    assert office.finding("A01").state == "queued"


def test_accepted_values_do_not_return(office: OfficeAtWork) -> None:
    office.patrol(card_entry(BLANK), cards=[BLANK])
    office["陆明远"].say("/待审")
    office["陆明远"].press("不属问题")
    office["陆明远"].press("重复")
    assert office.patrol(card_entry(BLANK), cards=[BLANK]).made == ()
    assert office.finding("A01").state == "closed"


def test_accepted_values_return_once_one_of_them_changes(office: OfficeAtWork) -> None:
    test_accepted_values_do_not_return(office)
    other = card(1, 审结日期=date(2026, 6, 1))
    assert office.patrol(card_entry(other), cards=[other]).made == ("A01",)
    assert office.finding("A01").state == "queued"


def test_a_cured_problem_that_recurs_keeps_its_number(office: OfficeAtWork) -> None:
    office.export(hit(BLANK), cards=[BLANK])
    office.export(cards=[DONE])
    assert office.export(hit(BLANK), cards=[BLANK]).made == ("A01",)
    assert len(office.acts("finding_reopened")) == 1


def test_a_minor_in_the_case_hides_every_name_of_it(intranet: OfficeAtWork) -> None:
    young = card(1, 作案时年龄=17)
    intranet.patrol(hit(young), cards=[young])
    intranet.morning()
    assert "甄某1" not in intranet["林知秋"].last.text
    assert "未成年人案件，隐名" in intranet["林知秋"].last.text


def test_hits_of_one_item_get_numbers_that_follow_one_another(office: OfficeAtWork) -> None:
    one, other = card(1), card(2)
    office.patrol(
        card_entry(one, "a", item="shared"),
        card_entry(other, "b", due=date(2026, 6, 11)),
        card_entry(one, "c", item="shared", due=date(2026, 6, 5)),
        cards=[one, other],
    )
    assert {office.finding("A01").case_no, office.finding("A02").case_no} == {case_no(1)}


def test_a_term_met_late_before_anybody_was_told_waits_for_the_officer(
    office: OfficeAtWork,
) -> None:
    office.patrol(hit(BLANK, **OVERDUE), cards=[BLANK])
    late = card(1, 审结日期=date(2026, 6, 12))
    office.patrol(hit(late, **OVERDUE, done=date(2026, 6, 12), release="review"), cards=[late])
    assert office.finding("A01").state == "queued"


def test_an_altered_date_is_noted_once(office: OfficeAtWork) -> None:
    test_a_date_altered_after_the_prompt_does_not_close(office)
    office.export(cards=[card(1, 审结日期=date(2026, 6, 9))])
    assert len(office.acts("date_changed_after_prompt")) == 1


def test_a_vanished_case_is_noted_once(office: OfficeAtWork) -> None:
    office.export(hit(BLANK), cards=[BLANK])
    for _ in range(2):
        office.export(hit(BLANK), cards=[card(2)], vanished=[BLANK.case_no])
    assert len(office.acts("case_vanished")) == 1


def test_an_altered_start_keeps_the_old_finding_open_beside_the_new_one(
    office: OfficeAtWork,
) -> None:
    office.export(hit(BLANK, **OVERDUE), cards=[BLANK])
    office.morning()
    later = card(1, 受理日期=date(2026, 6, 13))
    outcome = office.export(
        hit(later, occurrence="2026-06-13", due=date(2026, 6, 22)), cards=[later]
    )
    assert (outcome.made, outcome.date_changed) == (("A02",), ("A01",))
    assert office.finding("A01").date_change == {"受理日期": ["2026-06-10", "2026-06-13"]}


def test_numbers_follow_the_order_in_which_a_digest_shows_the_items(office: OfficeAtWork) -> None:
    late = card(1, 审结日期=date(2026, 6, 12))
    past = hit(
        late, state="overdue", due=date(2026, 6, 9), done=date(2026, 6, 12), release="review"
    )
    nobody = card(4, prosecutor=None)
    office.export(
        past,
        card_entry(card(2)),
        hit(card(3)),
        hit(nobody),
        cards=[late, card(2), card(3), nobody],
    )
    numbered = {office.finding(f"A0{number}").case_no: number for number in (1, 2, 3, 4)}
    assert [numbered[case_no(sequence)] for sequence in (3, 2, 1, 4)] == [1, 2, 3, 4]
