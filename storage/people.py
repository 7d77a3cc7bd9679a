"""Find people: by account, by name in the cards, by role; keep them as the configuration says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models.people import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Listed:
    """One person as the configuration names him."""

    name: str
    department: str
    roles: tuple[str, ...]
    aliases: tuple[str, ...] = ()


def keep(session: Session, office: str, listed: Iterable[Listed]) -> list[Person]:
    """Make the table say what the configuration says; a person no longer listed is inactive."""
    known = {(person.department, person.name): person for person in everybody(session, office)}
    kept: list[Person] = []
    for entry in listed:
        person = known.pop((entry.department, entry.name), None)
        if person is None:
            person = Person(office=office, department=entry.department, name=entry.name)
            session.add(person)
        person.roles, person.aliases, person.active = list(entry.roles), list(entry.aliases), True
        kept.append(person)
    for person in known.values():
        person.active = False
    session.flush()
    return kept


def everybody(session: Session, office: str) -> Sequence[Person]:
    """Return all people of an office, inactive ones too, in the order they were made."""
    return session.scalars(select(Person).where(Person.office == office).order_by(Person.id)).all()


def by_account(session: Session, door: str, account: str) -> Person | None:
    """Return the active person bound to an account, if any."""
    return session.scalars(
        select(Person).where(Person.door == door, Person.account == account, Person.active)
    ).one_or_none()


def named(session: Session, office: str, name: str | None) -> list[Person]:
    """Return the active people whose name or alias this is; two of one name are two results."""
    if not name:
        return []
    return [
        person
        for person in everybody(session, office)
        if person.active and (person.name == name or name in person.aliases)
    ]


def with_role(
    session: Session, office: str, role: str, *, department: str | None = None
) -> list[Person]:
    """Return the active people who hold a role, of one department where that is asked for."""
    return [
        person
        for person in everybody(session, office)
        if person.active
        and role in person.roles
        and (department is None or person.department == department)
    ]


def is_reachable(person: Person) -> bool:
    """Tell whether messages can be sent to a person: bound, active, not blocked."""
    return person.active and person.chat is not None and not person.unreachable
