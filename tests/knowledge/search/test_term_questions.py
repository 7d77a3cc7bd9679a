from __future__ import annotations

from datetime import date

import pytest

from knowledge.calendar import Calendar
from knowledge.search import term_questions
from knowledge.search.points import load_points

TODAY = date(2026, 6, 15)
CALENDAR = Calendar()


def read(text: str) -> term_questions.TermQuestion | None:
    return term_questions.read(text, TODAY, CALENDAR)


def ends(text: str) -> list[str]:
    asked = read(text)
    assert asked is not None
    return [str(one.period.due) for one in term_questions.count(asked, CALENDAR)]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("拘留了，6月10日受理的审捕什么时候到期", ["2026-06-17"]),
        ("没拘留 6月10日报捕哪天到期", ["2026-06-25"]),
        ("6月10日受理的审捕什么时候到期", ["2026-06-17", "2026-06-25"]),
        ("6月1日取保的什么时候期满", ["2027-06-01"]),
        ("在押，5月29日退查的几号到期", ["2026-06-29"]),
    ],
)
def test_the_last_day_is_counted_the_earlier_one_first(text: str, due: list[str]) -> None:
    assert ends(text) == due


def test_a_last_day_off_moves_only_outside_custody() -> None:
    assert ends("5月21日移送的审查起诉什么时候到期") == ["2026-06-21", "2026-06-22"]


def test_custody_with_a_day_of_receipt_is_enough() -> None:
    asked = read("拘留了 收案9.25")
    assert asked is not None
    assert asked.custody is True
    assert not asked.is_of_one_matter


@pytest.mark.parametrize(
    "text",
    [
        "审捕期限几天",
        "A01 已改，审结日期 5.27",
        "6月10日受理",
        "明天交",
        "5.31 已经送达给看守所了，文书都在卷里，请核对一下",
        "",
    ],
)
def test_what_asks_for_no_day_is_left_alone(text: str) -> None:
    assert read(text) is None


def test_every_term_rests_on_a_shipped_point() -> None:
    shipped = {point.key for point in load_points()}
    asked = term_questions.TermQuestion(tuple(term_questions.matters()), TODAY, None)
    counted = term_questions.count(asked, CALENDAR)
    assert {one.term.point for one in counted} <= shipped
