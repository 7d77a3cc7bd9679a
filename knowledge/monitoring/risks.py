"""Which cases to look at first, and why in words: near terms, custody, minors, several problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.rules.entries import Entry

OVER, NEAR, CUSTODY, MINOR = "期限已过", "期限临近", "在押", "未成年人案件"
CHARGE, SEVERAL, UNSEEN = "重点案由", "多条问题", "久未查看"
WORDS = (OVER, NEAR, CUSTODY, MINOR, CHARGE, SEVERAL, UNSEEN)


@dataclass(frozen=True)
class Facts:
    """What is known of a case today.

    `left`: days to the nearest end of a term, negative once it is over, None: none is known.
    `open_findings`: problems not closed. `unseen`: days since somebody looked, None: nobody did.
    """

    left: int | None = None
    detained: bool = False
    minor: bool = False
    grave_charge: bool = False
    open_findings: int = 0
    unseen: int | None = None


@dataclass(frozen=True)
class Risk:
    """How pressing a look is, and the reasons as the officer reads them."""

    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class RiskTable:
    """The office's own weights (内部要求); a case that was looked at rests for `rest_days`."""

    weights: Mapping[str, int]
    near_days: int
    unseen_days: int
    several: int
    rest_days: int
    charges: frozenset[str]

    def weigh(self, facts: Facts) -> Risk:
        """Weigh a case."""
        found = [
            (self.weights.get(word, 0), reason)
            for word, reason in (self._term(facts), *self._others(facts))
            if reason
        ]
        counted = [(weight, reason) for weight, reason in found if weight > 0]
        return Risk(sum(weight for weight, _ in counted), tuple(reason for _, reason in counted))

    def _term(self, facts: Facts) -> tuple[str, str]:
        if facts.left is None or facts.left > self.near_days:
            return (NEAR, "")
        if facts.left < 0:
            return (OVER, f"期限已过{-facts.left}天")
        return (NEAR, f"期限还有{facts.left}天" if facts.left else "期限今日届满")

    def _others(self, facts: Facts) -> list[tuple[str, str]]:
        several = facts.open_findings >= self.several
        return [
            (CUSTODY, "在押" if facts.detained else ""),
            (MINOR, "未成年人案件" if facts.minor else ""),
            (CHARGE, "案由在重点关注名单内" if facts.grave_charge else ""),
            (SEVERAL, f"有 {facts.open_findings} 条未销号的问题" if several else ""),
            (UNSEEN, self._unseen(facts)),
        ]

    def _unseen(self, facts: Facts) -> str:
        if facts.unseen is None:
            return "尚未人工查看"
        return f"已 {facts.unseen} 天未人工查看" if facts.unseen >= self.unseen_days else ""


def read_risks(entry: Entry) -> RiskTable:
    """Read the weights.

    Raises:
        RuleFileError: says what is wrong, with file and line.
    """
    entry.allow(("weights", "near_days", "unseen_days", "several", "rest_days", "charges"), ())
    weights = entry.entry("weights")
    weights.allow((), WORDS)
    values: dict[str, Any] = {word: weights.whole(word) for word in weights.node}
    return RiskTable(
        weights=values,
        near_days=entry.whole("near_days"),
        unseen_days=entry.whole("unseen_days"),
        several=entry.whole("several"),
        rest_days=entry.whole("rest_days"),
        charges=frozenset(entry.texts("charges")),
    )
