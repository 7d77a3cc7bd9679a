"""`fangyuan rules examples`: what upheld objections taught, ready to be pasted into the rules."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.local import local_at
from bot.office import open_office
from bot.standing import existing
from knowledge.rules import example_text, trial
from knowledge.rules.faults import UnknownRuleError
from storage import findings, objections

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from knowledge.calendar import Calendar
    from knowledge.rules.loader import Catalogue

Examples = dict[str, list["Mapping[str, Any]"]]


def run(root: Path, rule: str | None, out: Path | None) -> None:
    """Print the examples rule by rule, or write a file for each rule; the rules stay as they are.

    Raises:
        UnknownRuleError: no objection was upheld against this rule.
    """
    found = _kept(root)
    if rule is not None:
        if rule not in found:
            raise UnknownRuleError(rule, None)
        found = {rule: found[rule]}
    local = local_at(root)
    catalogue = local.catalogue()
    for name, examples in found.items():
        text = f"# {_standing(name, examples, catalogue, local.calendar)}\n"
        text += example_text.written(examples)
        if out is None:
            print(text, end="")
            continue
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{name}.yaml").write_text(text, encoding="utf-8")
        print(out / f"{name}.yaml")
    many = sum(len(one) for one in found.values())
    print(f"异议成立留下的例子 {many} 个，涉及规则 {len(found)} 条。", file=sys.stderr)


def _kept(root: Path) -> Examples:
    office = open_office(existing(root))
    kept: Examples = {}
    with office.database.reading() as session:
        for one in objections.with_examples(session, office.name):
            (finding,) = findings.with_ids(session, [one.finding_id])
            kept.setdefault(finding.rule, []).append(one.example or {})
    office.close()
    return dict(sorted(kept.items()))


def _standing(
    name: str, examples: Sequence[Mapping[str, Any]], catalogue: Catalogue, calendar: Calendar
) -> str:
    """Say how the rule as it is today stands to its examples."""
    rule = catalogue.by_id().get(name)
    if rule is None:
        return f"规则 {name}：现行规则中已没有这一条"
    read = example_text.read(example_text.written(examples), f"{name} 的例子")
    failures = trial.run(replace(rule, examples=read), catalogue.rules, calendar)
    said = "；".join(f"“{one.example.name}”实为{one.said}" for one in failures)
    standing = f"{len(failures)} 个不符：{said}" if failures else "全部相符"
    return f"规则 {name} {rule.title}：例子 {len(read)} 个，现行规则{standing}"
