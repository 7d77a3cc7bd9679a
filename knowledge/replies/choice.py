"""Which finding of one item a text is about, where one fact answers several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.replies.claims import code_of
from knowledge.replies.matters import weak_items

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda, Entry
    from knowledge.replies.binding import Bound
    from knowledge.replies.marks import Masked


def choose(agenda: Agenda, masked: Masked, bound: Bound, items: frozenset[int]) -> Entry:
    """Return the finding whose columns and rule fit the words best, else the first."""
    left = items
    for mark in masked.within(bound.part.start, bound.part.end, "column"):
        left = left & mark.items or left
    left = weak_items(agenda, bound.part.text, left) or left
    coded = [i for i in sorted(left) if code_of(bound.part.text, agenda.entries[i], None)[0]]
    return agenda.entries[coded[0] if coded else min(left)]
