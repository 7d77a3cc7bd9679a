"""How the office watches by hand and in campaigns; every value is its own (内部要求)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DETENTION_LINE, PROSECUTION_LINE = "刑事执行检察", "捕诉"
"""The lines of work that answer for police, court and detention house (Rules art. 613)."""
LINES = (DETENTION_LINE, PROSECUTION_LINE)


@dataclass(frozen=True)
class MonitoringPolicy:
    """The office's own way.

    `cases_a_day`: how many cases are proposed for a look each working day, 0: none. `recurring`:
    from so many problems of one rule in a month on a campaign is proposed, 0: never.
    `departments`: which department of this office does a line of work.
    """

    cases_a_day: int = 5
    recurring: int = 5
    departments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
