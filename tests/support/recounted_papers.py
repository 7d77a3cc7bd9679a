"""The tables and lists of a report, of the office or of one department, counted once more.

Those of a department are made as those of the office, from what belongs to the department.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.recounted_department import RecountedDepartment
from tests.support.recounted_lists import RecountedLists
from tests.support.recounted_once import ReadOnce
from tests.support.recounted_tables import RecountedTables

if TYPE_CHECKING:
    from datetime import date

    from tests.support.recounted_spans import Span
    from tests.support.recounted_tables import Cells


class PaperTables(RecountedTables):
    """The tables of a report, and of whom it tells on other days."""

    def over(self, first: date, last: date) -> PaperTables:
        """Count the same over other days."""
        raise NotImplementedError

    def other(self, first: date, last: date) -> PaperTables | None:
        """The same over other days; None where the ledger began after them."""
        return None if super().other(first, last) is None else self.over(first, last)

    def handled_in(self, span: Span) -> dict[str, Cells]:
        """The average handling time of the twelve months that end with a range."""
        return {
            month.title: (self.over(*month.days).card_totals()["handling_days"],)
            for month in span.last_months
        }


class OfficeTables(ReadOnce, PaperTables):
    """The tables of the office's report."""

    def over(self, first: date, last: date) -> OfficeTables:
        """Count the office over other days."""
        return OfficeTables(self.lines, first, last)


class RecountedDepartmentTables(RecountedDepartment, PaperTables):
    """The tables of a department's report and of the workbook that goes with it."""

    def over(self, first: date, last: date) -> RecountedDepartmentTables:
        """Count the department over other days."""
        return RecountedDepartmentTables(self.lines, first, last, self.department)


class RecountedDepartmentLists(RecountedDepartment, RecountedLists):
    """The lists behind a department's report."""
