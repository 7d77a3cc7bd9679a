"""Card sets with the findings expected of them, reasoned from the rules' texts alone.

`expected.csv` names for every row of the sets what is found there and why; a row without a rule is
one where nothing may be found. Blank `days_left` and `release` are not compared.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import pytest

from knowledge.card_merge import merge
from knowledge.case_numbers import comparable
from knowledge.rules import patrol
from knowledge.rules.loader import load_catalogue
from storage.exports.read import read_files
from tests.support.command import ROOT
from tests.support.rule_cards import CALENDAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.rules.model import Hit, PatrolResult

AUDIT = ROOT / "tests" / "examples" / "audit"
Expected = dict[str, str]
Key = tuple[str, str, str]


def rows(name: str) -> list[Expected]:
    with (AUDIT / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def by_set(name: str) -> dict[str, list[Expected]]:
    found: dict[str, list[Expected]] = defaultdict(list)
    for row in rows(name):
        found[row["file"]].append(row)
    return found


EXPECTED = by_set("expected.csv")
NOT_EVALUATED = by_set("not_evaluated.csv")


def patrolled(sets: str, as_of: date) -> PatrolResult:
    sheets = read_files([AUDIT / f"{name}.csv" for name in sets.split("+")])
    return patrol.evaluate(
        merge(sheets, office="某院"),
        load_catalogue().rules,
        as_of=as_of,
        calendar=CALENDAR,
        settings={},
        horizon=CALENDAR.workday_after(CALENDAR.workday_after(as_of)),
    )


def differences(expected: list[Expected], result: PatrolResult) -> Iterator[str]:
    found = {(hit.case_no, hit.person_no or "", hit.rule): hit for hit in result.hits}
    why = {comparable(row["case_no"]): row["why"] for row in expected}
    wanted = {key_of(row): row for row in expected if row["rule"]}
    for key, row in wanted.items():
        if key not in found:
            yield f"missing {key}: {row['state']} {row['due']} ({row['why']})"
            continue
        for name, wish, value in compared(row, found[key]):
            if wish != value:
                yield f"{name} of {key}: {value} instead of {wish} ({row['why']})"
    for key, hit in found.items():
        if key not in wanted:
            yield f"unexpected {key}: {hit.state} {hit.due} {hit.fact} ({why.get(hit.case_no)})"


def key_of(row: Expected) -> Key:
    return comparable(row["case_no"]), row["person_no"], row["rule"]


def compared(row: Expected, hit: Hit) -> Iterator[tuple[str, str, str]]:
    yield "state", row["state"], hit.state
    yield "due", row["due"], str(hit.due or "")
    if row["days_left"]:
        yield "days_left", row["days_left"], str(hit.days_left)
    if row["release"]:
        yield "release", row["release"], hit.release


@pytest.mark.parametrize("sets", sorted(EXPECTED))
def test_a_set_gives_exactly_the_findings_reasoned_from_the_texts(sets: str) -> None:
    expected = EXPECTED[sets]
    result = patrolled(sets, date.fromisoformat(expected[0]["as_of"]))
    assert not list(differences(expected, result))


@pytest.mark.parametrize("sets", sorted(NOT_EVALUATED))
def test_a_rule_whose_columns_are_missing_is_named_and_no_other(sets: str) -> None:
    result = patrolled(sets, date.fromisoformat(EXPECTED[sets][0]["as_of"]))
    told = {row["rule"]: row["evaluated"] == "1" for row in NOT_EVALUATED[sets]}
    assert {rule: rule not in result.not_evaluated for rule in told} == told


def test_the_sets_hold_hits_and_silence_for_most_rules() -> None:
    every = [row for found in EXPECTED.values() for row in found]
    assert len({row["rule"] for row in every if row["rule"]}) > 150
    assert sum(not row["rule"] for row in every) > 150


def test_a_year_without_announced_days_off_is_said_to_be_uncertain() -> None:
    result = patrolled("year_2027", date(2026, 12, 31))
    certain = {hit.rule: hit.certain for hit in result.hits}
    assert certain == {"arrest-review-detained-7d": True, "arrest-review-not-detained-15d": False}
