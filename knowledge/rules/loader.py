"""Load the catalogue: every file of rules, checked against the fields and against each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import strict_yaml
from knowledge.rules.entries import Entry, as_entry
from knowledge.rules.faults import RuleFileError
from knowledge.rules.rule_reader import Shelf, read_rule
from knowledge.rules.versions import gathered
from knowledge.strict_yaml import Node

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
        RuleFileError: a rule is wrong; names file, line, reason and remedy.
    """
    shelf = load_shelf(folder / SETTINGS)
    rules = load_folder(folder, shelf)
    check_together(rules)
    return Catalogue(rules, shelf.settings)


def load_folder(folder: Path, shelf: Shelf) -> tuple[Rule, ...]:
    """Load the rule files of a folder in the order of their names, not yet checked together.

    Raises:
        RuleFileError: a rule is wrong, or the versions of one do not follow each other.
    """
    for path in sorted(folder.glob("*.yml")):
        raise RuleFileError(path.name, 1, "文件名应当以 .yaml 结尾，否则不会被读取")
    paths = (path for path in sorted(folder.glob("*.yaml")) if path.name != SETTINGS)
    return gathered(rule for path in paths for rule in load_file(path, shelf))


def load_file(path: Path, shelf: Shelf) -> tuple[Rule, ...]:
    """Load one rule file."""
    content = read_entry(path)
    content.allow(("group", "rules"), ())
    group = content.text("group")
    rules = tuple(read_rule(each, group, shelf) for each in content.entries("rules"))
    if not rules:
        raise content.fault("rules", "里一条规则也没有")
    return rules


def read_entry(path: Path) -> Entry:
    """Read a file of the catalogue, whatever may be wrong with it told as a fault of rules."""
    try:
        content = strict_yaml.load(path)
    except strict_yaml.YamlError as error:
        raise RuleFileError(path.name, error.line, error.reason) from error
    except OSError as error:
        raise RuleFileError(path.name, 1, f"无法读取（{error.strerror}）") from error
    return as_entry(content, path.name)


def load_shelf(path: Path, *, whole: bool = True) -> Shelf:
    """Load what the rules of a catalogue share; one that is not whole only adds to another."""
    content = read_entry(path)
    parts = ("settings", "charge_lists", "warning_days")
    content.allow(parts if whole else (), parts)
    settings, lists, warning_days = (
        content.entry(part) if whole or content.has(part) else Entry(Node(1), path.name)
        for part in parts
    )
    return Shelf(
        settings={name: _setting(settings, name) for name in settings.node},
        charge_lists={name: frozenset(lists.texts(name)) for name in lists.node},
        warning_days={stage: warning_days.whole(stage) for stage in warning_days.node},
    )


def _setting(entry: Entry, name: str) -> int | None:
    return entry.whole(name) if entry.has(name) else None


def check_together(rules: Sequence[Rule]) -> None:
    """Refuse rules that give way to none or to each other."""
    ways = {rule.id: [name for one in rule.versions for name in one.replaced_by] for rule in rules}
    for version in (one for rule in rules for one in rule.versions):
        for name in version.replaced_by:
            if name not in ways:
                raise _fault(version, f"replaced_by 里的“{name}”不是已有的规则")
    for rule in rules:
        if rule.id in _gives_way_to(rule.id, ways):
            raise _fault(rule, "replaced_by 互相引用，两条都不会提示")


def _fault(rule: Rule, reason: str) -> RuleFileError:
    return RuleFileError(rule.file, rule.line, reason)


def _gives_way_to(name: str, ways: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the rules a rule gives way to, those that these give way to, and so on."""
    found: set[str] = set()
    waiting = list(ways[name])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += ways[name]
    return found
