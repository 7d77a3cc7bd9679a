"""How many cases a patrol ran over: by type, open ones by department, those new to the card set."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.cards import Card, CardSet

UNKNOWN = ""
"""The key of cases whose card names no type or no department."""
ENDED = ("办结日期", "完成日期", "办结完成日期", "归档日期")
"""A case with a day in one of these columns is no longer 在办."""


def counts(cards: CardSet, added: Iterable[str] = ()) -> dict[str, dict[str, int]]:
    """Return the cases of a card set by type, the open ones by department, the new ones by type.

    A case is counted once, by its first card; `added` are the numbers of the new cases.
    """
    first: dict[str, Card] = {}
    ended: set[str] = set()
    for card in cards.cards:
        first.setdefault(card.case_no, card)
        if any(card.values.get(column) is not None for column in ENDED):
            ended.add(card.case_no)
    new = [first[one] for one in added if one in first]
    running = [card for case_no, card in first.items() if case_no not in ended]
    return {
        "by_type": _by(first.values(), "案件类别"),
        "pending": _by(running, "承办部门"),
        "added": _by(new, "案件类别"),
    }


def _by(cards: Iterable[Card], column: str) -> dict[str, int]:
    found = Counter(card.text(column) or UNKNOWN for card in cards)
    return dict(sorted(found.items()))
