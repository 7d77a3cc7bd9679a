"""Decide which open items each part of a text is about, or that it must be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.replies.topics import weak_items

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda
    from knowledge.replies.clauses import Part
    from knowledge.replies.marks import Masked
    from knowledge.replies.model import Reason

_NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Bound:
    """A part of the text and the items it is about.

    `unclear` says why the items are candidates only; `whole` tells that nothing narrower than
    everything the message could be about is known.
    """

    part: Part
    items: frozenset[int]
    unclear: Reason | None = None
    whole: bool = False


def bind(agenda: Agenda, masked: Masked, parts: list[Part]) -> list[Bound]:
    """Return every part with its items; parts that speak of the rest come after those named."""
    bound: dict[int, Bound] = {}
    for index, part in enumerate(parts):
        if part.mode in {"named", "except", "left"}:
            bound[index] = _named(agenda, masked, part)
    named = frozenset().union(*(each.items for each in bound.values()))
    for index, part in enumerate(parts):
        if part.mode in {"free", "this"}:
            bound[index] = _free(agenda, masked, part)
            if not bound[index].whole and not bound[index].unclear:
                named |= bound[index].items
    for index, part in enumerate(parts):
        if index not in bound:
            bound[index] = _collective(agenda, masked, part, named)
            if part.mode == "some" and not bound[index].unclear:
                named |= bound[index].items
    return [_checked(agenda, bound[index], parts) for index in range(len(parts))]


def _named(agenda: Agenda, masked: Masked, part: Part) -> Bound:
    if not part.known or not part.items:
        return Bound(part, part.items | agenda.scope, unclear="contradiction")
    items = part.items
    if part.mode == "except":
        return Bound(
            part,
            agenda.scope - items or agenda.scope,
            unclear=None if agenda.scope - items else "contradiction",
        )
    if agenda.quoted and len(agenda.places(items)) > 1 and items & agenda.quoted and not part.every:
        items &= agenda.quoted
    if len(agenda.places(items)) > 1 and not part.every:
        items = _narrowed(agenda, masked, part, items) or items
    unclear = len(agenda.places(items)) > 1 and not part.every
    return Bound(part, items, unclear="two_fit" if unclear else None)


def _narrowed(agenda: Agenda, masked: Masked, part: Part, within: frozenset[int]) -> frozenset[int]:
    """Return what columns and topics in the part leave of the items, if that is one place."""
    left = within
    for mark in masked.within(part.start, part.end, "column"):
        if mark.items & left:
            left &= mark.items
    left = weak_items(agenda, part.text, left) or left
    return left if left and len(agenda.places(left)) == 1 else _NOTHING


def _free(agenda: Agenda, masked: Masked, part: Part) -> Bound:
    scope = agenda.scope
    if len(agenda.places(scope)) <= 1:
        return Bound(part, scope)
    narrowed = _narrowed(agenda, masked, part, scope)
    return (
        Bound(part, narrowed) if narrowed else Bound(part, scope, unclear="none_named", whole=True)
    )


def _collective(agenda: Agenda, masked: Masked, part: Part, named: frozenset[int]) -> Bound:
    rest = agenda.scope - named
    if part.mode == "all":
        return Bound(part, rest or agenda.scope)
    if part.mode == "rest":
        fits = part.count is None or part.count == len(agenda.places(rest))
        clear = rest and named and fits
        return Bound(part, rest or agenda.scope, unclear=None if clear else "two_fit")
    total = len(agenda.places(agenda.scope))
    if part.count == total or part.count == len(agenda.places(rest)):
        return Bound(part, rest or agenda.scope)
    narrowed = _narrowed(agenda, masked, part, agenda.scope) if part.count == 1 else _NOTHING
    if narrowed:
        return Bound(part, narrowed)
    return Bound(part, rest or agenda.scope, unclear="two_fit", whole=True)


def _checked(agenda: Agenda, bound: Bound, parts: list[Part]) -> Bound:
    """Doubt a part that names another item than the one message it answers."""
    quoted = agenda.quoted
    alone = len(agenda.places(quoted)) == 1
    if not alone or bound.part.mode != "named" or bound.items & quoted:
        return bound
    if any(part.mode in {"this", "free"} for part in parts):
        return bound
    return replace(bound, items=bound.items | quoted, unclear="contradiction")
