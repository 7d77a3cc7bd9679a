"""A list knows no persons: what it showed of a case goes on once an export names them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tests.support.office_cards import card, card_entry, result

if TYPE_CHECKING:
    from knowledge.cards import Card
    from tests.support.office_desk import OfficeAtWork

PERSON = card(1)
LISTED = replace(PERSON, person_no=None)
OTHER = replace(PERSON, person_no="8802012026900002")


def found_in_a_list(office: OfficeAtWork) -> None:
    office.export(card_entry(LISTED), cards=[LISTED])


def test_the_finding_of_a_list_becomes_the_persons_and_keeps_its_number(
    office: OfficeAtWork,
) -> None:
    found_in_a_list(office)
    told = office.export(card_entry(PERSON), cards=[PERSON])
    assert (told.made, told.closed) == ((), ())
    assert office.finding("A01").person_no == PERSON.person_no


def test_of_several_persons_the_first_takes_it_over(office: OfficeAtWork) -> None:
    found_in_a_list(office)
    told = office.export(card_entry(PERSON), card_entry(OTHER), cards=[PERSON, OTHER])
    assert told.made == ("A02",)
    assert {office.finding(number).person_no for number in ("A01", "A02")} == {
        PERSON.person_no,
        OTHER.person_no,
    }


def test_rows_of_persons_show_the_cure_of_what_a_list_showed(office: OfficeAtWork) -> None:
    found_in_a_list(office)
    cured = replace(PERSON, values={**PERSON.values, "审结日期": date(2026, 6, 16)})
    assert office.export(cards=[cured]).closed == ("A01",)


def test_it_stays_open_where_a_rule_could_not_be_evaluated_for_one_person(
    office: OfficeAtWork,
) -> None:
    found_in_a_list(office)
    lacking = result(unevaluated=[("closed-before-accepted", PERSON.case_no, OTHER.person_no)])
    assert office.export(cards=[PERSON, OTHER], alone=lacking).closed == ()


def test_what_was_accepted_of_the_case_is_accepted_of_its_person(office: OfficeAtWork) -> None:
    found_in_a_list(office)
    office["陆明远"].say("/待审")
    office["陆明远"].press("不属问题")
    office["陆明远"].press("重复")
    assert office.export(card_entry(PERSON), cards=[PERSON]).made == ()


def closed_before(office: OfficeAtWork, of: Card) -> None:
    office.export(card_entry(of), cards=[of])
    office["陆明远"].say("/待审")
    office["陆明远"].press("不属问题")
    office["陆明远"].press("重复")


def test_a_person_who_had_his_own_finding_keeps_it_apart(office: OfficeAtWork) -> None:
    closed_before(office, PERSON)
    changed = replace(PERSON, values={**PERSON.values, "审结日期": date(2026, 6, 1)})
    whole = replace(changed, person_no=None)
    office.export(card_entry(whole), cards=[whole])
    office.patrol(card_entry(changed), cards=[changed])
    assert (office.finding("A01").state, office.finding("A02").person_no) == ("closed", "")
