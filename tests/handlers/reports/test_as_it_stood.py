"""What a report says stood so at the end of its range, whatever came afterwards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.counting import statistics
from handlers.counting.facts import About, Facts, Held, NoticeFacts, Patrol, Review, Stamp
from handlers.counting.ranges import Range
from handlers.registers.shown import Shown
from handlers.reports import placeholders, report_lists
from knowledge import business_lines
from tests.support.office_cards import FIRST, OFFICE, SECOND

if TYPE_CHECKING:
    from typing import Any

JUNE = Range(2026, 6)
BEFORE_END, AFTER_END = date(2026, 6, 29), date(2026, 7, 2)
OPEN = ("—", "—", "—", "待答复")


def stamp(sequence: int, day: date) -> Stamp:
    return Stamp(sequence, day, "person:4")


def notice(id_: int = 1, **more: Any) -> NoticeFacts:
    known: dict[str, Any] = {
        "number": f"{id_}号",
        "findings": (About("A01", "一号"), About("A02", "二号")),
        "issued": stamp(10 + id_, date(2026, 6, 10)),
    }
    return NoticeFacts(
        id=id_, department=FIRST, grave=False, drafted=stamp(id_, date(2026, 6, 9)), **known | more
    )


def listed(*notices: NoticeFacts) -> list[tuple[str, ...]]:
    facts = Facts(head="", notices=notices)
    table = report_lists.notices(facts, JUNE, Shown("intranet", {}, {}, {}))
    return [row.cells for row in table.rows if row.cells[0] != report_lists.NOTHING]


def received(sequence: int, day: date) -> dict[str, Any]:
    return {"received": stamp(sequence, day), "received_on": day, "due": date(2026, 7, 9)}


def test_what_came_after_the_range_is_not_in_the_list_of_notices() -> None:
    late = notice(**received(20, AFTER_END), replied=stamp(21, AFTER_END))
    assert listed(late) == [("1号", FIRST, "2", "06-10", *OPEN)]
    in_time = notice(**received(20, BEFORE_END), replied=stamp(21, AFTER_END))
    assert listed(in_time)[0][4:] == ("06-29", "07-09", "—", "待答复")


def test_a_notice_that_was_voided_is_listed_as_long_as_it_is_counted() -> None:
    first, second = notice(1, ended=stamp(30, BEFORE_END)), notice(2, ended=stamp(31, AFTER_END))
    assert [row[0] for row in listed(first, second)] == ["2号"]


def test_notices_are_listed_in_the_order_they_were_issued() -> None:
    later = notice(1, issued=stamp(40, date(2026, 6, 20)))
    assert [row[0] for row in listed(later, notice(2))] == ["2号", "1号"]


@pytest.mark.parametrize(
    ("reviews", "result"),
    [
        ((), "待复核"),
        ((("已纠正", ("A01",), BEFORE_END),), "已纠正、待复核"),
        ((("继续跟踪", ("A01",), BEFORE_END), ("已纠正", ("A01", "A02"), BEFORE_END)), "已纠正"),
        ((("继续跟踪", ("A01", "A02"), BEFORE_END), ("维持", ("A01",), AFTER_END)), "继续跟踪"),
        ((("已纠正", ("A01",), BEFORE_END), ("撤回", ("A02",), BEFORE_END)), "已纠正、撤回"),
    ],
)
def test_the_result_is_what_was_held_last_of_each_problem(
    reviews: tuple[tuple[str, tuple[str, ...], date], ...], result: str
) -> None:
    held = tuple(
        Review(stamp(30 + place, day), outcome, findings)
        for place, (outcome, findings, day) in enumerate(reviews)
    )
    answered = notice(**received(20, BEFORE_END), replied=stamp(21, BEFORE_END), reviews=held)
    assert listed(answered)[0][-1] == result


def said(facts: Facts, department: str = "") -> dict[str, Any]:
    counted = statistics.compute(facts, JUNE, business_lines.shipped(), office=OFFICE)
    return placeholders.of(counted, facts, [], [], department)


def test_as_many_campaigns_are_named_as_are_counted() -> None:
    campaigns = (
        Held(stamp(1, date(2026, 6, 3)), "专项2026-1", cancelled=stamp(9, AFTER_END)),
        Held(stamp(2, date(2026, 6, 4)), "专项2026-2", cancelled=stamp(8, BEFORE_END)),
    )
    told = said(Facts(head="", since=date(2026, 6, 3), campaigns=campaigns))
    assert told["数"]["专项监控"] == "1"
    assert told["专项"] == ["专项2026-1"]


@pytest.mark.parametrize(("department", "open_ones"), [(FIRST, "3"), (SECOND, "0"), ("", "3")])
def test_a_department_without_open_cases_has_none_once_the_rules_ran(
    department: str, open_ones: str
) -> None:
    run = Patrol(stamp(1, date(2026, 6, 3)), 3, {"审查逮捕案件": 3}, {FIRST: 3}, {}, None)
    assert said(Facts(head="", patrols=(run,)), department)["数"]["在办件数"] == open_ones
    assert said(Facts(head=""), department)["数"]["在办件数"] == "—"
