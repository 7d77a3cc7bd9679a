"""The second count on a long ledger: the same reading, the lines of a finding looked up once.

Without it every figure reads every line again, which takes minutes on a year.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from tests.support.recounted_acts import RecountedActs

if TYPE_CHECKING:
    from tests.support.exported_ledger import Line


class ReadOnce(RecountedActs):
    """What is asked of one finding is asked of a ledger of its lines alone."""

    @cached_property
    def by_finding(self) -> dict[str, RecountedActs]:
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            if str(line["object"]).startswith("finding:"):
                found[self.number(line)].append(line)
        days = date.fromisoformat(self.first), date.fromisoformat(self.last)
        return {number: RecountedActs(lines, *days) for number, lines in found.items()}

    @cached_property
    def by_act(self) -> dict[tuple[str, ...], list[Line]]:
        return {}

    @cached_property
    def confirmed_first(self) -> dict[str, tuple[int, str]]:
        return super().first_confirmations()

    def acts(self, *names: str) -> list[Line]:
        if names not in self.by_act:
            self.by_act[names] = super().acts(*names)
        return self.by_act[names]

    def told(self, number: str, sequence: int) -> Line:
        return self.by_finding[number].told(number, sequence)

    def closed_how(self, key: str) -> tuple[str, int] | None:
        return self.by_finding[key.partition("/")[0]].closed_how(key)

    def class_at_end(self, key: str) -> str:
        return self.by_finding[key.partition("/")[0]].class_at_end(key)

    def first_confirmations(self) -> dict[str, tuple[int, str]]:
        return self.confirmed_first
