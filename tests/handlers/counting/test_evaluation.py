from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from handlers.counting import evaluation
from handlers.counting.ranges import Range
from tests.support.counting_office import facts_of, statistics_of
from tests.support.notice_desk import press
from tests.support.office_cards import card, card_entry
from tests.support.office_phones import DOOR
from tests.support.sent_documents import sent

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

OFFICER = "陆明远"


@pytest.fixture
def grave(counted: OfficeAtWork) -> OfficeAtWork:
    """An office with one grave problem and one that is light, both confirmed."""
    one, two = card(1), card(2)
    counted.export(
        card_entry(one, severity="严重"), card_entry(two, severity="轻微"), cards=[one, two]
    )
    officer = counted[OFFICER]
    officer.say("/待审")
    press(officer, "确认")
    press(officer, "确认")
    return counted


def asked(office: OfficeAtWork, name: str = OFFICER) -> str:
    office[name].say("/评查")
    office.sweep()
    found: str = office[name].last.text
    return found


def test_a_grave_problem_is_proposed_with_its_reason_and_a_light_one_is_not(
    grave: OfficeAtWork,
) -> None:
    text = asked(grave)
    assert text.splitlines()[0] == "移送案件评查清单：建议 1 条，已移送 0 条。"
    assert "（情节严重）" in text
    assert len(text.splitlines()) == 2


def test_the_list_names_the_case_and_its_prosecutor_where_names_may_stand(
    grave: OfficeAtWork,
) -> None:
    grave.desk = replace(grave.desk, doors={DOOR: "intranet"})
    asked(grave)
    book = load_workbook(sent(grave)[-1][1])
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    assert "甄某1盗窃案" in cells
    assert "林知秋" in cells


def test_the_officer_decides_and_the_register_says_so(grave: OfficeAtWork) -> None:
    asked(grave)
    officer = grave[OFFICER]
    number = evaluation.candidates(facts_of(grave))[0].number
    assert press(officer, f"{number} 移送") == f"{number} 已记录：移送案件评查"
    (found,) = evaluation.candidates(facts_of(grave))
    assert found.decision == "已移送"
    assert grave.acts("evaluation_decided")[0]["data"] == {"sent": True, "why": ["情节严重"]}
    grave.at(grave.now + timedelta(minutes=1))
    assert "已移送 1 条" in asked(grave)


def test_a_later_decision_counts_and_both_stand_in_the_ledger(grave: OfficeAtWork) -> None:
    asked(grave)
    officer = grave[OFFICER]
    message = officer.last
    number = evaluation.candidates(facts_of(grave))[0].number
    for label in ("移送", "不移送"):
        officer.press_token(message.buttons[f"{number} {label}"], message)
    assert [one.sent for one in evaluation.candidates(facts_of(grave))] == [False]
    assert len(grave.acts("evaluation_decided")) == 2


def test_without_anything_to_propose_it_says_so(counted: OfficeAtWork) -> None:
    assert asked(counted) == "没有建议移送案件评查的问题。"


def test_an_auditor_reads_the_list_and_decides_nothing(grave: OfficeAtWork) -> None:
    assert "建议 1 条" in asked(grave, "白鹭")
    assert not any("移送" in label for label in grave["白鹭"].last.buttons)


def test_to_decide_on_it_is_no_monitoring_of_the_case(grave: OfficeAtWork) -> None:
    grave.at(date(2026, 7, 6))
    asked(grave)
    officer = grave[OFFICER]
    press(officer, f"{evaluation.candidates(facts_of(grave))[0].number} 移送")
    assert statistics_of(grave, Range(2026, 6)).totals["watched"].value == 2
    assert statistics_of(grave, Range(2026, 7)).totals["watched"].value == 0
