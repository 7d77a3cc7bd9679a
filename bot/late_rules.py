"""The rules of an office, read when first needed, and anew when its own files have changed."""

from __future__ import annotations

import logging
from threading import Lock
from typing import TYPE_CHECKING

from bot import kept_rules
from handlers.findings.rule_sets import RuleSet
from knowledge.errors import KnowledgeError
from knowledge.precision import Measure
from knowledge.rule_switches import RuleSwitches
from knowledge.rules.faults import RuleFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, ValuesView
    from pathlib import Path

    from knowledge.rules.model import Rule
    from knowledge.rules.office_rules import InForce

_LOG = logging.getLogger(__name__)


class LateRules(RuleSet):
    """The rules in force by their ids; whoever goes through them gets the newest good set.

    Files that have become bad while a set is in force leave it there, and say why in `fault`.

    Args:
        own: The folder of the office's own rules.
        switches: What the office switched off and on.
        measure: From what precision on a rule is worth keeping.
        serving: A bot that runs goes on with the last good set, be its files bad from the start.
    """

    def __init__(
        self,
        own: Path | None = None,
        switches: RuleSwitches | None = None,
        measure: Measure | None = None,
        *,
        serving: bool = False,
    ) -> None:
        self._serving = serving
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

    @property
    def known(self) -> tuple[Rule, ...]:
        """Every rule there is."""
        return self._newest().known

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
                if self._force is None and not self._may_stand_in(fault):
                    raise
                self.fault, self._stamp = str(fault), now
                return self._force or self._take(self._stand_in())
            self.fault, self.only_shipped, self._stamp = "", False, now
            self._keep()
            return self._take(read)

    def _take(self, read: InForce) -> InForce:
        self._force = read
        self._by_id = {rule.id: rule for rule in read.rules}
        return read

    def _may_stand_in(self, fault: KnowledgeError) -> bool:
        """A bot that runs goes on over bad files; a wrong switch is its configuration's matter."""
        return self._serving and isinstance(fault, RuleFileError)

    def _stand_in(self) -> InForce:
        """Return the last good set, else the shipped one; switches of rules it lacks rest."""
        from knowledge.rules import office_rules  # noqa: PLC0415

        kept = kept_rules.folder(self._own) if self._own else None
        if kept is not None and kept.is_dir():
            try:
                earlier = office_rules.load_office(kept)
            except KnowledgeError as fault:
                # a newer program may read the copy otherwise than the one that made it
                _LOG.warning("上次有效的规则也不能用：%s", fault)
            else:
                return office_rules.as_far_as_known(earlier, self._switches)
        self.only_shipped = True
        return office_rules.as_far_as_known(office_rules.load_office(None), self._switches)

    def _keep(self) -> None:
        if not self._serving or self._own is None or not self._own.is_dir():
            return
        try:
            kept_rules.keep(self._own)
        except OSError as error:
            _LOG.warning("本院规则的副本没有存下（%s），请检查数据目录的权限和空间", error.strerror)
