"""The sample office of the shared material as the reader of answers sees it."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from knowledge import strict_yaml
from knowledge.calendar import Calendar
from knowledge.fields import registry
from knowledge.replies.model import Context, OpenItem
from knowledge.rules.model import HitState
from tests.support.shared import shared_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

TODAY = date(2026, 6, 15)


def sample_context(
    person: str, *, quoted_row: int | None = None, attachment: bool = False
) -> tuple[Context, dict[str, int]]:
    """Return the situation of a person of the sample office, and the row of each finding."""
    cases = _table(shared_folder("samples", "sample_cases.csv"))
    expected = _table(shared_folder("samples", "expected_findings.csv"))
    by_row = {int(case["序号"]): case for case in cases}
    own = [(n, f) for n, f in enumerate(expected) if by_row[int(f["row"])]["承办检察官"] == person]
    places = {group: place for place, group in enumerate(_unique(f["group"] for _, f in own), 1)}
    items = tuple(
        _item(f"A{number + 1:02d}", places[found["group"]], found, by_row[int(found["row"])], cases)
        for number, found in own
    )
    rows = {item.finding: int(found["row"]) for item, (_, found) in zip(items, own, strict=True)}
    quoted = tuple(finding for finding, row in rows.items() if row == quoted_row)[:1]
    people = tuple(_unique(case["承办检察官"] for case in cases if case["承办检察官"]))
    assistants = tuple(_unique(case["检察官助理"] for case in cases if case["检察官助理"]))
    context = Context(
        speaker=person,
        today=TODAY,
        calendar=Calendar(),
        items=items,
        people=people + assistants,
        assistants=assistants,
        reply_to=quoted,
        attachment=attachment,
    )
    return context, rows


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _item(
    finding: str,
    place: int,
    found: Mapping[str, str],
    case: Mapping[str, str],
    cases: list[dict[str, str]],
) -> OpenItem:
    rule = _rules()[found["rule"]]
    state = next(state for state in get_args(HitState) if state == found["state"])
    names = registry()
    same_case = [other for other in cases if other["部门受案号"] == case["部门受案号"]]
    return OpenItem(
        finding=finding,
        item=place,
        case_no=found["case_no"],
        person_no=found["person_no"] or None,
        case_name=case["案件名称"],
        case_type=case["案件类别名称"],
        suspects=tuple(o["嫌疑人姓名"] for o in same_case if o["嫌疑人姓名"]),
        rule=found["rule"],
        title=rule["title"],
        state=state,
        due=date.fromisoformat(found["due"]) if found["due"] else None,
        fields=tuple(n if isinstance(n, str) else n["zh"] for n in rule["needs"]),
        headings={names.canonical(heading) or heading: heading for heading in case},
        suspect=case["嫌疑人姓名"] or None,
    )


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = {}
    for name in ("rules.yaml", "practice_rules.yaml"):
        for rule in strict_yaml.load(shared_folder("domain", name))["rules"]:
            rules[rule["id"]] = rule
    return rules
