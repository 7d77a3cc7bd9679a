"""How the office counts: its reporting month, its groups and business lines (本院口径)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge import business_lines

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.counting.ranges import MonthManner
    from knowledge.business_lines import BusinessLines


@dataclass(frozen=True)
class ReportPolicy:
    """What reports count by; `own_lines` is the office's own file of groups and lines.

    `department_day`: from which day of a month on, on a working day, departments get their reports.
    """

    month: MonthManner = "calendar"
    department_day: int = 20
    own_lines: Path | None = None

    @property
    def lines(self) -> BusinessLines:
        """The groups and lines in force, read anew so that a change needs no restart.

        Raises:
            BusinessLinesError, YamlError: the office's own file cannot be used.
        """
        return business_lines.load(self.own_lines)
