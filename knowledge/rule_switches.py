"""Which rules an office switched: a plain value, so that a configuration reads without rules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RuleSwitches:
    """Ids of rules the office switched off, and of optional ones it switched on."""

    off: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()
