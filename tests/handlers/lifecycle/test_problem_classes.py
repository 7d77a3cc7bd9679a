from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from handlers.findings.problem_classes import FALSE_OVERDUE_RULES
from knowledge.rules.loader import load_catalogue
from tests.support.office_cards import MONDAY, card, card_entry, days, hit

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone

ONE, TWO = card(1), card(2)
OVER: dict[str, Any] = {"state": "overdue", "due": date(2026, 6, 9)}


def false_overdue(of: Any) -> Any:
    return card_entry(
        of,
        "false-overdue",
        title="审结在期限内而未点办结（假性超期）",
        state="verify",
        release="officer",
        severity="轻微",
    )


def test_the_rule_of_a_false_overdue_stands_in_the_catalogue() -> None:
    assert load_catalogue().by_id().keys() >= FALSE_OVERDUE_RULES


def test_a_false_overdue_is_a_class_of_its_own_in_finding_and_ledger(office: OfficeAtWork) -> None:
    office.export(false_overdue(ONE), card_entry(TWO), cards=[ONE, TWO])
    classes = {one["data"]["rule"]: one["data"] for one in office.acts("finding_made")}
    assert classes["false-overdue"]["problem_class"] == "false_overdue"
    assert classes["closed-before-accepted"]["problem_class"] == "ordinary"


def test_the_queue_shows_it_after_real_problems_and_counts_it_apart(office: OfficeAtWork) -> None:
    office.export(false_overdue(ONE), card_entry(TWO), cards=[ONE, TWO])
    office["陆明远"].say("/待审")
    first = office["陆明远"].last.text
    assert "\n审结在期限内而未点办结（假性超期） · 第一检察部：1 条" in first
    assert "待审 2 条（其中假性超期 1 条）" in first
    assert "审结早于受理" in first.splitlines()[0]
    office["陆明远"].press("下一条")
    assert "假性超期：审结在期限内" in office["陆明远"].last.text


def test_the_mornings_summary_counts_the_classes_apart(office: OfficeAtWork) -> None:
    office.export(false_overdue(ONE), card_entry(TWO), cards=[ONE, TWO])
    office.morning()
    assert "未销号 2 条（其中假性超期 1 条，与超期分开统计）。" in office["陆明远"].last.text


def test_an_outcome_keeps_the_class_of_its_day(office: OfficeAtWork) -> None:
    office.export(false_overdue(ONE), cards=[ONE])
    office["陆明远"].say("/待审")
    office["陆明远"].press("口头提示")
    assert office.acts("outcome_decided")[0]["data"]["problem_class"] == "false_overdue"


def backfilled(office: OfficeAtWork) -> Phone:
    """After the prompt a day within the term was filled in where a blank had stood."""
    office.export(hit(ONE, **OVER), cards=[ONE])
    office.morning()
    office.at(MONDAY + days(7))
    office.export(cards=[card(1, 审结日期=date(2026, 6, 9))])
    office["陆明远"].say("/待复核")
    return office["陆明远"]


def moved(office: OfficeAtWork) -> Phone:
    """After the prompt a late day was changed to one within the term."""
    late = card(1, 审结日期=date(2026, 6, 12))
    office.export(hit(late, **OVER, done=date(2026, 6, 12)), cards=[late])
    office.morning()
    office.at(MONDAY + days(7))
    office.export(cards=[card(1, 审结日期=date(2026, 6, 9))])
    office["陆明远"].say("/待复核")
    return office["陆明远"]


def test_a_date_changed_after_the_prompt_is_a_class_of_its_own(office: OfficeAtWork) -> None:
    officer = moved(office)
    assert office.finding("A01").problem_class == "date_changed"
    assert office.acts("date_changed_after_prompt")[0]["data"]["problem_class"] == "date_changed"
    assert "事后改期：提示后审结日期由6月12日改为6月9日" in officer.last.text
    office.morning()
    assert "事后改期 1 条，发送 /待复核 处理。" in officer.last.text


def test_a_changed_date_is_closed_only_on_a_dated_document(office: OfficeAtWork) -> None:
    officer = moved(office)
    assert officer.press("核实销号") == "A01 请选择核实所凭的文书"
    assert office.finding("A01").state == "sent"
    officer.press("文书落款日期")
    closed = office.acts("finding_closed")[0]["data"]
    assert (closed["proof"], closed["problem_class"]) == ("文书落款日期", "date_changed")
    assert closed["date_change"] == {"审结日期": ["2026-06-12", "2026-06-09"]}


def test_going_back_from_the_proof_decides_nothing(office: OfficeAtWork) -> None:
    officer = moved(office)
    officer.press("采纳，不再提示")
    officer.press("返回")
    assert "待复核 1 条" in officer.last.text
    assert office.finding("A01").state == "sent"


def test_a_day_that_was_only_entered_late_is_a_false_overdue_once_proven(
    office: OfficeAtWork,
) -> None:
    officer = backfilled(office)
    officer.press("核实销号")
    assert "核实后按假性超期（补录较晚）单独统计。" in officer.last.text
    officer.press("用印日期")
    assert office.finding("A01").problem_class == "false_overdue"
    closed = office.acts("finding_closed")[0]["data"]
    assert (closed["how"], closed["problem_class"]) == ("accepted", "false_overdue")


def test_a_class_goes_when_the_rule_speaks_again(office: OfficeAtWork) -> None:
    moved(office)
    late = card(1, 审结日期=date(2026, 6, 11))
    office.export(hit(late, **OVER, done=date(2026, 6, 11)), cards=[late])
    assert office.finding("A01").problem_class == "ordinary"
