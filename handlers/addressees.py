"""Who gets a finding: the prosecutor, else the head of the department, else only the officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from storage import people

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
class Address:
    """A finding's reader, and why it is he."""

    finding: Finding
    person: Person | None
    why: Why


@dataclass(frozen=True)
class Directory:
    """The people of an office, read once for many findings."""

    people: Sequence[Person]

    def address(self, finding: Finding) -> Address:
        """Find the reader of one finding."""
        why: Why = "no_prosecutor"
        if finding.prosecutor and not finding.to_head:
            found = self.prosecutors(finding)
            if len(found) == 1 and people.is_reachable(found[0]):
                return Address(finding, found[0], "prosecutor")
            why = "two_of_one_name" if len(found) > 1 else "not_bound"
        head = next((one for one in self._heads(finding) if people.is_reachable(one)), None)
        return Address(finding, head, why if head else "nobody")

    def prosecutors(self, finding: Finding) -> list[Person]:
        """Return who may be meant by the prosecutor's name; of namesakes his department's."""
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
    return Directory(people.everybody(session, office))


def address(session: Session, finding: Finding) -> Address:
    """Find the reader of one finding."""
    return directory(session, finding.office).address(finding)


def address_all(session: Session, office: str, findings: Iterable[Finding]) -> list[Address]:
    """Find the readers of many findings."""
    known = directory(session, office)
    return [known.address(finding) for finding in findings]


def officers(session: Session, office: str) -> list[Person]:
    """Return the officers who can be reached."""
    return [one for one in people.with_role(session, office, "officer") if people.is_reachable(one)]
