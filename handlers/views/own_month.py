"""What became of a person's items this month: only he sees it, and no figure is held against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.findings import items
from handlers.people.relations import relations
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

OWN = frozenset({"own", "assists"})
ANSWERED = frozenset({"explained", "corrected_claimed", "objected", "forwarded", "blocked"})
"""States in which the next step is the officer's."""
NO_PROBLEM = frozenset({"dropped", "undone", "withdrawn", "objection_upheld"})
"""Ways of closing that say there was no problem."""


@dataclass(frozen=True)
class OwnMonth:
    """How many items there were this month, how they ended, how many wait for the officer."""

    items: int
    closed: int
    none: int
    answered: int

    @property
    def words(self) -> str:
        """Say it in a line: of four items three are closed and one is left."""
        left = self.items - self.closed - self.answered
        said = [
            f"{self.closed} 条已销号" if self.closed else "",
            f"其中 {self.none} 条不属问题" if self.none else "",
            f"{self.answered} 条已答复待核实" if self.answered else "",
            f"{left} 条待处理" if left else "",
        ]
        return f"本月 {self.items} 条：{'，'.join(one for one in said if one)}。"


def of(tx: Transaction, office: str, person: Person) -> OwnMonth | None:
    """Count the items of a person's own cases that he was told of; None: there were none."""
    own = told_to(tx, office, person, since=tx.now.replace(day=1, hour=0, minute=0, second=0))
    if not own:
        return None
    closed = [one for one in own if one.state == findings_table.CLOSED]
    none = [one for one in closed if one.closed_as in NO_PROBLEM]
    answered = [one for one in own if one.state in ANSWERED]
    today = tx.now.date()
    return OwnMonth(*(len(items.group(some, today)) for some in (own, closed, none, answered)))


def told_to(tx: Transaction, office: str, person: Person, *, since: datetime) -> Sequence[Finding]:
    """Return the findings of a person's own cases that are open, or were closed since a moment."""
    told = findings_table.told_since(tx.session, office, since)
    return [one for one in told if relations(person, one) & OWN]
