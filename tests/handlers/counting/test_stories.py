from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers.counting import stories
from tests.support.counting_office import facts_of
from tests.support.notice_desk import press
from tests.support.office_cards import FIRST, SECOND, card, card_entry

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork


def departments(office: OfficeAtWork) -> dict[str, str | None]:
    gathered = stories.gather(facts_of(office))
    return {problem: story.about.department for problem, story in gathered.items()}


def test_a_problem_that_came_again_stays_as_it_was_known_last(counted: OfficeAtWork) -> None:
    here, there = card(1), card(1, 承办部门=SECOND)
    counted.export(card_entry(here), cards=[here])
    counted["陆明远"].say("/待审")
    press(counted["陆明远"], "确认")
    counted.at(date(2026, 6, 8))
    counted.export(card_entry(there), cards=[there])
    assert departments(counted) == {"A01": SECOND}
    counted.at(date(2026, 6, 15))
    counted.export(cards=[there])
    counted.at(date(2026, 6, 22))
    counted.export(card_entry(here), cards=[here])
    assert [one["data"]["department"] for one in counted.acts("finding_reopened")] == [FIRST]
    assert departments(counted) == {"A01": SECOND}
