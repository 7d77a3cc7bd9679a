"""The rules of an office, read when first needed, and anew when its own files have changed."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from handlers.rule_sets import RuleSet
from knowledge.errors import KnowledgeError
from knowledge.precision import Measure
from knowledge.rule_switches import RuleSwitches

if TYPE_CHECKING:
    from collections.abc import Iterator, ValuesView
    from pathlib import Path

    from knowledge.rules.model import Rule
    from knowledge.rules.office_rules import InForce


class LateRules(RuleSet):
    """The rules in force by their ids; whoever goes through them gets the newest good set.

    Files that have become bad while a set is in force leave it there, and say why in `fault`.

    Args:
        own: The folder of the office's own rules.
        switches: What the office switched off and on.
        measure: From what precision on a rule is worth keeping.
    """

    def __init__(
        self,
        own: Path | None = None,
        switches: RuleSwitches | None = None,
        measure: Measure | None = None,
    ) -> None:
        self._own, self._switches = own, switches or RuleSwitches()
        self.measure = measure or Measure()
        self._lock = Lock()
        self._stamp: object = None
        self._force: InForce | None = None
        self._by_id: dict[str, Rule] = {}

    def __getitem__(self, key: str) -> Rule:
        if self._force is None:
            self._newest()
        return self._by_id[key]

    def __iter__(self) -> Iterator[str]:
        self._newest()
        return iter(tuple(self._by_id))

    def __len__(self) -> int:
        self._newest()
        return len(self._by_id)

    def values(self) -> ValuesView[Rule]:
        """Return the rules of one set, whatever is read meanwhile."""
        self._newest()
        return self._by_id.values()

    @property
    def off(self) -> tuple[Rule, ...]:
        """The rules the office switched off."""
        return self._newest().off

    def _newest(self) -> InForce:
        # the rules bring their grammar and polars along: only who patrols pays for them
        from knowledge.rules import office_rules  # noqa: PLC0415

        with self._lock:
            now = office_rules.stamp(self._own)
            if self._force is not None and now == self._stamp:
                return self._force
            try:
                read = office_rules.in_force(office_rules.load_office(self._own), self._switches)
            except KnowledgeError as fault:
                if self._force is None:
                    raise
                self.fault, self._stamp = str(fault), now
                return self._force
            self.fault, self._stamp, self._force = "", now, read
            self._by_id = {rule.id: rule for rule in read.rules}
            return read
