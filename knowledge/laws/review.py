"""What a text that was read would change on the shelf: shown to a person before it is imported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.laws import shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.laws.model import OfficialText


@dataclass(frozen=True)
class Review:
    """A text beside those already stored.

    `known` says exactly this under the same day; `replaced` would go: the same day with other
    words, or the same words under another day. `older` and `newer` are the nearest versions.
    `sibling` is the 试行 text beside the valid one, or the other way round. `repeals` are stored
    titles that it says are repealed; `empty` labels of articles without words.
    """

    text: OfficialText
    known: OfficialText | None = None
    replaced: OfficialText | None = None
    older: OfficialText | None = None
    newer: OfficialText | None = None
    sibling: OfficialText | None = None
    repeals: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """How many articles of a text read otherwise than in another, are new, or are gone."""

    changed: int
    added: int
    removed: int


def difference(text: OfficialText, other: OfficialText) -> Difference:
    """Compare a text with another version, article by article."""
    now = {(one.number, one.branch): one.text for one in text.articles}
    then = {(one.number, one.branch): one.text for one in other.articles}
    return Difference(
        changed=sum(now[place] != then[place] for place in now.keys() & then.keys()),
        added=len(now.keys() - then.keys()),
        removed=len(then.keys() - now.keys()),
    )


def review(text: OfficialText, stored: Sequence[OfficialText]) -> Review:
    """Hold a text against the stored ones."""
    own = sorted((one for one in stored if one.title == text.title), key=lambda one: one.version)
    known = next(
        (one for one in own if one.version == text.version and one.says_the_same_as(text)), None
    )
    replaced = None if known else _replaced(text, own)
    others = [one for one in own if one is not replaced]
    titles = {one.title for one in stored}
    return Review(
        text,
        known=known,
        replaced=replaced,
        older=next((one for one in reversed(others) if one.version < text.version), None),
        newer=next((one for one in others if one.version > text.version), None),
        sibling=next((one for one in stored if _are_siblings(one.title, text.title)), None),
        repeals=tuple(title for title in shelf.repealed([text]) if title in titles),
        empty=tuple(one.label for one in text.articles if not one.text.strip()),
    )


def _replaced(text: OfficialText, own: Sequence[OfficialText]) -> OfficialText | None:
    """The same day with other words counts before the same words under another day."""
    same_day = next((one for one in own if one.version == text.version), None)
    return same_day or next((one for one in own if one.says_the_same_as(text)), None)


def _are_siblings(one: str, other: str) -> bool:
    bare = [re.sub(r"[（(](?:试行|暂行)[)）]|试行|暂行", "", title) for title in (one, other)]
    return one != other and bare[0] == bare[1]
