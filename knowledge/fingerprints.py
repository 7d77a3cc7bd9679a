"""Short hashes of what a finding rests on: the rules in force, the calendar, the import."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.calendar import Calendar
    from knowledge.rules.rule import Rule

SHORT = 12
"""Characters of a hash: 48 bits, enough to tell the few sets of an office apart."""
LIBRARY = "chinesecalendar"


def of(content: object) -> str:
    """Return the short hash of plain values."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:SHORT]


def of_rule(
    written: Mapping[str, Any],
    settings: Mapping[str, int | None],
    charge_lists: Mapping[str, frozenset[str]],
    warning_days: Mapping[str, int],
) -> str:
    """Return the hash of one rule: what is written of it, and what it takes from the catalogue."""
    said = {name: value for name, value in written.items() if name != "examples"}
    lists = {name: sorted(charges) for name, charges in charge_lists.items()}
    return of([said, settings, lists, warning_days])


def of_rules(rules: Iterable[Rule], settings: Mapping[str, int | None]) -> str:
    """Return the hash of the rules in force with the office's own day counts."""
    return of([sorted((rule.id, rule.digest) for rule in rules), dict(settings)])


def of_calendar(calendar: Calendar) -> str:
    """Return the hash of the holidays: the package's version and the office's own years."""
    own = {
        year: [
            sorted((str(day), why) for day, why in announced.days_off.items()),
            sorted(str(day) for day in announced.workdays),
        ]
        for year, announced in calendar.extra.items()
    }
    return of([_library_version(), own])


def of_files(sha256: Iterable[str]) -> str:
    """Return the hash of an import by those of its files."""
    return of(sorted(sha256))


@cache
def _library_version() -> str:
    # takes longer to load than a whole file of rules; only who writes a finding needs it
    from importlib.metadata import version  # noqa: PLC0415

    return version(LIBRARY)
