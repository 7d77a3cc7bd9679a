"""What a training's hand-out must hold, counted once more from an exported ledger.

A problem counts in its rule's favour where it was an ordinary one; those of the most problems come
first, eight at most.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.support.recounted_lists import RecountedLists

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from knowledge.rules.rule import Rule

MOST = 8
OF_SUBJECT: Mapping[str, Callable[[Rule], bool]] = {
    "案卡填录": lambda rule: rule.group == "案卡填录" or "案卡填录" in rule.title,
    "数据督查": lambda rule: rule.group == "案卡填录" and rule.release != "auto",
    "案-件比": lambda rule: any(one in rule.title for one in ("退", "延长", "撤回", "补充侦查")),
}


class RecountedTraining(RecountedLists):
    """The problems of a range, by rule."""

    def counts(self) -> Counter[str]:
        return Counter(
            known["rule"]
            for _, key, known in self.problems()
            if self.class_at_end(key) == "ordinary"
        )

    def titles(self, subject: str, rules: Mapping[str, Rule]) -> list[str]:
        """The titles in the hand-out's order."""
        counts = self.counts()
        belongs = OF_SUBJECT.get(subject)
        chosen = [
            rule
            for rule in rules.values()
            if (belongs(rule) if belongs is not None else counts[rule.id] > 0)
        ]
        chosen.sort(key=lambda rule: (-counts[rule.id], rule.id))
        return [rule.title for rule in chosen[:MOST]]
