"""The rules, read when a patrol or a person first needs them: a restart is ready without them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from bot.shelf import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.rules.model import Rule


class LateRules(Mapping[str, "Rule"]):
    """The shipped rules by their ids."""

    def __getitem__(self, key: str) -> Rule:
        return self._rules[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    @cached_property
    def _rules(self) -> Mapping[str, Rule]:
        return rules_of()
