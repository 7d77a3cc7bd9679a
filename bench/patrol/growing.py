"""Cards grown for the benchmark: full ones on which rules are silent, and some with a hit.

A card begins with its type and the day of acceptance. Further columns are filled with values that
the examples of the rules have, days near its own; what no rule speaks of is kept. So the columns
are filled as they are in an export that was looked after, over all case types.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl

from knowledge.calendar import Calendar
from knowledge.fields import CASE_NO, CASE_TYPE, PERSON_NO, UNIFIED_NO, registry
from knowledge.periods import Amount, compute
from knowledge.rules import patrol
from knowledge.rules.card_table import CardTable
from knowledge.rules.found import rests_on
from knowledge.rules.run import Asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.cards import Value
    from knowledge.rules.rule import Rule

AS_OF = date(2026, 6, 15)
CALENDAR = Calendar()
CARDS_PER_TYPE = 30
ROUNDS = 60
"""At least; an export with more columns takes as many rounds as it has columns."""
CHANGES = 4
NUMBERS = {CASE_NO, PERSON_NO, UNIFIED_NO, CASE_TYPE}
KEPT = {CASE_TYPE, "受理日期", "承办检察官", "承办部门", "承办单位"}
WORDS = {
    "审查逮捕": "刑捕受",
    "审查起诉": "刑诉受",
    "控告申诉": "刑申受",
}


@dataclass
class Pool:
    """Grown cards by case type: those no rule speaks of, and those with a hit or two."""

    clean: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    faulty: dict[str, list[dict[str, Value]]] = field(default_factory=dict)


def asked() -> Asked:
    """Return what every patrol of the benchmark is asked."""
    return Asked(AS_OF, AS_OF, CALENDAR, {})


def grow(rules: Sequence[Rule], columns: Mapping[str, Sequence[str]], seed: int = 7) -> Pool:
    """Grow cards of every type with some columns of its exports."""
    chance = random.Random(seed)  # noqa: S311 - the same cards every time
    values = _values(rules)
    reads = [sorted(rests_on(rule)) for rule in rules]
    pool = Pool()
    cards = [_seedling(kind, chance) for kind in sorted(columns) for _ in range(CARDS_PER_TYPE)]
    hits = _hits(cards, rules)
    for turn in range(max(ROUNDS, *map(len, columns.values()))):
        growing = [
            place
            for place, card in enumerate(cards)
            if turn < max(ROUNDS, len(columns[str(card[CASE_TYPE])]))
        ]
        tried = []
        for place in growing:
            allowed = columns[str(cards[place][CASE_TYPE])]
            blamed = {name for rule in hits[place] for name in reads[rule]} & set(allowed)
            mend = bool(blamed) and chance.random() < 0.7
            tried.append(
                _changed(cards[place], sorted(blamed) if mend else allowed, values, chance)
            )
        for place, card, found in zip(growing, tried, _hits(tried, rules), strict=True):
            kind = str(card[CASE_TYPE])
            if not hits[place] and 0 < len(found) <= 2:
                pool.faulty.setdefault(kind, []).append(card)
            if len(found) <= len(hits[place]):
                cards[place], hits[place] = card, found
                if not found:
                    pool.clean.setdefault(kind, []).append(card)
    return pool


def _values(rules: Sequence[Rule]) -> dict[str, list[Value]]:
    """Return the values the examples have in each column, days as days from the as-of day."""
    found: dict[str, dict[Value, None]] = {}
    for rule in rules:
        for example in rule.examples:
            for values in (example.values, *example.others):
                for name, value in values.items():
                    if value is not None and name in registry().fields:
                        found.setdefault(name, {})[value] = None
    return {name: list(values) for name, values in found.items()}


def _seedling(kind: str, chance: random.Random) -> dict[str, Value]:
    accepted = AS_OF - timedelta(days=chance.choice([1, 2, 3, 5, 10, 20, 40, 90, 200, 300]))
    term = chance.choice([Amount(days=7), Amount(days=10), Amount(months=1), Amount(months=3)])
    return {
        CASE_TYPE: kind,
        "受理日期": accepted,
        "收到案件材料日期": accepted,
        "到期日期": compute(accepted, term, calendar=CALENDAR).due,
        "承办检察官": f"某{chance.randrange(40)}",
        "承办部门": f"第{chance.randrange(1, 9)}检察部",
        "承办单位": "某院",
    }


def _changed(
    card: dict[str, Value],
    columns: Sequence[str],
    values: Mapping[str, Sequence[Value]],
    chance: random.Random,
) -> dict[str, Value]:
    made = dict(card)
    accepted = card["受理日期"]
    assert isinstance(accepted, date)
    for _ in range(chance.randint(1, CHANGES)):
        name = chance.choice(columns)
        if chance.random() < 0.15:
            if name not in KEPT:
                made.pop(name, None)
            continue
        kind = registry().fields[name].type
        if kind in {"date", "datetime"}:
            near = chance.choice([accepted, *(v for v in made.values() if isinstance(v, date))])
            day = near + timedelta(
                days=chance.choice([-10, -3, -1, 0, 0, 0, 1, 2, 3, 5, 7, 10, 30])
            )
            if isinstance(day, datetime):
                day = day.date()
            day = min(day, AS_OF) if chance.random() < 0.9 else day
            made[name] = (
                datetime(day.year, day.month, day.day, chance.randrange(8, 18))  # noqa: DTZ001 - local
                if kind == "datetime"
                else day
            )
        elif kind == "bool":
            made[name] = chance.choice(["是", "否"])
        elif name in values:
            made[name] = chance.choice(values[name])
        elif kind in {"int", "number"}:
            made[name] = chance.randrange(1, 40)
        elif kind == "text":
            made[name] = f"某{chance.randrange(40)}"
    return made


def _hits(cards: Sequence[dict[str, Value]], rules: Sequence[Rule]) -> list[list[int]]:
    """Return the places of the rules that speak of each card, every card a case of its own."""
    found = patrol.find(CardTable.of([as_table(cards)]), rules, asked())
    spoken: list[list[int]] = [[] for _ in cards]
    for row, rule in found.hits.select("row", "rule").iter_rows():
        spoken[row].append(rule)
    return spoken


def as_table(cards: Sequence[Mapping[str, Value]]) -> pl.DataFrame:
    """Lay cards out as an export with all their columns, every card a case of its own."""
    numbers = pl.DataFrame(
        {
            CASE_NO: [_number(card, place) for place, card in enumerate(cards)],
            PERSON_NO: [f"9901032026{place:07d}" for place in range(len(cards))],
            UNIFIED_NO: [f"990103{place:011d}" for place in range(len(cards))],
        }
    )
    return numbers.hstack(typed(cards))


def typed(cards: Sequence[Mapping[str, Value]]) -> pl.DataFrame:
    """Lay cards out by column, numbers left out."""
    met = {name for card in cards for name in card} | set(registry().fields)
    names = sorted(met - {CASE_NO, PERSON_NO, UNIFIED_NO})
    return pl.DataFrame(
        [pl.Series(name, [card.get(name) for card in cards], dtype=_kind(name)) for name in names]
    )


def _number(card: Mapping[str, Value], place: int) -> str:
    stage = registry().case_types[str(card[CASE_TYPE])].stages[0]
    return f"例检{WORDS.get(stage, '他受')}[2026]990103{place:06d}号"


def _kind(name: str) -> pl.DataType:
    if name not in registry().fields:
        return pl.Boolean()
    kind = registry().fields[name].type
    if kind in {"int", "number"}:
        return pl.Float64()
    days: dict[str, pl.DataType] = {"date": pl.Date(), "datetime": pl.Datetime()}
    return days.get(kind, pl.String())
