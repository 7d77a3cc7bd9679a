from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.rules.loader import load_catalogue
from tests.support.office_cards import card, card_entry

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

ONE, TWO = card(1), card(2)


def test_a_finding_keeps_the_hashes_of_rules_calendar_and_import(office: OfficeAtWork) -> None:
    office.export(card_entry(ONE), cards=[ONE])
    [released] = office.acts("rules_released")
    basis = office.acts("finding_made")[0]["data"]["basis"]
    assert basis["rules"] == released["data"]["hash"]
    assert basis["calendar"]
    assert basis["import"]


def test_a_release_of_rules_is_an_entry_of_the_ledger_once(office: OfficeAtWork) -> None:
    office.export(card_entry(ONE), cards=[ONE])
    office.patrol(card_entry(ONE), cards=[ONE])
    office.desk = replace(office.desk, rules=load_catalogue().by_id())
    office.patrol(card_entry(ONE), card_entry(TWO), cards=[ONE, TWO])
    first, second = office.acts("rules_released")
    assert second["data"]["before"] == first["data"]["hash"]
    made = office.acts("finding_made")
    assert [one["data"]["basis"]["rules"] for one in made] == [
        first["data"]["hash"],
        second["data"]["hash"],
    ]
