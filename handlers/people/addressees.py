"""Who gets a finding: the prosecutor, else the head of the department, else only the officer.

Whoever is away has a stand-in, who gets it in his place; a case that was handed over goes to its
new prosecutor.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from handlers.people import stand_ins
from handlers.people.stand_ins import Covers
from storage import handovers, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from storage.models.delegations import Handover
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.session import Session

Why = Literal["prosecutor", "no_prosecutor", "not_bound", "two_of_one_name", "nobody"]

WHY_WORDS: dict[Why, str] = {
    "prosecutor": "发承办检察官",
    "no_prosecutor": "案卡未填承办检察官，发部门负责人",
    "not_bound": "承办检察官未绑定或无法送达，发部门负责人",
    "two_of_one_name": "有同名人员，待专员指定，先发部门负责人",
    "nobody": "承办检察官和部门负责人都未绑定或无法送达，只列给专员",
}
TO_HEAD_WORDS: dict[Why, str] = {
    "no_prosecutor": "案卡未填承办检察官，发部门负责人",
    "not_bound": "承办检察官未绑定或无法送达，请代为转告",
    "two_of_one_name": "有同名人员，请代为转告承办检察官",
}
"""What a head is told of why an item came to him."""


@dataclass(frozen=True)
class Reader:
    """Who reads what is meant for somebody: he himself, or the one who stands in for him."""

    person: Person
    principal: Person | None = None

    @property
    def mark(self) -> str:
        """代周岚 where he reads it for another, else nothing."""
        return f"代{self.principal.name}" if self.principal else ""

    def told(self, text: str) -> str:
        """Return a text as he reads it: of one that is meant for another, for whom."""
        return f"【代{self.principal.name}】{text}" if self.principal else text


@dataclass(frozen=True)
class Address:
    """A finding's reader, and why it is he; `principal` is the one he stands in for.

    A `copy` goes to the principal himself, who is away; `person` is he then.
    """

    finding: Finding
    person: Person | None
    why: Why
    principal: Person | None = None
    copy: bool = False


@dataclass(frozen=True)
class Directory:
    """The people of an office, read once for many findings, with stand-ins and handovers."""

    people: Sequence[Person]
    covers: Covers = field(default_factory=Covers)
    handed: Mapping[str, Handover] = field(default_factory=dict)

    def address(self, finding: Finding) -> Address:
        """Find the reader of one finding."""
        why: Why = "no_prosecutor"
        if finding.prosecutor and not finding.to_head:
            found = self.prosecutors(finding)
            if len(found) == 1:
                reader = self.reader(found[0], "prosecutor")
                if people.is_reachable(reader.person):
                    return Address(finding, reader.person, "prosecutor", reader.principal)
            why = "two_of_one_name" if len(found) > 1 else "not_bound"
        for head in self._heads(finding):
            reader = self.reader(head, "head")
            if people.is_reachable(reader.person):
                return Address(finding, reader.person, why, reader.principal)
        return Address(finding, None, "nobody")

    def reader(self, person: Person, *roles: str, notices: bool = False) -> Reader:
        """Return who reads today what is meant for a person in one of some roles."""
        cover = self.covers.of(person.id, roles, notices=notices)
        return Reader(person) if cover is None else Reader(cover.stand_in, person)

    def prosecutors(self, finding: Finding) -> list[Person]:
        """Return who may be meant by the prosecutor's name; of namesakes his department's."""
        handed = self.handed.get(finding.case_no)
        if handed is not None and handed.prosecutor == finding.prosecutor:
            return [one for one in self.people if one.active and one.id == handed.receiver_id]
        found = [
            one
            for one in self.people
            if one.active and finding.prosecutor in {one.name, *one.aliases}
        ]
        if len(found) > 1:
            found = [one for one in found if one.department == finding.department] or found
        return found

    def _heads(self, finding: Finding) -> list[Person]:
        return [
            one
            for one in self.people
            if one.active and "head" in one.roles and one.department == (finding.department or "")
        ]


def directory(session: Session, office: str) -> Directory:
    """Read the people of an office."""
    return Directory(
        people.everybody(session, office),
        stand_ins.covers(session, office),
        handovers.live(session, office),
    )


def address(session: Session, finding: Finding) -> Address:
    """Find the reader of one finding."""
    return directory(session, finding.office).address(finding)


def address_all(session: Session, office: str, findings: Iterable[Finding]) -> list[Address]:
    """Find the readers of many findings."""
    known = directory(session, office)
    return [known.address(finding) for finding in findings]


def copies(addresses: Iterable[Address]) -> list[Address]:
    """Address to those who are away a copy of what their stand-ins get."""
    return [
        Address(one.finding, one.principal, one.why, one.person, copy=True)
        for one in addresses
        if one.principal is not None and people.is_reachable(one.principal)
    ]


def reader(session: Session, person: Person, *roles: str, notices: bool = False) -> Reader:
    """Return who reads today what is meant for a person in one of some roles (none: in any)."""
    found = directory(session, person.office).reader(person, *roles, notices=notices)
    # a stand-in who cannot be reached is no help: what is meant for one who is away waits for him
    return found if people.is_reachable(found.person) else Reader(person)


def holders(
    session: Session,
    office: str,
    role: str,
    *,
    department: str | None = None,
    notices: bool = False,
) -> list[Reader]:
    """Return who reads what is meant for those who hold a role, each once."""
    found: dict[int, Reader] = {}
    for person in people.with_role(session, office, role, department=department):
        one = reader(session, person, role, notices=notices)
        if one.principal is None or one.person.id not in found:
            found[one.person.id] = one
    return list(found.values())


def author(session: Session, person_id: int | None) -> Person | None:
    """Return who is told today of what somebody of the case-management office drafted."""
    person = people.by_id(session, person_id)
    return None if person is None else reader(session, person, "officer", "case_head").person


def officers(session: Session, office: str) -> list[Person]:
    """Return the officers who can be reached, or who stands in for them."""
    return [
        one.person for one in holders(session, office, "officer") if people.is_reachable(one.person)
    ]
