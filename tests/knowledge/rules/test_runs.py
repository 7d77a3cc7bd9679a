"""Rows under each other: the first of each run, and what occurs more than once."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.runs import first_of_runs, repeated

NUMBERS = st.lists(st.integers(0, 5))


def test_the_first_of_each_run_is_marked() -> None:
    cases = pl.Series(["甲", "甲", "乙", "甲"])

    assert first_of_runs([cases]).to_list() == [True, False, True, True]


def test_a_run_ends_where_any_of_the_columns_changes() -> None:
    cases, offices = pl.Series(["甲", "甲", "甲"]), pl.Series(["一院", "二院", "二院"])

    assert first_of_runs([cases, offices]).to_list() == [True, True, False]


@pytest.mark.parametrize("height", [0, 1])
def test_few_rows_have_no_row_before(height: int) -> None:
    assert first_of_runs([pl.Series(["甲"] * height)]).to_list() == [True] * height


@given(NUMBERS)
def test_what_occurs_more_than_once_is_told_in_any_order(numbers: list[int]) -> None:
    found = repeated(pl.Series(numbers, dtype=pl.UInt64))

    assert sorted(found) == sorted({each for each in numbers if numbers.count(each) > 1})
