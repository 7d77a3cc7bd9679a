"""Read what a prosecutor answers: which item, which intent, which column and value.

Rules and word lists only. Where two items fit, or what is named is not open, the reading asks back.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.replies.agenda import prepare
from knowledge.replies.binding import bind
from knowledge.replies.choice import choose
from knowledge.replies.clauses import cut
from knowledge.replies.intents import (
    asks_about_rules,
    form_of,
    intent_of,
    is_chatter,
    is_small_talk,
    points_at_items,
)
from knowledge.replies.meaning import intent_of_part
from knowledge.replies.model import Reading, Understanding
from knowledge.replies.normalise import clean
from knowledge.replies.recognition import recognise
from knowledge.replies.slots import Slot, slot_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.replies.agenda import Agenda
    from knowledge.replies.binding import Bound
    from knowledge.replies.marks import Masked
    from knowledge.replies.model import Context, Intent, Reason

_DEEDS = frozenset({"corrected", "corrected_partial", "extension_request", "objection", "delegate"})
_POINTER = re.compile(r"[\u4e00-\u9fff]{2}[那](?:个|条|件)(?!人|时候|字|月|星期)")
_NOTHING_SAID = Understanding(())


def read(text: str, context: Context) -> Understanding:
    """Return what a text says about the open items of the person who wrote it."""
    if not context.items:
        return _NOTHING_SAID
    agenda = prepare(context)
    masked = recognise(clean(text), agenda)
    if is_chatter(masked.text) and not context.attachment:
        return _NOTHING_SAID
    if not agenda.quoted and asks_about_rules(masked.text):
        return _NOTHING_SAID
    parts = cut(masked)
    if is_small_talk(masked.text) and not context.attachment and _names_nothing(agenda, masked):
        return _NOTHING_SAID
    understood = _understanding(agenda, masked, bind(agenda, masked, parts))
    return understood if understood.readings else _pointed_at_nothing(agenda, masked)


def _pointed_at_nothing(agenda: Agenda, masked: Masked) -> Understanding:
    """Ask which item is meant by 镇政府那个, where the words are known neither from it nor else."""
    if not _POINTER.search(masked.text) or len(agenda.places(agenda.scope)) < 2:
        return _NOTHING_SAID
    entries = [agenda.entries[min(agenda.at_place(p))] for p in agenda.places(agenda.scope)]
    readings = (Reading(e.item.finding, e.item.case_no, e.item.rule, "none") for e in entries)
    return Understanding(tuple(readings), ask=True, reason="none_named")


def _names_nothing(agenda: Agenda, masked: Masked) -> bool:
    marked = any(mark.kind in {"item", "column"} for mark in masked.marks.values())
    return not agenda.quoted and not marked and intent_of(masked.text) not in _DEEDS


def _understanding(agenda: Agenda, masked: Masked, bound: list[Bound]) -> Understanding:
    readings: list[Reading] = []
    reason: Reason | None = None
    intents = [intent_of_part(agenda, masked, each) for each in bound]
    for each, intent in zip(bound, intents, strict=True):
        if not _counts(each, intent, intents):
            continue
        if each.whole and intent == "ack":
            readings.append(Reading(None, None, None, "ack"))
            continue
        reason = reason or each.unclear
        readings += _readings(agenda, masked, each, intent)
    return Understanding(
        _once(readings),
        reason is not None,
        reason,
        by_matter=_is_by_matter(agenda, masked, bound),
        form=form_of(masked.text),
    )


def _is_by_matter(agenda: Agenda, masked: Masked, bound: list[Bound]) -> bool:
    """Tell whether nothing quoted, named or pointed at led to the items."""
    is_free = all(each.part.mode == "free" for each in bound)
    return is_free and not agenda.quoted and not points_at_items(masked.text)


def _counts(bound: Bound, intent: Intent, intents: list[Intent]) -> bool:
    """Tell whether a part says something worth recording."""
    if intent == "none":
        return bound.part.mode == "named" and set(intents) == {"none"}
    return not (intent == "ack" and bound.whole and len(intents) > 1)


def _readings(agenda: Agenda, masked: Masked, bound: Bound, intent: Intent) -> Iterable[Reading]:
    for place in agenda.places(bound.items):
        entry = choose(agenda, masked, bound, bound.items & agenda.at_place(place))
        slot = Slot() if bound.unclear else slot_of(agenda, masked, bound.part, entry, intent)
        yield Reading(
            entry.item.finding, entry.item.case_no, entry.item.rule, intent, slot.field, slot.value
        )


def _once(readings: list[Reading]) -> tuple[Reading, ...]:
    """Keep one reading per item: the last that says more than an acknowledgement."""
    kept: dict[str | None, Reading] = {}
    for reading in readings:
        before = kept.get(reading.finding)
        if before is None or before.intent in {"ack", "none"}:
            kept[reading.finding] = reading
        elif before.value is None and reading.intent == before.intent:
            kept[reading.finding] = replace(before, field=reading.field, value=reading.value)
    return tuple(kept.values())
