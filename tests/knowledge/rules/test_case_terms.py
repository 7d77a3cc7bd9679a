from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from knowledge.cards import CardSet
from knowledge.rules import case_terms
from tests.support.rule_cards import CALENDAR, CASE, by_default, card

if TYPE_CHECKING:
    from knowledge.cards import Card, Value

TODAY = date(2026, 6, 15)
ARREST: dict[str, Value] = {
    "案件类别": "审查逮捕案件",
    "移送单位": "某市公安局",
    "强制措施种类": "拘留",
    "受理日期": date(2026, 6, 10),
    "决定日期": None,
}


def running(*cards: Card, today: date = TODAY) -> list[case_terms.RunningTerm]:
    return case_terms.running(
        CardSet(cards), by_default(), as_of=today, calendar=CALENDAR, settings={}
    )


def test_a_term_is_told_long_before_its_rule_speaks() -> None:
    [term] = running(card(ARREST), today=date(2026, 6, 11))
    assert (term.rule, term.due, term.days_left) == (
        "arrest-review-detained-7d",
        date(2026, 6, 17),
        6,
    )
    assert (term.case_no, term.person_no, term.certain) == (CASE, "1", True)


def test_a_term_that_is_over_and_not_met_still_runs() -> None:
    [term] = running(card(ARREST), today=date(2026, 6, 20))
    assert term.days_left == -3


def test_a_term_that_was_met_does_not_run() -> None:
    assert running(card({**ARREST, "决定日期": date(2026, 6, 12)})) == []


def test_the_nearest_end_comes_first() -> None:
    later = card({**ARREST, "受理日期": date(2026, 6, 14)}, case_no=CASE.replace("0001", "0002"))
    assert [one.days_left for one in running(later, card(ARREST))] == [2, 6]


def test_a_duty_the_law_calls_prompt_runs_only_once_its_day_has_passed() -> None:
    held: dict[str, Value] = {
        "案件类别": "一审公诉案件",
        "是否在押": "是",
        "受理日期": date(2026, 6, 10),
        "羁押期限届满日期": date(2026, 6, 15),
        "变更或释放日期": None,
    }
    named = "custody-expiry-release"
    assert named not in {one.rule for one in running(card(held))}
    assert named in {one.rule for one in running(card(held), today=date(2026, 6, 16))}


def test_no_cards_have_no_terms() -> None:
    assert running() == []


@pytest.mark.parametrize(
    ("values", "held"),
    [
        ({"是否在押": "是"}, True),
        ({"强制措施种类": "逮捕"}, True),
        ({"强制措施种类": "取保候审"}, False),
        ({"受理日期": TODAY}, False),
    ],
)
def test_who_is_held_is_told_or_derived(*, values: dict[str, Value], held: bool) -> None:
    found = case_terms.detained(CardSet((card(values),)), as_of=TODAY, calendar=CALENDAR)
    assert bool(found) is held
