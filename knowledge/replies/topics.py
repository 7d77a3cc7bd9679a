"""Items named by what they are about: a charge, a word of the case name, a rule, a column."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from knowledge.fields import registry
from knowledge.replies.agenda import topic_hits
from knowledge.replies.marks import Mark, occurrences
from knowledge.replies.vocabulary import vocabulary

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda
    from knowledge.replies.marks import Canvas
    from knowledge.replies.model import OpenItem

_NOTHING: frozenset[int] = frozenset()
_POINTED = re.compile(
    r"(?:的|罪|了|案子|案件|日期|时间|期限|到期|快到期|超期|缺|空|没填|没有|那|这|为空|不对|,){0,3}"
    r"(?:那|这)(?:一?(?:条|个|件|项|案|起)|(?:两|几)(?:条|个))"
    r"|(?:的)?案(?!由|卡|号|件)(?:子)?|的?那?(?:两|几|[二三四五六])(?:个|条)|一?(?:条|件)(?!件|款|例)"
)
_POSSESSIVE = re.compile(
    r"(?:案)?的(?!日期|时间|是|时候|话|人|期限|事|规定|问题|办案|案由|证据|案卡)"
)
_START = frozenset({"", "了", ",", "。", ";", "!", "?", " ", "和", "、"})
_SINGLING = ("剩", "剩下", "只有", "除了", "除", "就差", "还差")
_POINTING_BEFORE = ("那个", "这个", "那条", "这条", "那件")
_LOOSE = re.compile(r"[\u4e00-\u9fff]{2,8}(?:日期|时间)")


def mark_charges(canvas: Canvas, agenda: Agenda) -> None:
    """Mark charges that point at an item: 盗窃案那个; an unknown charge names nothing."""
    for spoken, charge in vocabulary().charges.items():
        for start, end in occurrences(canvas.text, spoken):
            if _points(canvas, start, end):
                items = frozenset(
                    e.index for e in agenda.entries if charge in (e.item.case_name or "")
                )
                canvas.add(Mark(start, end, "item", "charge", items))


def mark_matters(canvas: Canvas, agenda: Agenda) -> None:
    """Mark parts of case names that point at an item: 丰达公司那个, 案款的."""
    for entry in agenda.entries:
        for start, end in _grams(canvas.text, entry.core):
            if _points(canvas, start, end) or canvas.text[start:end].endswith("某"):
                gram = canvas.text[start:end]
                items = frozenset(e.index for e in agenda.entries if gram in e.core)
                canvas.add(Mark(start, end, "item", "matter", items))


def mark_topics(canvas: Canvas, agenda: Agenda) -> None:
    """Mark words of rules that point at an item: 归档那条, 取保的."""
    for topic in vocabulary().topics:
        for start, end in occurrences(canvas.text, topic):
            if _points(canvas, start, end):
                touched, named = topic_hits(agenda, topic)
                if touched:
                    canvas.add(Mark(start, end, "item", "topic", named or touched))
    for word, items in _own_words(agenda, canvas.text).items():
        for start, end in occurrences(canvas.text, word):
            if _points(canvas, start, end):
                canvas.add(Mark(start, end, "item", "topic", items))


def _own_words(agenda: Agenda, text: str) -> dict[str, frozenset[int]]:
    """Return the words of the text that rules and columns of the items have in common with it."""
    common = vocabulary().common_rule_words
    words: dict[str, set[int]] = {}
    for entry in agenda.entries:
        for source in (entry.item.title, *entry.columns):
            for start, end in _grams(text, source):
                word = text[start:end]
                if end - start > 2 and word not in common and not word.endswith("日期"):
                    words.setdefault(word, set()).add(entry.index)
    return {
        word: frozenset(e.index for e in agenda.entries if e.index in found or word in e.about)
        for word, found in words.items()
    }


def _points(canvas: Canvas, start: int, end: int) -> bool:
    text = canvas.text
    if _POINTED.match(text, end):
        return True
    if text[:start].endswith(_SINGLING):
        return True
    if text[:start].endswith(_POINTING_BEFORE) and _POSSESSIVE.match(text, end):
        return True
    before = text[start - 1 : start] if start else ""
    return before in _START and _POSSESSIVE.match(text, end) is not None


def _grams(text: str, core: str) -> list[tuple[int, int]]:
    """Return the longest stretches of the text that are parts of a case name."""
    if not any(core[at : at + 2] in text for at in range(len(core) - 1)):
        return []
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text) - 1:
        size = 0
        while start + size < len(text) and text[start : start + size + 1] in core:
            size += 1
        if size >= 2 and text[start : start + size] not in vocabulary().common_grams:
            found.append((start, start + size))
        start += max(size, 1)
    return found


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
            pointed = _POINTED.match(canvas.text, end)
            if pointed and items:
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
    return names | dict(vocabulary().columns)


def weak_items(agenda: Agenda, text: str, within: frozenset[int]) -> frozenset[int]:
    """Return what the topics of a text leave of some items; nothing where they do not help."""
    left = within
    for topic in _topics_in(text):
        touched, _ = topic_hits(agenda, topic)
        if touched & within:
            left = left & touched
    for named in _matters_in(agenda, text):
        if named & within:
            left = left & named
    if left == within:
        left = _by_own_words(agenda, text, within)
    return left if left != within else _NOTHING


def touches(agenda: Agenda, text: str, items: frozenset[int]) -> bool:
    """Tell whether the text has a word of the rules of some items."""
    return any(topic_hits(agenda, topic)[0] & items for topic in _topics_in(text))


def _by_own_words(agenda: Agenda, text: str, within: frozenset[int]) -> frozenset[int]:
    """Return the items whose rules and columns share words with the text, if one place does."""
    hits = [items & within for items in _own_words(agenda, text).values() if items & within]
    together: frozenset[int] = frozenset().union(*hits)
    return together if hits and len(agenda.places(together)) == 1 else within


def _matters_in(agenda: Agenda, text: str) -> list[frozenset[int]]:
    """Return the items of each charge and each part of a case name in the text."""
    found = []
    for spoken, charge in vocabulary().charges.items():
        if spoken in text:
            found.append(
                frozenset(e.index for e in agenda.entries if charge in (e.item.case_name or ""))
            )
    grams = {text[a:b] for e in agenda.entries for a, b in _grams(text, e.core) if b - a > 2}
    found += [frozenset(e.index for e in agenda.entries if gram in e.core) for gram in grams]
    return found


def _topics_in(text: str) -> list[str]:
    found: list[str] = []
    for topic in vocabulary().topics:
        if topic in text and topic not in vocabulary().pointed_topics:
            found.append(topic)
            text = text.replace(topic, "\0")
    return found
