"""What a bound part of a text is for, seen with the day of writing and the items it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.replies.intents import acknowledges, intent_of
from knowledge.replies.matters import touches

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda
    from knowledge.replies.binding import Bound
    from knowledge.replies.day_words import DayWords
    from knowledge.replies.marks import Masked
    from knowledge.replies.model import Intent

_SAID = re.compile(r"[^\u4e00-\u9fff]|那个|这个|的|案子?|那条|这条")
_LOOKS_BACK = re.compile(r"[晚超]了|当时|故障|导致")
_BUT = re.compile(r"但是?|不过(?=[^期])|可是")
_LONG_NUMBER = re.compile(r"\d{15,}")


def intent_of_part(agenda: Agenda, masked: Masked, bound: Bound) -> Intent:
    """Return what a part is for; `none` where it says nothing of an item."""
    part = bound.part
    intent = _last_word(part.text)
    if agenda.context.attachment and intent not in {"wrong_person", "objection"}:
        return "attachment"
    days = [mark.day for mark in masked.within(part.start, part.end, "day") if mark.day]
    if intent == "commitment" and days and _is_past(agenda, days[-1], part.text):
        told = intent_of(part.text, barring="commitment")
        intent = told if told not in {"none", "ack"} else "explanation"
    if bound.whole and intent == "commitment" and acknowledges(part.text):
        return intent if any(day.shift != 0 for day in days) else "ack"
    return _of_plain_words(agenda, bound, days) if intent == "none" else intent


def _last_word(text: str) -> Intent:
    """Return what is said after the last 但是, where that says something, else in the whole."""
    turn = list(_BUT.finditer(text))
    after = intent_of(text[turn[-1].end() :]) if turn else "none"
    return intent_of(text) if after == "none" else after


def _is_past(agenda: Agenda, day: DayWords, text: str) -> bool:
    """Whether a day lies behind; a day of a month is read as the nearest one of its name."""
    if (day.shift or 0) < 0 or (day.week or 0) < 0:
        return True
    if day.day is None and day.month is None:
        return False
    if day.month is None and _LOOKS_BACK.search(text):
        return True
    context = agenda.context
    nearest = day.resolve(context.today, context.calendar, "nearest")
    return nearest is not None and nearest < context.today


def _is_to_come(agenda: Agenda, day: DayWords) -> bool:
    """Whether a day with its month, read as the nearest one of its name, is still to come."""
    if day.month is None or day.day is None:
        return False
    context = agenda.context
    nearest = day.resolve(context.today, context.calendar, "nearest")
    return nearest is not None and nearest > context.today


def _lies_ahead(day: DayWords) -> bool:
    return (day.shift or 0) > 0 or (day.weekday is not None and (day.week or 0) >= 0)


def _of_plain_words(agenda: Agenda, bound: Bound, days: list[DayWords]) -> Intent:
    """Return what plain words are for: said of one item they explain it, else they are talk."""
    said = _SAID.sub("", bound.part.text)
    about_one = bound.part.mode in {"named", "left"} or len(agenda.places(agenda.quoted)) == 1
    if days and about_one and not said:
        return "explanation" if days[-1].day is not None else "commitment"
    brief = len(said) <= 2
    ahead = any(_lies_ahead(day) or (brief and _is_to_come(agenda, day)) for day in days)
    if about_one and ahead and "了" not in bound.part.text:
        return "commitment"
    told = (
        "▤" in bound.part.text
        or touches(agenda, bound.part.text, bound.items)
        or any(day.day is not None for day in days)
    )
    if (about_one and (len(said) > 1 or _LONG_NUMBER.search(bound.part.text))) or (
        told and not bound.whole
    ):
        return "explanation"
    return "none"
