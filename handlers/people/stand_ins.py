"""Who stands in for whom today (AB角): 甲代乙, in a chain where the stand-in is away himself."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from knowledge.stand_ins import Seat, chain, taken_over
from storage import delegations, people, remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from storage.models.delegations import Delegation
    from storage.models.people import Person
    from storage.session import Session

Scope = Literal["all", "notices"]
NOTICE_ACTS = frozenset({"receive_notice", "answer_notice", "sign_feedback", "see_to_sign"})
"""What may be left to another by one who is there: his department's notices."""
LATELY = timedelta(days=60)


@dataclass(frozen=True)
class Cover:
    """Somebody who acts for another today: at the end of the chain, in which roles, how far."""

    principal: Person
    stand_in: Person
    roles: frozenset[str]
    scope: Scope
    last: date

    @property
    def handles_cases(self) -> bool:
        """Whether he handles the other's cases, and not only signs or approves in his place."""
        return self.scope == "all" and bool(self.roles & {"prosecutor", "assistant"})


@dataclass(frozen=True)
class Covers:
    """All of an office's stand-ins of one day."""

    found: Sequence[Cover] = ()

    def by(self, person_id: int) -> tuple[Cover, ...]:
        """Return for whom a person acts."""
        return tuple(one for one in self.found if one.stand_in.id == person_id)

    def of(
        self, person_id: int, roles: Iterable[str] = (), *, notices: bool = False
    ) -> Cover | None:
        """Return who acts for a person in one of some roles, or in any; None: he does himself.

        `notices`: it is about his department's notices, which may go to another alone.
        """
        wanted = frozenset(roles)
        fitting = [
            one
            for one in self.found
            if one.principal.id == person_id
            and (notices or one.scope == "all")
            and (one.roles & wanted or not wanted)
        ]
        # who was named for the notices alone comes first, if it is about them
        fitting.sort(key=lambda one: one.scope == "all")
        return fitting[0] if fitting else None


def words(person: Person, principal: Person | None) -> str:
    """Name who acted, and for whom: 李明代周岚."""
    return person.name if principal is None else f"{person.name}代{principal.name}"


def named(session: Session, person_id: int | None, principal_id: int | None) -> str | None:
    """Name by their ids who acted and for whom; None: nobody is known under the first."""
    person = people.by_id(session, person_id)
    return None if person is None else words(person, people.by_id(session, principal_id))


def seat(person: Person) -> Seat:
    """Return what a person is in the office."""
    return Seat(person.department, frozenset(person.roles))


def covers(session: Session, office: str) -> Covers:
    """Return who acts for whom at the moment of a transaction; outside of one nobody does."""
    moment = remembered.moment_of(session)
    if moment is None:
        return Covers()
    return remembered.remembered(
        session, (delegations.KIND, office), lambda: _look(session, office, moment.date())
    )


def of(person: Person) -> tuple[Cover, ...]:
    """Return for whom a person acts today."""
    session = people.session_of(person)
    return () if session is None else covers(session, person.office).by(person.id)


def departments_headed(person: Person) -> list[str]:
    """Return the departments whose heads a person stands in for today, in all they do."""
    return [
        one.principal.department for one in of(person) if one.scope == "all" and "head" in one.roles
    ]


def _look(session: Session, office: str, day: date) -> Covers:
    arranged = delegations.in_force(session, office, day)
    if not arranged:
        return Covers()
    known = {one.id: one for one in people.everybody(session, office)}
    away = {one.principal_id: one for one in arranged if one.scope == "all"}
    notices = {one.principal_id: one for one in arranged if one.scope == "notices"}
    found = [_cover(start, away, known, "all") for start in away]
    found += [_cover(start, {**away, **notices}, known, "notices") for start in notices]
    return Covers([one for one in found if one is not None])


def _cover(
    start: int, arranged: dict[int, Delegation], known: dict[int, Person], scope: Scope
) -> Cover | None:
    """Follow a chain; every link must be able to take the role over from the one before."""
    passed = chain(start, {one: arranged[one].stand_in_id for one in arranged})
    if not passed:
        return None
    roles = seat(known[start]).roles
    if scope == "notices":
        roles &= {"head"}
    for before, after in itertools.pairwise(passed):
        from_seat, to_seat = seat(known[before]), seat(known[after])
        roles &= taken_over(Seat(from_seat.department, roles), to_seat)
    stand_in = known[passed[-1]]
    if not roles or not stand_in.active:
        return None
    return Cover(known[start], stand_in, roles, scope, arranged[start].last)


def was_for(session: Session, person: Person, day: date) -> list[Delegation]:
    """Return for whom a person stood in not long ago and does so no longer."""
    return list(delegations.lately_over(session, person.id, day, since=day - LATELY))
