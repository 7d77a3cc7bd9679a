"""The column and the value that a part of a text gives for an item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.fields import NUMBERS, registry
from knowledge.replies.numerals import number
from knowledge.replies.vocabulary import vocabulary

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda, Entry
    from knowledge.replies.clauses import Part
    from knowledge.replies.dates import DayWords, Direction
    from knowledge.replies.marks import Mark, Masked
    from knowledge.replies.model import Intent

_PROMISES = frozenset({"commitment", "extension_request"})
_NO_SLOT = frozenset({"question", "objection", "not_an_error", "ack", "none"})
_TERM = re.compile(r"到期|届满|截止")
_EXTENDED = re.compile(
    r"延(?:长|期|后)?(?:个)?([一二两三四五六七八九十]|\d{1,2})(?:天|日|个工作日)"
)
_GIVEN = re.compile(
    r"(?:缓|宽限|给我?(?:们)?|推迟|晚)(?:个)?([一二两三四五六七八九十]|\d{1,2})(?:天|日)"
)
_LATER_TODAY = re.compile(r"下午|晚上|中午|今晚|下班前")
_RIGHT = re.compile(
    r"(?:应该?(?:是|为)|改(?:成|为|到)了?|(?<!不)是|补(?:上|录)?了?|填(?:上)?了?|更正为)$"
)
_WRONG = re.compile(r"(?:不是|原来是?|原填|由|从|误填|写成了?|填成了?|录成了?)$")
_OTHER_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
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
    days = masked.within(part.start, part.end, "day")
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
    at = _chosen_day(masked, part)
    column = _named_column(masked, part, entry, at)
    code_field, code = code_of(part.text, entry, column)
    if code_field and (column is None or column == code_field):
        return Slot(_heading(entry, code_field), code)
    if column and column in NUMBERS:
        digits = _UNIFIED.search(part.text)
        return Slot(_heading(entry, column), digits[0] if digits else None)
    day = masked.marks[at].day if at is not None else None
    if day and column and not _is_day(column):
        column = None
    if column is None and (day or intent == "corrected"):
        sure = intent in {"corrected", "attachment"} or not _OTHER_WORDS.search(part.text)
        column = _implied_column(part.text, entry, has_day=day is not None, sure=sure)
    if day is None or (column and not _is_day(column)):
        return Slot(_heading(entry, column) if column else None)
    direction: Direction = "nearest" if column and _TERM.search(column) else "past"
    return Slot(_heading(entry, column) if column else None, _iso(agenda, day, direction))


def _chosen_day(masked: Masked, part: Part) -> int | None:
    """Return where the day stands that is said to be right: 应为 before 不是 or the first."""
    spots = [
        at
        for at, mark in sorted(masked.marks.items())
        if part.start <= at < part.end and mark.kind == "day"
    ]
    said = [at for at in spots if _RIGHT.search(masked.text[max(part.start, at - 5) : at])]
    kept = [at for at in spots if not _WRONG.search(masked.text[max(part.start, at - 4) : at])]
    return next(iter([*said, *kept, *spots]), None)


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


def code_of(text: str, entry: Entry, column: str | None) -> tuple[str | None, str | None]:
    """Return a code that the text says a column was changed to."""
    for name in (column, *entry.item.fields) if column else entry.item.fields:
        known = registry().fields.get(name)
        if known is None or known.type != "code":
            continue
        for value in sorted(known.values, key=len, reverse=True):
            short = value.removesuffix("程序").removesuffix("候审")
            if re.search(
                rf"(?:转|改|成|为|选|用|(?<!不)是|变更){{1,3}}(?:了|到)?(?:▤)?{re.escape(short)}",
                text,
            ):
                return name, value
    return None, None


def _implied_column(text: str, entry: Entry, *, has_day: bool, sure: bool) -> str | None:
    """Return the date column that the words or the rule itself leave no choice about."""
    days = [name for name in entry.item.fields if _is_day(name)]
    words = vocabulary()
    for verb in words.verbs:
        wanted = words.verb_names.get(verb, ())
        found = [n for n in days if verb in text and (verb in n or n in wanted)]
        if len(found) == 1:
            return found[0]
    told = [name for name in days if has_day and _told(name, text)]
    if len(told) == 1:
        return told[0]
    return _column_of_rule(entry, days) if has_day and sure else None


def _column_of_rule(entry: Entry, days: list[str]) -> str | None:
    """Return the date column that the rule itself is about, where that is one."""
    title = entry.item.title
    full = [name for name in days if name in title]
    if len(full) == 1 or len(days) == 1:
        return (full or days)[0]
    if entry.item.state != "missing":
        return None
    return next((name for name in days if name in title or _stem(name) in title), None)


def _told(column: str, text: str) -> bool:
    """Tell whether the text uses a word of the column that few columns have."""
    pairs = {column[at : at + 2] for at in range(len(column) - 3)}
    return any(pair in text for pair in pairs - vocabulary().common_rule_words)


def _stem(column: str) -> str:
    return column.removesuffix("日期")[-2:]


def _is_day(column: str) -> bool:
    known = registry().fields.get(column)
    return known.type in {"date", "datetime"} if known else column.endswith(("日期", "时间"))


def _heading(entry: Entry, column: str) -> str:
    return entry.item.headings.get(column, column)


def _iso(agenda: Agenda, day: DayWords, direction: Direction) -> str | None:
    found = day.resolve(agenda.context.today, agenda.context.calendar, direction)
    return found.isoformat() if found else None
