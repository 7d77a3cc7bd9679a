from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.periods import Amount, compute
from tests.support.rule_cards import CALENDAR, card, patrolled, said, shipped

if TYPE_CHECKING:
    from knowledge.cards import Value

DAYS = st.dates(date(2023, 1, 1), date(2026, 11, 30))
ARREST = {"案件类别": "审查逮捕案件", "移送单位": "某市公安局", "决定日期": None}
DETAINED = {**ARREST, "强制措施种类": "拘留"}
OPEN = {"案件类别": "一审公诉案件", "决定日期": None}
BAIL = {**OPEN, "强制措施种类": "取保候审"}


@settings(deadline=None, max_examples=25)
@given(starts=st.lists(DAYS, min_size=1, max_size=8, unique=True), custody=st.sampled_from("是否"))
def test_every_due_day_is_the_one_periods_computes(starts: list[date], custody: str) -> None:
    rules = shipped("prosecution-review-1m")
    cards = [
        card({**OPEN, "受理日期": start, "是否在押": custody}, case_no=f"案{place}")
        for place, start in enumerate(starts)
    ]
    found = {hit.case_no: hit.due for hit in patrolled(cards, rules, as_of=date(2027, 2, 1)).hits}
    assert found == {
        f"案{place}": compute(
            start, Amount(months=1), calendar=CALENDAR, custody=custody == "是"
        ).due
        for place, start in enumerate(starts)
    }


@settings(deadline=None, max_examples=30)
@given(start=DAYS, offset=st.integers(-3, 12), ahead=st.integers(-2, 12))
def test_what_is_said_follows_from_due_day_done_day_and_today(
    start: date, offset: int, ahead: int
) -> None:
    due, today = start + timedelta(days=7), start + timedelta(days=ahead)
    done = start + timedelta(days=offset) if offset >= 0 else None
    hits = said(
        {**DETAINED, "受理日期": start, "决定日期": done},
        "arrest-review-detained-7d",
        as_of=today,
    )
    if done is not None:
        expected = [("overdue", due, (due - done).days)] if done > due else []
    elif today > due:
        expected = [("overdue", due, (due - today).days)]
    else:
        expected = [("due_soon", due, (due - today).days)] if (due - today).days <= 2 else []
    assert [(hit.state, hit.due, hit.days_left) for hit in hits] == expected


def test_a_term_that_starts_on_receipt_does_not_wait_for_acceptance() -> None:
    values = {**DETAINED, "收到案件材料日期": date(2026, 6, 8), "受理日期": date(2026, 6, 10)}
    [hit] = said(values, "arrest-review-detained-7d")
    assert hit.due == date(2026, 6, 15)
    assert hit.occurrence == "2026-06-08"
    assert hit.term is not None
    assert hit.term.start_field == "收到案件材料日期"


def test_without_a_receipt_the_acceptance_counts_and_is_named() -> None:
    [hit] = said({**DETAINED, "受理日期": date(2026, 6, 10)}, "arrest-review-detained-7d")
    assert hit.term is not None
    assert hit.term.start_field == "受理日期"
    assert any("按受理日期" in step for step in hit.steps)
    assert "收到案件材料日期" not in hit.evidence


def test_unknown_custody_takes_the_earlier_day_and_says_so() -> None:
    [hit] = said({**OPEN, "受理日期": date(2026, 5, 6)}, "prosecution-review-1m")
    assert hit.due == date(2026, 6, 6)  # a Saturday
    assert any("在押情况不明" in step for step in hit.steps)
    assert hit.term is not None
    assert hit.term.custody is None


def test_a_term_that_never_rolls_is_no_custody_term_for_that() -> None:
    values: dict[str, Value] = {
        "案件类别": "一审公诉案件",
        "强制措施种类": "取保候审",
        "强制措施开始日期": date(2025, 6, 14),
    }
    [hit] = said(values, "bail-max-12m")
    assert hit.term is not None
    assert (hit.due, hit.term.custody) == (date(2026, 6, 14), False)


def test_a_year_that_is_not_announced_makes_the_day_uncertain() -> None:
    [hit] = said(
        {**BAIL, "受理日期": date(2026, 12, 2)}, "prosecution-review-1m", as_of=date(2027, 1, 2)
    )
    assert (hit.due, hit.certain) == (date(2027, 1, 2), False)


def test_days_off_before_the_second_working_day_bring_the_warning_forward() -> None:
    values = {**DETAINED, "受理日期": date(2026, 9, 25)}  # ends on 2 October, a holiday
    names = "arrest-review-detained-7d"
    assert not said(values, names, as_of=date(2026, 9, 29))
    [hit] = said(values, names, as_of=date(2026, 9, 29), horizon=date(2026, 10, 8))
    assert (hit.state, hit.days_left) == ("due_soon", 3)


def test_a_term_ending_on_the_horizon_is_not_yet_warned_of() -> None:
    values = {**DETAINED, "受理日期": date(2026, 6, 11)}
    name = "arrest-review-detained-7d"
    assert not said(values, name, as_of=date(2026, 6, 15), horizon=date(2026, 6, 18))
    assert said(values, name, as_of=date(2026, 6, 15), horizon=date(2026, 6, 19))


