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
from knowledge.replies.dates import find_clear_days, find_day_numbers
from knowledge.replies.intents import acknowledges, asks_about_rules, intent_of, is_chatter
from knowledge.replies.marks import Canvas, Mark
from knowledge.replies.model import Reading, Understanding
from knowledge.replies.names import (
    mark_case_names,
    mark_juveniles,
    mark_nicknames,
    mark_people,
    mark_strangers,
    mark_suspects,
)
from knowledge.replies.normalise import clean
from knowledge.replies.numbers import (
    mark_bare_numbers,
    mark_case_numbers,
    mark_finding_numbers,
    mark_numbered,
    mark_places,
    mark_tails,
)
from knowledge.replies.slots import Slot, slot_of
from knowledge.replies.topics import mark_charges, mark_columns, mark_matters, mark_topics, touches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.replies.agenda import Agenda
    from knowledge.replies.binding import Bound
    from knowledge.replies.dates import DayWords
    from knowledge.replies.marks import Masked
    from knowledge.replies.model import Context, Intent, Reason

_SAID = re.compile(r"[^\u4e00-\u9fff]|那个|这个|的|案子?|那条|这条")
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
    return _understanding(agenda, masked, bind(agenda, masked, cut(masked)))


def recognise(text: str, agenda: Agenda) -> Masked:
    """Return the text with everything marked that names items, days, people and columns.

    The order decides who gets a stretch of text: what cannot be mistaken comes first.
    """
    canvas = Canvas(text)
    mark_case_numbers(canvas, agenda)
    mark_case_names(canvas, agenda)
    for day in find_clear_days(text, agenda.context.today):
        canvas.add(Mark(day.start, day.end, "day", day=day))
    for mark in (
        mark_finding_numbers,
        mark_places,
        mark_suspects,
        mark_juveniles,
        mark_tails,
        mark_people,
        mark_nicknames,
        mark_columns,
        mark_topics,
        mark_charges,
        mark_matters,
        mark_strangers,
        mark_bare_numbers,
    ):
        mark(canvas, agenda)
    mark_numbered(canvas, agenda, find_day_numbers(text))
    return canvas.masked()


def _understanding(agenda: Agenda, masked: Masked, bound: list[Bound]) -> Understanding:
    readings: list[Reading] = []
    reason: Reason | None = None
    for each in bound:
        intent = _intent(agenda, masked, each)
        if not _counts(each, intent, bound):
            continue
        if each.whole and intent == "ack":
            readings.append(Reading(None, None, None, "ack"))
            continue
        reason = reason or each.unclear
        readings += _readings(agenda, masked, each, intent)
    return Understanding(_once(readings), ask=reason is not None, reason=reason)


def _intent(agenda: Agenda, masked: Masked, bound: Bound) -> Intent:
    part = bound.part
    intent = intent_of(part.text)
    if agenda.context.attachment and intent not in {"wrong_person", "objection"}:
        return "attachment"
    days = [mark.day for mark in masked.within(part.start, part.end, "day") if mark.day]
    if intent == "commitment" and days and _is_past(agenda, days[-1]):
        intent = "explanation"
    if bound.whole and intent == "commitment" and acknowledges(part.text):
        return intent if any(day.shift != 0 for day in days) else "ack"
    return _of_plain_words(agenda, bound, days) if intent == "none" else intent


def _is_past(agenda: Agenda, day: DayWords) -> bool:
    """Whether a day of a month lies behind, read as the nearest one of its name."""
    if day.day is None and day.month is None:
        return False
    context = agenda.context
    nearest = day.resolve(context.today, context.calendar, "nearest")
    return nearest is not None and nearest < context.today


def _lies_ahead(day: DayWords) -> bool:
    return (day.shift or 0) > 0 or (day.weekday is not None and (day.week or 0) >= 0)


def _of_plain_words(agenda: Agenda, bound: Bound, days: list[DayWords]) -> Intent:
    """Return what plain words are for: said of one item they explain it, else they are talk."""
    said = _SAID.sub("", bound.part.text)
    about_one = bound.part.mode in {"named", "left"} or len(agenda.places(agenda.quoted)) == 1
    if days and about_one and not said:
        return "explanation" if days[-1].day is not None else "commitment"
    if about_one and days and _lies_ahead(days[-1]) and "了" not in bound.part.text:
        return "commitment"
    told = (
        touches(agenda, bound.part.text, bound.items)
        or "▤" in bound.part.text
        or any(day.day is not None for day in days)
    )
    if (about_one and len(said) > 1) or (told and not bound.whole):
        return "explanation"
    return "none"


def _counts(bound: Bound, intent: Intent, others: list[Bound]) -> bool:
    """Tell whether a part says something worth recording."""
    if intent == "none":
        return bound.part.mode == "named" and len(others) == 1
    return not (intent == "ack" and bound.whole and len(others) > 1)


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
