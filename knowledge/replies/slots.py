"""The column and the value that a part of a text gives for an item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.fields import NUMBERS
from knowledge.replies.claims import code_of, implied_column, is_day_column
from knowledge.replies.numerals import number

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda, Entry
    from knowledge.replies.day_words import DayWords, Direction
    from knowledge.replies.marks import Mark, Masked
    from knowledge.replies.model import Intent
    from knowledge.replies.parts import Part

_PROMISES = frozenset({"commitment", "extension_request"})
_NO_SLOT = frozenset({"question", "objection", "not_an_error", "ack", "none"})
_TERM = re.compile(r"到期|届满|截止")
_EXTENDED = re.compile(
    r"延(?:长|期|后)?(?:个)?([一二两三四五六七八九十]|\d{1,2})(?:天|日|个工作日)"
)
_GIVEN = re.compile(
    r"(?:缓|宽限|给我?(?:们)?|推迟|晚)(?:个)?([一二两三四五六七八九十]|\d{1,2})(?:天|日)"
)
_REST_OF_CLAUSE = re.compile(r"[^,。;!?◇]*")
_ENDS = re.compile(r"◇(?:就|才)?(?:到期|届满|截止)")
_LATER_TODAY = re.compile(r"下午|晚上|中午|今晚|下班前")
_RIGHT = re.compile(
    r"(?:应该?(?:是|为)|改(?:成|为|到)了?|(?<!不)是|补(?:上|录)?了?|填(?:上)?了?|更正为)$"
)
_WRONG = re.compile(r"(?:不是|原来是?|原填|由|从|误填|写成了?|填成了?|录成了?)$")
_OTHER_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_PUTS_RIGHT = re.compile(
    r"(?:刚才|之前|上面|我)?(?:说|写|填|录|看|记|打|弄)(?:错|反|岔)了?|不对|不好意思|应该|实际|其实|正确"
)
_UNIFIED = re.compile(r"(?<!\d)\d{17}(?!\d)")


@dataclass(frozen=True)
class Slot:
    """A column as its heading in the export, and a value; either may be missing."""

    field: str | None = None
    value: str | None = None


def slot_of(agenda: Agenda, masked: Masked, part: Part, entry: Entry, intent: Intent) -> Slot:
    """Return the column and value that go with the intent."""
    if intent == "wrong_person":
        return _person(masked, part, "承办检察官", entry)
    if intent == "delegate":
        return _person(masked, part, "检察官助理", entry)
    if intent in _NO_SLOT:
        return Slot()
    if intent in _PROMISES:
        return _promise(agenda, masked, part, entry, intent)
    return _claim(agenda, masked, part, entry, intent)


def _person(masked: Masked, part: Part, column: str, entry: Entry) -> Slot:
    people = masked.within(part.start, part.end, "person")
    if not people:
        return Slot()
    return Slot(entry.item.headings.get(column, column), people[-1].names[0])


def _promise(agenda: Agenda, masked: Masked, part: Part, entry: Entry, intent: Intent) -> Slot:
    """Return the day promised or asked for: the last one named, else a number of days."""
    today = agenda.context.today
    days = [
        mark
        for at, mark in sorted(masked.marks.items())
        if part.start <= at < part.end and mark.kind == "day" and not _ENDS.match(masked.text, at)
    ]
    if days and days[-1].day is not None:
        return Slot(value=_iso(agenda, days[-1].day, "future"))
    if intent == "extension_request":
        if given := _GIVEN.search(part.text):
            return Slot(value=(today + timedelta(days=number(given[1]))).isoformat())
        if extended := _EXTENDED.search(part.text):
            start = max(entry.item.due or today, today)
            return Slot(value=(start + timedelta(days=number(extended[1]))).isoformat())
        return Slot()
    return Slot(value=today.isoformat()) if _LATER_TODAY.search(part.text) else Slot()


def _claim(agenda: Agenda, masked: Masked, part: Part, entry: Entry, intent: Intent) -> Slot:
    """Return the column a claim is about and what it is said to be."""
    at = _chosen_day(masked, part, entry)
    column = _named_column(masked, part, entry, at)
    code_field, code = code_of(part.text, entry, column)
    if code_field and (column is None or column == code_field):
        return Slot(_heading(entry, code_field), code)
    if column and column in NUMBERS:
        digits = _UNIFIED.search(part.text)
        return Slot(_heading(entry, column), digits[0] if digits else None)
    day = masked.marks[at].day if at is not None else None
    if day and column and not is_day_column(column):
        column = None
    if column is None and (day or intent == "corrected"):
        said = _PUTS_RIGHT.sub("", part.text)
        sure = intent in {"corrected", "attachment"} or not _OTHER_WORDS.search(said)
        column = implied_column(part.text, entry, has_day=day is not None, sure=sure)
    if day is None or (column and not is_day_column(column)):
        return Slot(_heading(entry, column) if column else None)
    direction: Direction = "nearest" if column and _TERM.search(column) else "past"
    return Slot(_heading(entry, column) if column else None, _iso(agenda, day, direction))


def _chosen_day(masked: Masked, part: Part, entry: Entry) -> int | None:
    """Return where the day stands that is said to be right: 应为 before 不是 or the first.

    Of several days without such words it is the one whose clause speaks of a column of the item.
    """
    spots = [
        at
        for at, mark in sorted(masked.marks.items())
        if part.start <= at < part.end and mark.kind == "day"
    ]
    said = [at for at in spots if _RIGHT.search(masked.text[max(part.start, at - 5) : at])]
    kept = [at for at in spots if not _WRONG.search(masked.text[max(part.start, at - 4) : at])]
    telling = [at for at in kept if len(kept) > 1 and _tells(masked, at, entry)]
    return next(iter([*said, *(telling if len(telling) == 1 else []), *kept, *spots]), None)


def _tells(masked: Masked, at: int, entry: Entry) -> bool:
    """Whether what follows a day in its clause leaves no choice about the column: ◇执行."""
    clause = _REST_OF_CLAUSE.match(masked.text, at + 1)
    words = clause[0] if clause else ""
    return implied_column(words, entry, has_day=True, sure=False) is not None


def _named_column(masked: Masked, part: Part, entry: Entry, day_at: int | None) -> str | None:
    """Return the column named nearest before the day, else the one the item rests on."""
    named = [
        (at, _canonical(entry, mark))
        for at, mark in sorted(masked.marks.items())
        if part.start <= at < part.end and mark.names and mark.kind in {"column", "item"}
    ]
    if not named:
        return None
    before = [column for at, column in named if day_at is not None and at < day_at]
    if before:
        return before[-1]
    own = [column for _, column in named if column in entry.item.fields]
    return own[0] if own else named[0][1]


def _canonical(entry: Entry, mark: Mark) -> str:
    for known in (entry.item.fields, tuple(entry.item.headings)):
        for name in mark.names:
            if name in known:
                return name
    return mark.names[0]


def _heading(entry: Entry, column: str) -> str:
    return entry.item.headings.get(column, column)


def _iso(agenda: Agenda, day: DayWords, direction: Direction) -> str | None:
    found = day.resolve(agenda.context.today, agenda.context.calendar, direction)
    return found.isoformat() if found else None
