"""Decide which open items each part of a text is about, or that it must be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.replies.intents import intent_of
from knowledge.replies.matters import matters_in, weak_items
from knowledge.replies.parts import ACTS, clauses_of

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda
    from knowledge.replies.marks import Masked
    from knowledge.replies.model import Reason
    from knowledge.replies.parts import Part

_SUBJECT = re.compile(r"([\u4e00-\u9fff]{3,6}?)都")
_KNOWN_SUBJECT = re.compile(
    r"[我这那以上全所有条个件案卡系统数据期填录改补弄已刚今昨明天周月应该其实情况问题提示也就收到知道]"
)
_LEAVES_OUT = re.compile(r"(?<![解删扣消排])除(?:了|开|去)?(?!非|此)[^,。;!?]{1,12}?[外都全均]")
_TAKEN_BACK = re.compile(r"不是\s?□[^□]{0,4}是\s?□|□[^□]*(?:不对|错了)[,\s]*(?:应该?)?是\s?□")
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
    parts = [each for part in parts for each in _by_topic(agenda, masked, part)]
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
    checked = [_checked(agenda, bound[index], parts) for index in range(len(parts))]
    if _TAKEN_BACK.search(masked.text):
        return [
            replace(each, unclear="contradiction") if each.part.mode == "named" else each
            for each in checked
        ]
    return checked


def _by_topic(agenda: Agenda, masked: Masked, part: Part) -> list[Part]:
    """Cut a part that names nothing where its clauses do things to different items."""
    if part.mode != "free" or len(agenda.places(agenda.scope)) <= 1:
        return [part]
    spots: list[tuple[int, frozenset[int]]] = []
    for clause in clauses_of(part):
        items = _narrowed(agenda, masked, clause, agenda.scope)
        if items and intent_of(clause.text) in ACTS and (not spots or spots[-1][1] != items):
            spots.append((clause.start, items))
    if len(spots) < 2:
        return [part]
    cuts = [part.start, *(start for start, _ in spots[1:]), part.end]
    return [part.between(start, end) for start, end in pairwise(cuts)]


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
    found = max(len(agenda.places(items)), len(items))
    unclear = (
        len(agenda.places(items)) > 1 and not (part.every and _says_one_thing(part))
    ) or found < (part.count or 0)
    return Bound(part, items, unclear="two_fit" if unclear else None)


def _says_one_thing(part: Part) -> bool:
    """Whether a row of items is said to be one thing, not 已改、属实、明天诉 in turn."""
    claims = part.text[part.text.rfind("□") + 1 :].split("、")
    return len({intent_of(claim) for claim in claims} - {"none", "ack"}) <= 1


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
        matters = matters_in(agenda, part.text) if not agenda.quoted else []
        named_too = frozenset().union(*matters)
        subject = _SUBJECT.match(part.text)
        strange = subject is not None and not named_too and not _KNOWN_SUBJECT.search(subject[1])
        if strange or _LEAVES_OUT.search(part.text):
            return Bound(part, rest or agenda.scope, unclear="contradiction")
        return Bound(part, named_too or rest or agenda.scope)
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
    places = agenda.places(quoted)
    here = not bound.items.isdisjoint(quoted) or places == agenda.places(bound.items)
    if len(places) != 1 or bound.part.mode != "named" or here:
        return bound
    if any(part.mode in {"this", "free"} for part in parts):
        return bound
    return replace(bound, items=bound.items | quoted, unclear="contradiction")
