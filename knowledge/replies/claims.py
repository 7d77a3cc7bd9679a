"""What column and code the words of a claim leave no choice about."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from knowledge.fields import registry
from knowledge.replies.vocabulary import vocabulary

if TYPE_CHECKING:
    from knowledge.replies.agenda import Entry

_BECOMES = r"(?P<becomes>(?:转|改|成|为|选|用|(?<!不)是|变更){1,3})(?:了|到)?(?:▤)?"
_ONCE = re.compile(r"(?:原来|原先|原本|本来|当时|之前|以前|起初|错|误|不)(?:选|填|写|点)?$")


def code_of(text: str, entry: Entry, column: str | None) -> tuple[str | None, str | None]:
    """Return the last code that the text says a column was changed to, or is."""
    for name in (column, *entry.item.fields) if column else entry.item.fields:
        known = registry().fields.get(name)
        if known is None or known.type != "code":
            continue
        told = [(at, value) for value in known.values if (at := _code_at(text, value)) >= 0]
        if told:
            return name, max(told, key=lambda each: (each[0], len(each[1])))[1]
    return None, None


@cache
def _code_patterns(value: str, short: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    full, part = re.escape(value), re.escape(short)
    return (
        re.compile(rf"(?:^|[,。; ])(?:{full}|{part})(?:$|[,。;! ])"),
        re.compile(rf"{_BECOMES}{part}"),
    )


def _code_at(text: str, value: str) -> int:
    """Return where the text says last that this is the value, -1 where it does not."""
    short = value.removesuffix("程序").removesuffix("候审")
    if short not in text:
        return -1
    alone, becomes = _code_patterns(value, short)
    if said_alone := alone.search(text):
        return said_alone.start()
    spots = [
        match.start()
        for match in becomes.finditer(text)
        if not _ONCE.search(text, 0, match.start("becomes"))
    ]
    return max(spots, default=-1)


def implied_column(text: str, entry: Entry, *, has_day: bool, sure: bool) -> str | None:
    """Return the date column that the words or the rule itself leave no choice about."""
    days = [name for name in entry.item.fields if is_day_column(name)]
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
    full = sorted((name for name in days if name in title), key=title.index)
    if full or len(days) == 1:
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


def is_day_column(column: str) -> bool:
    """Tell whether a column holds a day or a moment."""
    known = registry().fields.get(column)
    return known.type in {"date", "datetime"} if known else column.endswith(("日期", "时间"))
