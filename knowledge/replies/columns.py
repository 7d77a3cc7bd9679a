"""Names of columns in a text, as headings, canonical names, or as people say them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from knowledge.fields import registry
from knowledge.replies.marks import Mark, occurrences
from knowledge.replies.pointing import points
from knowledge.replies.vocabulary import vocabulary

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda
    from knowledge.replies.marks import Canvas
    from knowledge.replies.model import OpenItem

_LOOSE = re.compile(r"[\u4e00-\u9fff]{2,8}(?:日期|时间)")


def mark_columns(canvas: Canvas, agenda: Agenda) -> None:
    """Mark names of columns, as headings, canonical names or as people say them."""
    known = _column_names(agenda)
    for match in _LOOSE.finditer(canvas.text):
        _mark_loose_column(canvas, agenda, match, known)
    for name, canonical in known.items():
        for start, end in occurrences(canvas.text, name):
            if not canvas.is_free(start, end):
                continue
            items = frozenset(
                e.index for e in agenda.entries if any(n in e.item.fields for n in canonical)
            )
            if items and points(canvas, start, end):
                canvas.add(Mark(start, end, "item", "column", items, names=canonical))
            else:
                canvas.add(Mark(start, end, "column", items=items, names=canonical))


def _mark_loose_column(
    canvas: Canvas, agenda: Agenda, match: re.Match[str], known: dict[str, tuple[str, ...]]
) -> None:
    """Mark a column that was said with words left out: 解除取保日期 for 解除取保候审日期."""
    word = match[0].replace("时间", "日期")
    for cut in range(len(word) - 3):
        said = word[cut:]
        exact = known.get(said) or known.get(match[0][cut:]) or ()
        if any(name in e.item.fields for e in agenda.entries for name in exact):
            return
        found = {n for e in agenda.entries for n in e.item.fields if _left_out(said, e.item, n)}
        if len(found) == 1:
            items = frozenset(e.index for e in agenda.entries if found & set(e.item.fields))
            names = tuple(found)
            canvas.add(Mark(match.start() + cut, match.end(), "column", items=items, names=names))
            return


def _left_out(said: str, item: OpenItem, canonical: str) -> bool:
    for name in (canonical, item.headings.get(canonical, canonical)):
        rest = iter(name)
        if name.endswith("日期") and all(char in rest for char in said):
            return True
    return False


def _column_names(agenda: Agenda) -> dict[str, tuple[str, ...]]:
    names = dict(_registered_columns())
    for entry in agenda.entries:
        for canonical, heading in entry.item.headings.items():
            names[heading] = (canonical,)
        for canonical in entry.item.fields:
            names.setdefault(canonical, (canonical,))
    return {name: names[name] for name in sorted(names, key=len, reverse=True)}


@cache
def _registered_columns() -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for field in registry().fields.values():
        for name in (field.zh, *field.aliases):
            if len(name) > 3:
                names[name] = (field.zh,)
            if name.endswith("日期") and len(name) > 5:
                names.setdefault(name.removesuffix("期"), (field.zh,))
    return names | dict(vocabulary().columns)
