"""重点监控: which findings belong to which focus area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.monitoring.checkpoints import PREFIX

if TYPE_CHECKING:
    from knowledge.rules.entries import Entry


@dataclass(frozen=True)
class FocusArea:
    """One area: the groups of rules and points that belong to it, and single ones by their ids."""

    id: str
    title: str
    groups: frozenset[str]
    rules: frozenset[str]
    without: frozenset[str]

    def holds(self, rule: str, group: str | None) -> bool:
        """Tell whether a finding of a rule, or of a point, belongs here."""
        name = rule.removeprefix(PREFIX)
        if name in self.without:
            return False
        return name in self.rules or (group is not None and group in self.groups)


def read_area(entry: Entry) -> FocusArea:
    """Read one area.

    Raises:
        RuleFileError: says what is wrong, with file and line.
    """
    entry.allow(("id", "title"), ("groups", "rules", "without"))
    if not (entry.has("groups") or entry.has("rules")):
        raise entry.fault(None, "要写 groups 或 rules，否则一条也没有")
    return FocusArea(
        id=entry.text("id"),
        title=entry.text("title"),
        groups=frozenset(entry.texts("groups")),
        rules=frozenset(entry.texts("rules")),
        without=frozenset(entry.texts("without")),
    )
