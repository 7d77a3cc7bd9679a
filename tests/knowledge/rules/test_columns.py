"""Cards as columns, taken apart and put together: always what plain Python says, card by card."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.patrol import plain
from knowledge.cards import Card, CardSet
from knowledge.fields import CASE_NO, CASE_TYPE, PERSON_NO, UNIFIED_NO, registry
from knowledge.rules import patrol, versions
from knowledge.rules.card_table import CardTable, NoCaseNumberError
from knowledge.rules.loader import load_catalogue
from knowledge.rules.run import Asked
from knowledge.rules.source import Cards
from tests.support.rule_cards import CALENDAR, TODAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.cards import Value
    from knowledge.rules.found import Found

RULES = versions.apart(load_catalogue().rules)
FIELDS = registry().fields
ASKED = Asked(TODAY, TODAY + timedelta(days=2), CALENDAR, {})
ROWS, TABLES = 60, 3
COLUMNS = ["rule", "row", "state", "due", "done", "certain"]


def values_of_the_examples() -> dict[str, list[Value]]:
    found: dict[str, dict[Value, None]] = {}
    for rule in RULES:
        for example in rule.examples:
            for values in (example.values, *example.others):
                for name in values.keys() & FIELDS.keys():
                    found.setdefault(name, {})[values[name]] = None
    return {name: [each for each in met if each is not None] for name, met in found.items()}


VALUES = values_of_the_examples()
CARDS = [
    ({name: value for name, value in example.values.items() if name in FIELDS}, example.today)
    for rule in RULES
    for example in rule.examples
]
TYPES = list(registry().case_types)
NUMBERS = {CASE_NO, PERSON_NO, UNIFIED_NO}


def some_tables(seed: int) -> list[list[Card]]:
    """Make cards of three exports, all columns of each there, from what the examples hold."""
    chance = random.Random(seed)  # noqa: S311 - the same cards for the same seed
    return [some_cards(chance, place) for place in range(TABLES)]


def some_cards(chance: random.Random, table: int) -> list[Card]:
    rows = [a_card(chance) for _ in range(ROWS)]
    columns = {name for row in rows for name in row} - set(chance.sample(sorted(VALUES), 60))
    columns |= {CASE_NO, PERSON_NO, CASE_TYPE, UNIFIED_NO}
    with_times = chance.random() < 0.5
    cards: list[Card] = []
    taken: set[tuple[Value, Value]] = set()
    for place, row in enumerate(rows):
        kept = {name: in_column(name, row.get(name), with_times) for name in sorted(columns)}
        word = chance.choice(["刑捕受", "刑诉受", "未捕受", "刑申受"])
        case = f"例检{word}[2026]990103{table}{chance.randrange(ROWS):05d}号"
        kept[CASE_NO] = case if chance.random() < 0.95 else f"某号{table}{place}"
        kept[PERSON_NO] = (
            f"9901032026{chance.randrange(150):07d}" if chance.random() < 0.9 else None
        )
        if (kept[CASE_NO], kept[PERSON_NO]) in taken:
            # a card set has a person once in a case
            kept[CASE_NO], kept[PERSON_NO] = f"另号{table}{place}", None
        taken.add((kept[CASE_NO], kept[PERSON_NO]))
        kept[UNIFIED_NO] = f"990103{chance.randrange(100):011d}" if chance.random() < 0.8 else "x1"
        headings = dict.fromkeys(kept) | {"收到判决裁定日期": "一审判决书收到日期"}
        cards.append(
            Card(
                str(kept[CASE_NO]),
                None if kept[PERSON_NO] is None else str(kept[PERSON_NO]),
                kept,
                headings={name: heading or name for name, heading in headings.items()},
            )
        )
    return cards


def a_card(chance: random.Random) -> dict[str, Value]:
    own, other = chance.choice(CARDS), chance.choice(CARDS)
    row: dict[str, Value] = {**(other[0] if chance.random() < 0.7 else {}), **own[0]}
    moved = TODAY - own[1] if chance.random() < 0.8 else timedelta()
    for name, value in row.items():
        if isinstance(value, date):
            row[name] = value + moved + timedelta(days=chance.choice([0, 0, 0, -3, 1, 7, 30]))
        if chance.random() < 0.05:
            row[name] = None
    for name in chance.sample(sorted(VALUES), 8):
        if VALUES[name]:
            row[name] = chance.choice(VALUES[name])
    if chance.random() < 0.7:
        row[CASE_TYPE] = chance.choice(TYPES)
    return row


def in_column(name: str, value: Value, with_times: bool) -> Value:  # noqa: FBT001 - of the export
    """Return a value as its column holds it: days with times in all of its rows, or in none."""
    kind = FIELDS[name].type
    if value is None:
        return None
    if kind == "datetime" and with_times:
        same = value if isinstance(value, datetime) else None
        return same or datetime.combine(_day(value), datetime.min.time())
    if kind in {"date", "datetime"}:
        return _day(value)
    return value if kind in {"int", "number"} else str(value)


def _day(value: Value) -> date:
    assert isinstance(value, date)
    return value.date() if isinstance(value, datetime) else value


def as_columns(tables: Sequence[Sequence[Card]]) -> CardTable:
    return CardTable.of(
        [
            pl.DataFrame(
                [
                    pl.Series(name, [card.values[name] for card in cards], dtype=kind(name, cards))
                    for name in cards[0].values
                ]
            )
            for cards in tables
        ],
        headings=[cards[0].headings for cards in tables],
    )


def kind(name: str, cards: Sequence[Card]) -> pl.DataType | type[pl.DataType]:
    if FIELDS[name].type in {"int", "number"}:
        return pl.Float64
    if FIELDS[name].type not in {"date", "datetime"}:
        return pl.String
    moments = any(isinstance(card.values[name], datetime) for card in cards)
    return pl.Datetime("us") if moments else pl.Date


def told(found: Found) -> pl.DataFrame:
    return found.hits.select(COLUMNS).sort(COLUMNS)


@settings(deadline=None, max_examples=6)
@given(seed=st.integers(0, 2**32))
def test_columns_and_parts_say_what_plain_python_says_card_by_card(seed: int) -> None:
    tables = some_tables(seed)
    cards = CardSet(tuple(card for cards in tables for card in cards))
    expected = plain.as_table(plain.patrol(cards, RULES, ASKED)).select(COLUMNS).sort(COLUMNS)
    assert told(patrol.find(Cards(cards), RULES, ASKED)).equals(expected)
    assert told(patrol.find(Cards(cards), RULES, ASKED, enough=5)).equals(expected)
    assert told(patrol.find(as_columns(tables), RULES, ASKED)).equals(expected)
    assert told(patrol.find(as_columns(tables), RULES, ASKED, enough=5)).equals(expected)


def test_a_table_has_the_same_words_as_its_cards() -> None:
    tables = some_tables(1)
    cards = CardSet(tuple(card for cards in tables for card in cards))
    of_cards = patrol.find(Cards(cards), RULES, ASKED)
    of_columns = patrol.find(as_columns(tables), RULES, ASKED, enough=5)
    assert len(of_cards.hits) > 100
    assert list(of_columns.worded()) == list(of_cards.worded())


def test_only_the_hits_that_are_looked_at_are_put_into_words() -> None:
    found = patrol.find(as_columns(some_tables(2)), RULES, ASKED)
    first = found.hits.head(1)
    [hit] = found.worded(first)
    assert (hit.rule, hit.state, hit.due) == (
        RULES[first["rule"][0]].id,
        first["state"][0],
        first["due"][0],
    )


def test_each_hit_comes_with_the_exported_values_it_rests_on() -> None:
    tables = some_tables(3)
    found = patrol.find(as_columns(tables), RULES, ASKED)
    cards = [card for cards in tables for card in cards]
    for place in found.hits["rule"].unique():
        hits = found.hits.filter(pl.col("rule") == place)
        for row, values in zip(hits["row"], found.values(place).iter_rows(named=True), strict=True):
            own = cards[row].values
            assert values == {name: own.get(name) for name in values}


def test_a_table_of_cards_must_say_which_case_a_row_is_of() -> None:
    with pytest.raises(NoCaseNumberError, match="第 1 张案卡表没有“部门受案号”"):
        CardTable.of([pl.DataFrame({CASE_TYPE: ["审查逮捕案件"]})])


def test_an_empty_table_has_no_hits() -> None:
    empty = CardTable.of([pl.DataFrame({CASE_NO: pl.Series([], dtype=pl.String)})])
    assert patrol.find(empty, RULES, ASKED).hits.is_empty()
    assert patrol.find(CardTable(()), RULES, ASKED).hits.is_empty()
