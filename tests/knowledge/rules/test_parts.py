"""Cards taken apart by stage: cases stay whole, rows keep their order, nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from knowledge.cards import CardSet
from knowledge.rules import categories
from knowledge.rules.frame import CASE, ROW
from knowledge.rules.parts import parts, whole
from knowledge.rules.sheets import of_cards
from knowledge.rules.side_by_side import mapped
from tests.support.rule_cards import card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.cards import Card

TYPES = ["审查逮捕案件", "审查逮捕案件（未检）", "一审公诉案件", "刑事赔偿案件", "别的"]


def some_cards(count: int = 50) -> list[Card]:
    return [
        card({"案件类别": TYPES[n % 5]}, case_no=f"案{n}", person_no=str(n)) for n in range(count)
    ]


def taken_apart(cards: list[Card], enough: int) -> list[list[int]]:
    sheet = of_cards(CardSet(tuple(cards)), ["案件类别"], ())
    return [part.data[ROW].to_list() for part in parts(whole([sheet], {}), enough)]


def test_a_stage_with_enough_rows_is_a_part_of_its_own() -> None:
    found = taken_apart(some_cards(), 15)
    arrests = [n for n in range(50) if n % 5 in {0, 1}]
    assert sorted(map(len, found)) == [20, 30]
    assert arrests in found


def test_no_row_is_lost_and_rows_keep_their_order() -> None:
    found = taken_apart(some_cards(), 5)
    assert sorted(row for rows in found for row in rows) == list(range(50))
    assert all(rows == sorted(rows) for rows in found)


def test_few_rows_are_one_part() -> None:
    assert taken_apart(some_cards(), 51) == [list(range(50))]


def test_a_case_of_two_stages_is_not_torn_apart() -> None:
    cards = [*some_cards(), card({"案件类别": TYPES[2]}, case_no="案0", person_no="x")]
    sheet = of_cards(CardSet(tuple(cards)), ["案件类别"], ())
    held = [part.data[CASE].to_list() for part in parts(whole([sheet], {}), 5)]
    assert [names.count("案0") for names in held if "案0" in names] == [2]


def test_work_side_by_side_keeps_the_order() -> None:
    assert mapped(lambda n: n * n, iter(range(20)), workers=3) == [n * n for n in range(20)]


def test_a_fault_in_one_part_is_not_lost() -> None:
    def items() -> Iterator[int]:
        yield from (1, 0)

    with pytest.raises(ZeroDivisionError):
        mapped(lambda n: 1 / n, items(), workers=2)


def test_texts_are_numbered_with_the_blanks_among_them() -> None:
    one, other = pl.Series(["甲", None, "乙", "甲"]), pl.Series(["x", "x", None, "x"])
    numbers, met = categories.combined([one, other])
    assert [met[number] for number in numbers] == [
        ("甲", "x"),
        (None, "x"),
        ("乙", None),
        ("甲", "x"),
    ]


def test_many_combinations_are_numbered_as_they_occur(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(categories, "DENSE", 1)
    one, other = pl.Series(["甲", "乙"]), pl.Series(["x", "y"])
    numbers, met = categories.combined([one, other])
    assert [met[number] for number in numbers] == [("甲", "x"), ("乙", "y")]


def test_a_column_without_texts_has_one_number() -> None:
    numbers, met = categories.combined([pl.Series([None, None], dtype=pl.String)])
    assert (numbers.to_list(), met) == ([0, 0], [(None,)])