@pytest.mark.parametrize(
    ("extra", "due"),
    [
        ({}, date(2026, 4, 2)),
        ({"延长期限": 15}, date(2026, 4, 2)),
        ({"延长期限": 15, "是否重大复杂案件": "是"}, date(2026, 4, 2)),
        ({"是否重大复杂案件": "是", "批准延长日期": date(2026, 3, 30)}, date(2026, 4, 2)),
        (
            {"延长期限": 15, "是否重大复杂案件": "是", "批准延长日期": date(2026, 3, 30)},
            date(2026, 4, 17),
        ),
        (
            {"延长期限": 40, "是否重大复杂案件": "是", "批准延长日期": date(2026, 3, 30)},
            date(2026, 4, 17),
        ),
    ],
)
def test_the_fifteen_days_need_all_three_entries(extra: dict[str, Value], due: date) -> None:
    [hit] = said({**BAIL, "受理日期": date(2026, 3, 2), **extra}, "prosecution-review-1m")
    assert hit.due == due


@pytest.mark.parametrize(
    ("count", "due"),
    [
        (None, date(2026, 2, 28)),
        (1, date(2026, 3, 30)),
        (2, date(2026, 5, 30)),
        (3, date(2026, 7, 30)),
    ],
)
def test_extensions_of_custody_count_from_the_arrest(count: int | None, due: date) -> None:
    values: dict[str, Value] = {
        "案件类别": "延长侦查羁押期限案件",
        "逮捕执行日期": date(2025, 12, 30),
        "变更或释放日期": None,
        "延长次数": count,
    }
    [hit] = said(values, "custody-investigation-2m", as_of=date(2026, 8, 1))
    assert hit.due == due


@pytest.mark.parametrize("lacking", ["不计入期限起始日期", "不计入期限截止日期", "不计入期限事由"])
def test_days_are_left_out_only_with_beginning_end_and_reason(lacking: str) -> None:
    paused: dict[str, Value] = {
        "不计入期限起始日期": date(2026, 3, 9),
        "不计入期限截止日期": date(2026, 3, 13),
        "不计入期限事由": "精神病鉴定",
    }
    values = {**BAIL, "受理日期": date(2026, 3, 2), **paused}
    assert said(values, "prosecution-review-1m")[0].due == date(2026, 4, 7)
    assert said({**values, lacking: None}, "prosecution-review-1m")[0].due == date(2026, 4, 2)


def test_after_a_resubmission_only_the_recalculation_speaks() -> None:
    values = {**BAIL, "受理日期": date(2026, 1, 5), "重新移送日期": date(2026, 5, 15)}
    rules = ("prosecution-review-1m", "prosecution-recalc-after-supplement")
    [hit] = said(values, *rules)
    assert (hit.rule, hit.due) == ("prosecution-recalc-after-supplement", date(2026, 6, 15))


def test_two_returns_are_two_occurrences() -> None:
    first = {**BAIL, "一次退查日期": date(2026, 3, 2), "一次重报日期": None, "二次退查日期": None}
    again = {
        **first,
        "一次重报日期": date(2026, 3, 20),
        "二次退查日期": date(2026, 5, 4),
        "二次重报日期": None,
    }
    name = "supplement-investigation-1m"
    assert said(first, name)[0].occurrence == "2026-03-02"
    assert said(again, name)[0].occurrence == "2026-05-04"


@pytest.mark.parametrize(
    ("done", "states"),
    [
        (datetime(2026, 6, 2, 10, 0), []),  # noqa: DTZ001
        (datetime(2026, 6, 2, 10, 1), ["overdue"]),  # noqa: DTZ001
        (None, ["overdue"]),
    ],
)
def test_hours_are_counted_to_the_minute(done: datetime | None, states: list[str]) -> None:
    values: dict[str, Value] = {
        "案件类别": "职务犯罪侦查案件",
        "拘留执行时间": datetime(2026, 6, 1, 10, 0),  # noqa: DTZ001
        "通知家属时间": done,
    }
    assert [hit.state for hit in said(values, "detention-family-24h")] == states


def test_a_day_without_a_time_cannot_be_counted_in_hours() -> None:
    values: dict[str, Value] = {
        "案件类别": "职务犯罪侦查案件",
        "拘留执行时间": date(2026, 6, 1),
        "通知家属时间": None,
    }
    result = patrolled([card(values)], shipped("detention-family-24h"))
    assert not result.hits
    assert ("detention-family-24h", result_case(), "1") in result.unevaluated


def result_case() -> str:
    return "例检刑诉受[2026]990103000001号"


def test_the_card_is_believed_where_the_columns_that_would_explain_it_are_missing() -> None:
    values = {**BAIL, "受理日期": date(2026, 3, 2), "到期日期": date(2026, 6, 18)}
    [hit] = said(values, "prosecution-review-1m")
    assert (hit.state, hit.due) == ("due_soon", date(2026, 6, 18))
    assert any("按案卡的到期日期" in step for step in hit.steps)
    told = {**values, "重新移送日期": None, "批准延长日期": None}
    assert said(told, "prosecution-review-1m")[0].due == date(2026, 4, 2)


def test_a_small_difference_of_the_card_is_not_believed() -> None:
    values = {**BAIL, "受理日期": date(2026, 3, 2), "到期日期": date(2026, 4, 9)}
    assert said(values, "prosecution-review-1m")[0].due == date(2026, 4, 2)


@pytest.mark.parametrize(("done", "release"), [(None, "auto"), (date(2026, 6, 12), "review")])
def test_open_terms_leave_by_themselves_and_past_facts_are_reviewed(
    done: date | None, release: str
) -> None:
    values = {**DETAINED, "受理日期": date(2026, 6, 1), "决定日期": done}
    assert said(values, "arrest-review-detained-7d")[0].release == release
