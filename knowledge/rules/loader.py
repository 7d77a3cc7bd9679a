"""Load the catalogue: every file of rules, checked against the fields and against each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import strict_yaml
from knowledge.rules.entries import as_entry
from knowledge.rules.faults import RuleFileError
from knowledge.rules.rule_reader import Shelf, read_rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.rules.entries import Entry
    from knowledge.rules.rule import Rule

CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue"
SETTINGS = "settings.yaml"


@dataclass(frozen=True)
class Catalogue:
    """All rules in the order of their files, and the office's settings with their defaults."""

    rules: tuple[Rule, ...]
    settings: Mapping[str, int | None]

    def by_id(self) -> dict[str, Rule]:
        """Return the rules by their ids."""
        return {rule.id: rule for rule in self.rules}


@cache
def load_catalogue(folder: Path = CATALOGUE) -> Catalogue:
    """Load all rule files of a folder, once per process.

    Raises:
        RuleFileError: a rule is wrong; names file, line and reason.
        YamlError: a file is no YAML, or has a value YAML would change.
    """
    shelf = _shelf(folder / SETTINGS)
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name != SETTINGS:
            rules += load_file(path, shelf)
    _check_together(rules)
    return Catalogue(tuple(rules), shelf.settings)


def load_file(path: Path, shelf: Shelf) -> tuple[Rule, ...]:
    """Load one rule file."""
    content = as_entry(strict_yaml.load(path), path.name)
    content.allow(("group", "rules"), ())
    group = content.text("group")
    return tuple(read_rule(each, group, shelf) for each in content.entries("rules"))


def _shelf(path: Path) -> Shelf:
    content = as_entry(strict_yaml.load(path), path.name)
    content.allow(("settings", "charge_lists", "warning_days"), ())
    settings, lists = content.entry("settings"), content.entry("charge_lists")
    warning_days = content.entry("warning_days")
    return Shelf(
        settings={name: _setting(settings, name) for name in settings.node},
        charge_lists={name: frozenset(lists.texts(name)) for name in lists.node},
        warning_days={stage: warning_days.whole(stage) for stage in warning_days.node},
    )


def _setting(entry: Entry, name: str) -> int | None:
    return entry.whole(name) if entry.has(name) else None


def _check_together(rules: list[Rule]) -> None:
    seen: dict[str, Rule] = {}
    for rule in rules:
        other = seen.setdefault(rule.id, rule)
        if other is not rule:
            where = f"{other.file} 第 {other.line} 行"
            raise RuleFileError(rule.file, rule.line, f"编号“{rule.id}”与 {where}重复")
    for rule in rules:
        for name in rule.replaced_by:
            if name not in seen:
                raise RuleFileError(rule.file, rule.line, f"replaced_by 里的“{name}”不是已有的规则")
