"""Who may stand in for whom (AB角), and who acts at last where the stand-in is away himself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MAY_STAND_IN: Mapping[str, frozenset[str]] = {
    "prosecutor": frozenset({"prosecutor", "assistant", "head"}),
    "assistant": frozenset({"assistant", "prosecutor"}),
    "officer": frozenset({"officer", "case_head"}),
    "case_head": frozenset({"case_head", "officer", "deputy"}),
    "head": frozenset({"head", "prosecutor", "deputy"}),
    "deputy": frozenset({"deputy", "chief"}),
    "chief": frozenset({"chief", "deputy"}),
}
"""By role, the roles of which one is needed to stand in for it (内部要求).

Who only reads (auditor) or looks after the machine (admin) has nothing that another could do.
"""
LEADING = frozenset({"case_head", "deputy", "chief"})
"""Whoever approves, signs or decides for the office names his stand-in himself."""


@dataclass(frozen=True)
class Seat:
    """What a person is in the office: his department and his roles."""

    department: str
    roles: frozenset[str]


def taken_over(away: Seat, stand_in: Seat) -> frozenset[str]:
    """Return the roles of one who is away that another may act in; none: he cannot stand in.

    A department's notices are signed within the department, or by a deputy.
    """
    found = {role for role in away.roles if MAY_STAND_IN.get(role, frozenset()) & stand_in.roles}
    leads = stand_in.roles & {"head", "deputy"}
    if "head" in found and not leads and away.department != stand_in.department:
        found.discard("head")
    return frozenset(found)


def chain(start: int, next_of: Mapping[int, int]) -> tuple[int, ...]:
    """Return the people from one who is away to the one who acts at last.

    Empty: nobody stands in, or the chain runs in a circle and there is no last one.
    """
    found = [start]
    while (following := next_of.get(found[-1])) is not None:
        if following in found:
            return ()
        found.append(following)
    return tuple(found) if len(found) > 1 else ()


def circle(start: int, next_of: Mapping[int, int]) -> tuple[int, ...]:
    """Return the circle a chain from somebody ends in, the first one last again; or nothing."""
    found = [start]
    while (following := next_of.get(found[-1])) is not None:
        if following in found:
            return (*found[found.index(following) :], following)
        found.append(following)
    return ()
