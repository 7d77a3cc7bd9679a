"""What a text is about without pointing: it narrows down items, it does not name one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.replies.agenda import topic_hits
from knowledge.replies.pointing import grams
from knowledge.replies.vocabulary import vocabulary

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda

_NOTHING: frozenset[int] = frozenset()


def weak_items(agenda: Agenda, text: str, within: frozenset[int]) -> frozenset[int]:
    """Return what the topics of a text leave of some items; nothing where they do not help."""
    left = within
    for topic in _topics_in(text):
        touched, _ = topic_hits(agenda, topic)
        if touched & within:
            left = left & touched
    for named in matters_in(agenda, text):
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
    hits = [items & within for items in own_words(agenda, text).values() if items & within]
    together: frozenset[int] = frozenset().union(*hits)
    return together if hits and len(agenda.places(together)) == 1 else within


def matters_in(agenda: Agenda, text: str) -> list[frozenset[int]]:
    """Return the items of each charge and each part of a case name in the text."""
    found = []
    for spoken, charge in vocabulary().charges.items():
        if spoken in text:
            found.append(
                frozenset(e.index for e in agenda.entries if charge in (e.item.case_name or ""))
            )
    shared = {text[a:b] for e in agenda.entries for a, b in grams(text, e.core) if b - a > 2}
    found += [frozenset(e.index for e in agenda.entries if gram in e.core) for gram in shared]
    return found


def _topics_in(text: str) -> list[str]:
    found: list[str] = []
    for topic in vocabulary().topics:
        if topic in text and topic not in vocabulary().pointed_topics:
            found.append(topic)
            text = text.replace(topic, "\0")
    return found


def own_words(agenda: Agenda, text: str) -> dict[str, frozenset[int]]:
    """Return the words of the text that rules and columns of the items have in common with it."""
    common = vocabulary().common_rule_words
    words: dict[str, set[int]] = {}
    for entry in agenda.entries:
        for source in (entry.item.title, *entry.columns):
            for start, end in grams(text, source):
                word = text[start:end]
                if end - start > 2 and word not in common and not word.endswith("日期"):
                    words.setdefault(word, set()).add(entry.index)
    return {
        word: frozenset(e.index for e in agenda.entries if e.index in found or word in e.about)
        for word, found in words.items()
    }
