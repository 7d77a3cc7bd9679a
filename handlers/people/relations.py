"""How a person stands to a case: his own, handed over to him or by him, assisted, headed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handlers.people import stand_ins
from storage import handovers, people

if TYPE_CHECKING:
    from handlers.monitoring.case_in_hand import CaseInHand
    from storage.models.findings import Finding
    from storage.models.people import Person

Relation = Literal["own", "assists", "former", "heads", "office", "none"]
CLOSE: frozenset[Relation] = frozenset({"own", "assists"})
"""He handles the case himself."""
PARTIAL: frozenset[Relation] = CLOSE | {"former"}
"""He handles it or did so until it was handed over: nobody decides in his own case."""


@dataclass(frozen=True)
class Place:
    """A department of an office, where an act is about its people and not about a case."""

    office: str
    department: str
    case_no: str = ""
    prosecutor: None = None
    assistant: None = None


def relations(person: Person, case: Finding | CaseInHand | Place | None) -> frozenset[Relation]:
    """Return how a person stands to a case; without one it is the relation none."""
    if case is None:
        return frozenset({"none"})
    if person.office != case.office:
        return frozenset()
    found: set[Relation] = {"office"}
    names = {person.name, *person.aliases}
    session = people.session_of(person)
    handed = None
    if session is not None and case.prosecutor:
        handed = handovers.of_case(session, case.office, case.case_no, case.prosecutor)
    if handed is not None and handed.receiver_id == person.id:
        found.add("own")
    elif case.prosecutor in names and not _namesake_is_meant(person, case):
        found.add("own" if handed is None else "former")
    if case.assistant in names and not _namesake_is_meant(person, case):
        found.add("assists")
    if "head" in person.roles and case.department == person.department:
        found.add("heads")
    return frozenset(found)


def _namesake_is_meant(person: Person, case: Finding | CaseInHand | Place) -> bool:
    """Tell whether somebody of the same name sits in the department of the case."""
    if person.department == case.department:
        return False
    names = {person.name, *person.aliases}
    return any(
        other.department == case.department and names & {other.name, *other.aliases}
        for other in people.colleagues(person)
    )


def handles(person: Person, case: Finding | CaseInHand | Place | None) -> bool:
    """Tell whether a case is a person's own: by the card, or while he stands in for its owner."""
    if relations(person, case) & PARTIAL:
        return True
    return any(
        one.handles_cases and relations(one.principal, case) & CLOSE for one in stand_ins.of(person)
    )
