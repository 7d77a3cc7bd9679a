"""Find people: by account, by name in the cards, by role; keep them as the configuration says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import object_session

from storage.models.people import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from storage.transaction import Transaction


@dataclass(frozen=True)
class Listed:
    """One person as the configuration names him."""

    name: str
    department: str
    roles: tuple[str, ...]
    aliases: tuple[str, ...] = ()


def keep(session: Session, office: str, listed: Iterable[Listed]) -> list[Person]:
    """Make the table say what the configuration says; a person no longer listed is inactive.

    What it says of somebody as it did before is no news: what was changed from chat since stays, as
    does who was added from chat. What it says otherwise than before holds.
    """
    entries = list(listed)
    known = everybody(session, office)
    by_listing = {
        (one.listed["department"], one.listed["name"]): one for one in known if one.listed
    }
    by_seat = {(one.department, one.name): one for one in known}
    seats = {(entry.department, entry.name) for entry in entries}
    kept: list[Person] = []
    for entry in entries:
        seat = (entry.department, entry.name)
        person = by_listing.get(seat) or by_seat.get(seat)
        if person is None or person in kept:
            person = Person(office=office, department=entry.department, name=entry.name)
            session.add(person)
        said = _as_kept(entry)
        # a seat that another entry names is that one's, whatever was changed from chat
        moved_into_another = (person.department, person.name) in seats - {seat}
        if person.listed != said or moved_into_another:
            person.department, person.listed, person.active = entry.department, said, True
            person.roles, person.aliases = list(entry.roles), list(entry.aliases)
        kept.append(person)
    for person in known:
        if person not in kept and person.listed is not None:
            person.active, person.listed = False, {}
    session.flush()
    return kept


def _as_kept(entry: Listed) -> dict[str, object]:
    return {
        "department": entry.department,
        "name": entry.name,
        "roles": list(entry.roles),
        "aliases": list(entry.aliases),
    }


def add(
    tx: Transaction, office: str, department: str, name: str, roles: Iterable[str]
) -> Person | None:
    """Add a person who is not listed in the configuration; None: there is one of this name there.

    One who was there before and is inactive comes back.
    """
    same = [
        one
        for one in everybody(tx.session, office)
        if (one.department, one.name) == (department, name)
    ]
    if same and same[0].active:
        return None
    person = same[0] if same else Person(office=office, department=department, name=name)
    person.roles, person.active = list(roles), True
    if not same:
        person.aliases = []
        tx.session.add(person)
    tx.session.flush()
    return person


def departments(session: Session, office: str) -> list[str]:
    """Return the departments that somebody active sits in, in the order they came up."""
    return list(dict.fromkeys(one.department for one in everybody(session, office) if one.active))


def assistants_of(session: Session, person: Person) -> list[Person]:
    """Return the active people whom the roster names as a person's assistants."""
    return [
        one
        for one in everybody(session, person.office)
        if one.active and one.assists_id == person.id
    ]


def everybody(session: Session, office: str) -> Sequence[Person]:
    """Return all people of an office, inactive ones too, in the order they were made."""
    return session.scalars(select(Person).where(Person.office == office).order_by(Person.id)).all()


def by_account(session: Session, door: str, account: str) -> Person | None:
    """Return the active person bound to an account, if any."""
    return session.scalars(
        select(Person).where(Person.door == door, Person.account == account, Person.active)
    ).one_or_none()


def holding(session: Session, door: str, account: str) -> Sequence[Person]:
    """Return who is bound to an account, be he listed no longer."""
    return session.scalars(
        select(Person).where(Person.door == door, Person.account == account).order_by(Person.id)
    ).all()


def in_chat(session: Session, door: str, chat: str) -> Person | None:
    """Return the person whose messages go to a chat."""
    return session.scalars(
        select(Person).where(Person.door == door, Person.chat == chat).order_by(Person.id).limit(1)
    ).one_or_none()


def session_of(person: Person) -> Session | None:
    """Return the session that a person was read in; None: he is not kept."""
    return object_session(person)


def colleagues(person: Person) -> list[Person]:
    """Return the other active people of a person's office; of one who is not kept, nobody."""
    session = object_session(person)
    if session is None:
        return []
    return [
        other
        for other in everybody(session, person.office)
        if other.active and other.id != person.id
    ]


def first_office(session: Session) -> str | None:
    """Return an office that has people: the first by name, where there are several."""
    return session.scalar(select(func.min(Person.office)))


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


def by_id(session: Session, id_: int | None) -> Person | None:
    """Return the person of an id, be he listed no longer."""
    return None if id_ is None else session.get(Person, id_)
