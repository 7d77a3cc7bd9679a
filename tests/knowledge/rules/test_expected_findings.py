from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

from knowledge.card_merge import merge
from knowledge.case_numbers import comparable
from knowledge.rules import patrol
from storage.exports.read import read_files
from tests.support.rule_cards import CALENDAR, by_default
from tests.support.shared import shared_folder

if TYPE_CHECKING:
    from knowledge.rules.model import Hit

AS_OF = date(2026, 6, 15)


def test_the_sample_office_is_found_exactly() -> None:
    sheets = read_files([shared_folder("samples", "sample_cases.csv")])
    result = patrol.evaluate(
        merge(sheets, office="某院"),
        by_default(),
        as_of=AS_OF,
        calendar=CALENDAR,
        settings={},
        horizon=date(2026, 6, 17),
    )
    found: dict[tuple[str, ...], Hit] = {
        (
            hit.case_no,
            hit.person_no or "",
            hit.rule,
            hit.state,
            str(hit.due or ""),
            "" if hit.days_left is None else str(hit.days_left),
            hit.release,
        ): hit
        for hit in result.hits
    }
    path = shared_folder("samples", "expected_findings.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    groups = {
        (
            comparable(row["case_no"]),
            *(row[name] for name in ("person_no", "rule", "state", "due", "days_left", "release")),
        ): row["group"]
        for row in rows
    }
    assert sorted(found) == sorted(groups)
    items = {key: (hit.case_no, hit.item) for key, hit in found.items()}
    assert all(
        (groups[one] == groups[two]) == (items[one] == items[two])
        for one in groups
        for two in groups
    )
    prosecutorless = [hit for hit in result.hits if hit.rule == "prosecutor-missing"]
    assert [hit.to_head for hit in prosecutorless] == [True]
    assert set(result.not_evaluated) >= {"protest-judgment-10d", "nonarrest-receipt-3d"}
