"""`fangyuan rules`: the catalogue, its own examples, and one rule on one case step by step."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING

from bot.cli import case_files
from bot.cli.ending import DONE, FOUND_PROBLEMS
from bot.home import Home
from bot.local import local_at
from knowledge.calendar import Calendar
from knowledge.case_numbers import matches
from knowledge.rules import trial
from knowledge.rules.explain import explain as explained
from knowledge.rules.faults import SeveralCasesError, UnknownCaseError, UnknownRuleError
from knowledge.rules.office_rules import in_force, load_office
from knowledge.rules.versions import apart, span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from knowledge.cards import CardSet
    from knowledge.rules.rule import Rule


def list_rules(root: Path, *, as_json: bool) -> None:
    """Print every rule, the office's own too, by field of duty."""
    local = local_at(root)
    catalogue = local.catalogue()
    speaking = {rule.id for rule in in_force(catalogue, local.switches).rules}
    group = ""
    for rule in catalogue.rules:
        if as_json:
            print(json.dumps(_described(rule) | {"on": rule.id in speaking}, ensure_ascii=False))
            continue
        if rule.group != group:
            group = rule.group
            print(f"【{group}】")
        off = "" if rule.id in speaking else "（未启用）"
        for version in rule.versions:
            dated = f"（{span(version)}）" if span(version) else ""
            print(f"  {rule.id}  {version.title}（{version.severity}）{dated}{off}")


def _described(rule: Rule) -> dict[str, object]:
    return {
        "rule": rule.id,
        "title": rule.title,
        "group": rule.group,
        "case_types": list(rule.case_types),
        "needs": list(rule.needs),
        "uses": list(rule.uses),
        "severity": rule.severity,
        "statutory": rule.statutory,
        "settings": dict(rule.settings),
        "replaced_by": list(rule.replaced_by),
        "optional": rule.optional,
        "versions": [
            {"from": _written(one.valid_from), "to": _written(one.valid_to), "title": one.title}
            for one in rule.versions
        ],
        "citations": [
            {"document": one.document, "article": one.article, "paragraph": one.paragraph}
            for one in rule.citations
        ],
        "examples": sum(len(one.examples) for one in rule.versions),
    }


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def test(root: Path) -> int:
    """Run the examples of every rule, on or off; print those that fail."""
    catalogue, calendar = load_office(Home(root).rules), Calendar()
    examples = failed = 0
    for version in apart(catalogue.rules):
        failures = trial.run(version, catalogue.rules, calendar)
        examples += len(version.examples)
        failed += len(failures)
        for failure in failures:
            print(failure)
    print(f"{len(catalogue.rules)} 条规则，{examples} 个例子，{failed} 个不符。")
    return FOUND_PROBLEMS if failed else DONE


def explain(
    root: Path, rule_id: str, files: Sequence[Path], case: str, day: date | None, today: date
) -> None:
    """Print what one rule says of one case, and why."""
    local = local_at(root)
    catalogue = local.catalogue()
    rule = catalogue.by_id().get(rule_id)
    if rule is None:
        near = difflib.get_close_matches(rule_id, [one.id for one in catalogue.rules], n=1)
        raise UnknownRuleError(rule_id, near[0] if near else None)
    given = case_files.read(files, day, today)
    calendar = local.calendar
    speaking = in_force(catalogue, local.switches).rules
    if rule not in speaking:
        print("本规则未启用（config.yaml 的 rules.off、rules.on），以下是启用后的结论。\n")
        speaking = (*speaking, rule)
    lines = explained(
        rule,
        _case_no(given.cards, case),
        given.cards,
        speaking,
        as_of=given.as_of,
        calendar=calendar,
        settings=local.settings,
        horizon=calendar.workday_after(calendar.workday_after(given.as_of)),
    )
    print("\n".join(lines))


def _case_no(cards: CardSet, case: str) -> str:
    """Return the one case that is meant; a tail or 刑诉88 will do."""
    found = {card.case_no for card in cards.cards if matches(case, card.case_no)}
    if not found:
        raise UnknownCaseError(case)
    if len(found) > 1:
        raise SeveralCasesError(case, sorted(found))
    return found.pop()
