"""Objections counted: raised, upheld or not, settled otherwise, still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.counting.acting import unit_of
from handlers.counting.figures import Measure, Unit, traits_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.counting.facts import Facts, ObjectionFacts, Stamp
    from handlers.counting.ranges import Range

Standing = tuple[str, "Stamp"]
UPHELD, KEPT, SETTLED_OTHERWISE, PENDING = "upheld", "kept", "otherwise", "pending"


def standing(facts: Facts, one: ObjectionFacts, until: Range) -> Standing:
    """Return how an objection stood at the end of a range, and by which entry."""
    stands: Standing = (PENDING, one.raised)
    for decision in one.decisions:
        if decision.stamp.day > until.end:
            break
        if decision.upheld:
            return UPHELD, decision.stamp
        final = decision.stage == "chief"
        stands = (KEPT if final else PENDING, decision.stamp)
    if stands[0] == PENDING and one.given_up is not None and one.given_up.day <= until.end:
        return KEPT, one.given_up
    ending = facts.ending(one.about.problem, until.end)
    if stands[0] == PENDING and ending is not None and ending.stamp.seq > one.raised.seq:
        return SETTLED_OTHERWISE, ending.stamp
    return stands


def _raised(facts: Facts, during: Range) -> list[Unit]:
    return [unit_of(one.raised, one.about) for one in facts.objections if one.raised.day in during]


def _settled(outcome: str) -> Callable[[Facts, Range], list[Unit]]:
    """Return the count of objections settled so in a range, whenever they were raised."""

    def count(facts: Facts, during: Range) -> list[Unit]:
        found: list[Unit] = []
        for one in facts.objections:
            if one.raised.day > during.end:
                continue
            stands, stamp = standing(facts, one, during)
            if stands == outcome and stamp.day in during:
                found.append(_of_objection(one, stamp))
        return found

    return count


def _pending(facts: Facts, during: Range) -> list[Unit]:
    found: list[Unit] = []
    for one in facts.objections:
        if one.raised.day > during.end:
            continue
        stands, stamp = standing(facts, one, during)
        if stands == PENDING:
            found.append(_of_objection(one, stamp))
    return found


def _of_objection(one: ObjectionFacts, stamp: Stamp) -> Unit:
    entries = tuple(dict.fromkeys((one.raised.seq, stamp.seq)))
    return Unit(entries, (one.about.case_no,), (traits_of(one.about),))


MEASURES = (
    Measure("objections", "异议", "件", "期内提出的异议。", _raised),
    Measure(
        "objections_upheld",
        "异议成立",
        "件",
        "期内认定成立的异议，不论何时提出。",
        _settled(UPHELD),
    ),
    Measure(
        "objections_kept",
        "异议不成立",
        "件",
        "期内经检察长决定不成立，或者提出人接受复核意见的异议，不论何时提出。",
        _settled(KEPT),
    ),
    Measure(
        "objections_otherwise",
        "异议因销号了结",
        "件",
        "期内因所涉问题以其他方式销号而了结的异议，不论何时提出。",
        _settled(SETTLED_OTHERWISE),
    ),
    Measure("objections_pending", "期末未决异议", "件", "截至期末尚未了结的异议。", _pending),
)
