"""Card sets with the findings expected of them, reasoned from the rules' texts alone.

`expected.csv` names for every row of the sets what is found there and why; a row without a rule is
one where nothing may be found. Blank `days_left` and `release` are not compared. The sets of the
folder `extended` are about the rules that an office must switch on; all rules speak there, and only
those are compared.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from knowledge.card_merge import merge
from knowledge.case_numbers import comparable
from knowledge.rules import patrol, syntax
from knowledge.rules.loader import load_catalogue
from knowledge.rules.rule import TermBody
from storage.exports.read import read_files
from tests.support.command import ROOT
from tests.support.rule_cards import CALENDAR, by_default
from tests.support.shared import shared_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from knowledge.rules.model import Hit, PatrolResult, Rule

AUDIT = ROOT / "tests" / "examples" / "audit"
EXTENDED = AUDIT / "extended"
EVERY = load_catalogue().rules
OPTIONAL = frozenset(rule.id for rule in EVERY if rule.optional)
Expected = dict[str, str]
Key = tuple[str, str, str]


def rows(path: Path) -> list[Expected]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def by_set(path: Path) -> dict[str, list[Expected]]:
    found: dict[str, list[Expected]] = defaultdict(list)
    for row in rows(path):
        found[row["file"]].append(row)
    return found


STANDING = by_set(AUDIT / "expected.csv")
SWITCHED_ON = by_set(EXTENDED / "expected.csv")
NOT_EVALUATED = by_set(AUDIT / "not_evaluated.csv")


def patrolled(files: Iterable[Path], as_of: date, rules: Sequence[Rule]) -> PatrolResult:
    return patrol.evaluate(
        merge(read_files(list(files)), office="某院"),
        rules,
        as_of=as_of,
        calendar=CALENDAR,
        settings={},
        horizon=CALENDAR.workday_after(CALENDAR.workday_after(as_of)),
    )


@cache
def said_of(sets: str) -> PatrolResult:
    """What the rules that are on by themselves say of a set."""
    files = [AUDIT / f"{name}.csv" for name in sets.split("+")]
    return patrolled(files, day_of(STANDING[sets]), by_default())


@cache
def all_said_of(name: str) -> PatrolResult:
    """What every rule says of a set of the extended ones."""
    return patrolled([EXTENDED / f"{name}.csv"], day_of(SWITCHED_ON[name]), EVERY)


def day_of(expected: list[Expected]) -> date:
    return date.fromisoformat(expected[0]["as_of"])


def differences(expected: list[Expected], hits: Iterable[Hit]) -> Iterator[str]:
    found = {(hit.case_no, hit.person_no or "", hit.rule): hit for hit in hits}
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


@pytest.mark.parametrize("sets", sorted(STANDING))
def test_a_set_gives_exactly_the_findings_reasoned_from_the_texts(sets: str) -> None:
    assert not list(differences(STANDING[sets], said_of(sets).hits))


@pytest.mark.parametrize("name", sorted(SWITCHED_ON))
def test_rules_that_were_switched_on_find_exactly_what_their_texts_say(name: str) -> None:
    hits = [hit for hit in all_said_of(name).hits if hit.rule in OPTIONAL]
    assert not list(differences(SWITCHED_ON[name], hits))


@pytest.mark.parametrize("sets", sorted(NOT_EVALUATED))
def test_a_rule_whose_columns_are_missing_is_named_and_no_other(sets: str) -> None:
    told = {row["rule"]: row["evaluated"] == "1" for row in NOT_EVALUATED[sets]}
    assert {rule: rule not in said_of(sets).not_evaluated for rule in told} == told


def test_the_sets_hold_hits_and_silence_for_most_rules() -> None:
    every = [row for found in STANDING.values() for row in found]
    assert len({row["rule"] for row in every if row["rule"]}) > 150
    assert sum(not row["rule"] for row in every) > 150
    further = [row for found in SWITCHED_ON.values() for row in found]
    assert len({row["rule"] for row in further if row["rule"]}) >= 70
    assert sum(not row["rule"] for row in further) > 200


def test_a_year_without_announced_days_off_is_said_to_be_uncertain() -> None:
    result = patrolled([AUDIT / "year_2027.csv"], date(2026, 12, 31), by_default())
    certain = {hit.rule: hit.certain for hit in result.hits}
    assert certain == {"arrest-review-detained-7d": True, "arrest-review-not-detained-15d": False}


def test_a_rule_without_its_columns_is_not_evaluated_once_it_is_switched_on() -> None:
    result = patrolled([shared_folder("samples", "sample_cases.csv")], date(2026, 6, 15), EVERY)
    named = OPTIONAL & result.not_evaluated.keys()
    assert len(named) >= 50
    assert all(result.not_evaluated[rule] for rule in named)
    assert not OPTIONAL & {hit.rule for hit in result.hits}


WEEKLY = (
    ("sample_cases.csv",),
    ("exports/案件列表_20260615.csv",),
    ("exports/案件列表（第二周）.xls",),
    (
        "exports/审查逮捕案件010101表1行4列受理合计（人）.xlsx",
        "exports/一审公诉案件020101表1行19列受理合计（人）.xlsx",
        "exports/案件列表_20260615.csv",
        "exports/案卡填录问题通报.xlsx",
        "exports/文书公开清单.xlsx",
    ),
)


@pytest.mark.parametrize("names", WEEKLY, ids=lambda names: names[0])
def test_all_rules_on_find_no_duty_of_an_export_twice(names: tuple[str, ...]) -> None:
    files = [shared_folder("samples", *name.split("/")) for name in names]
    assert not list(twice(patrolled(files, date(2026, 6, 15), EVERY)))


@pytest.mark.parametrize("name", sorted(SWITCHED_ON))
def test_all_rules_on_find_no_duty_of_an_audited_set_twice(name: str) -> None:
    assert not list(twice(all_said_of(name)))


@pytest.mark.parametrize("sets", sorted(STANDING))
def test_a_set_of_the_standing_rules_has_no_duty_twice_either(sets: str) -> None:
    files = [AUDIT / f"{name}.csv" for name in sets.split("+")]
    assert not list(twice(patrolled(files, day_of(STANDING[sets]), EVERY)))


def twice(result: PatrolResult) -> Iterator[tuple[str, str, str]]:
    """Yield what two terms of one person say twice, with an optional rule among them.

    That is: from the same day, and ended by the same entry or on the same day. Two that share an
    `item` are one line to the reader, because one fact answers both.
    """
    rules = {rule.id: rule for rule in EVERY}
    rows: dict[tuple[str, str | None], list[Hit]] = defaultdict(list)
    for hit in result.hits:
        rows[hit.case_no, hit.person_no].append(hit)
    for (case_no, _), hits in rows.items():
        for one, two in combinations(hits, 2):
            if not OPTIONAL & {one.rule, two.rule} or one.item == two.item:
                continue
            same_start = one.occurrence[:10] == two.occurrence[:10] != ""
            same_end = bool(answers(rules[one.rule]) & answers(rules[two.rule]))
            if same_start and (same_end or one.due == two.due):
                yield case_no, one.rule, two.rule


def answers(rule: Rule) -> frozenset[str]:
    if not isinstance(rule.body, TermBody):
        return frozenset()
    starts = rule.body.starts
    return frozenset(column.name for one in starts for column in syntax.columns(one.satisfied_by))
