from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from knowledge.card_merge import merge
from knowledge.rules import patrol
from knowledge.rules.loader import load_catalogue
from storage.exports.read import read_files
from tests.support.rule_cards import CALENDAR, by_default
from tests.support.shared import shared_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.rules.model import Hit

ARREST = "审查逮捕案件010101表1行4列受理合计（人）.xlsx"
PROSECUTION = "一审公诉案件020101表1行19列受理合计（人）.xlsx"
FIRST, SECOND = "案件列表_20260615.csv", "案件列表（第二周）.xls"
BY_FAULT = {
    "人卡罪名为空": "person-charge-blank",
    "审结早于受理": "accepted-after-closed",
    "统一受案号不足17位": "unified-no-malformed",
    "归档早于完成": "archived-before-completed",
    "逾期未结": "prosecution-review-1m",
    "假性超期": "false-overdue",
    "承办部门为空": "department-missing",
    "承办检察官为空": "prosecutor-missing",
    "类别与受案号用字不符": "type-word-mismatch",
    "完成未归档": "completed-not-archived",
    "到期早于受理": "due-before-accepted",
    "受理晚于办结": "accepted-after-closed",
    "逾期办结": "prosecution-review-1m",
}
INSTEAD = {"2.1-31": "supplement-investigation-1m"}


def seeded(name: str) -> dict[int, set[str]]:
    """Return by row the rules that must speak, as the folder's own page names them."""
    text = shared_folder("samples", "exports", "README.md").read_text(encoding="utf-8")
    section = text.split(f"## Seeded faults in `{name}`")[1].split("\n## ")[0]
    numbers = {rule.number: set[str]() for rule in load_catalogue().rules}
    for rule in load_catalogue().rules:
        numbers[rule.number].add(rule.id)
    found: dict[int, set[str]] = {}
    for line in re.findall(r"^\| ([\d, ]+) \| (\S+) \| §(\S+) ", section, re.MULTILINE):
        rows, fault, number = line
        wanted = {BY_FAULT[fault]} if fault in BY_FAULT else numbers.get(number, set())
        if number in INSTEAD:
            wanted = {INSTEAD[number]}
        assert wanted, fault
        for row in rows.split(","):
            found[int(row)] = wanted
    assert found
    return found


def by_row(files: Sequence[str], target: str, day: date) -> dict[int, list[Hit]]:
    sheets = read_files([shared_folder("samples", "exports", name) for name in files])
    result = patrol.evaluate(
        merge(sheets, office="某院"),
        by_default(),
        as_of=day,
        calendar=CALENDAR,
        settings={},
        horizon=day,
    )
    sheet = next(each for each in sheets if each.name == target)
    lines: dict[tuple[str, str | None], list[int]] = {}
    for row in sheet.rows:
        lines.setdefault((row.case_no, row.person_no), []).append(row.line)
    found: dict[int, list[Hit]] = {}
    for hit in result.hits:
        for line in lines.get((hit.case_no, hit.person_no), ()):
            found.setdefault(line, []).append(hit)
    return found


@pytest.mark.parametrize(
    ("files", "target", "day"),
    [
        ([ARREST, PROSECUTION], ARREST, date(2026, 6, 15)),
        ([ARREST, PROSECUTION], PROSECUTION, date(2026, 6, 15)),
        ([FIRST], FIRST, date(2026, 6, 15)),
        ([SECOND], SECOND, date(2026, 6, 22)),
    ],
)
def test_every_seeded_fault_is_found_on_its_row_and_clean_rows_are_clean(
    files: list[str], target: str, day: date
) -> None:
    wanted, found = seeded(target), by_row(files, target, day)
    missed = {
        row: rules
        for row, rules in wanted.items()
        if not rules & {hit.rule for hit in found.get(row, ())}
    }
    assert missed == {}
    noisy = {
        row: [hit.rule for hit in hits if hit.release != "officer"]
        for row, hits in found.items()
        if row not in wanted
    }
    assert {row: rules for row, rules in noisy.items() if rules} == {}
