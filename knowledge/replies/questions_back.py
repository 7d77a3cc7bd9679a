"""What to ask back when an answer fits several items, none, or another than the one quoted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.replies.model import Context, Intent, OpenItem, Reason, Understanding


@dataclass(frozen=True)
class QuestionBack:
    """The items to choose from, in digest order, one for each place, and why it is unclear.

    `intents` hold what was said, so that the choice of an item completes the answer.
    """

    candidates: tuple[OpenItem, ...]
    reason: Reason
    intents: tuple[Intent, ...]


def question_back(understood: Understanding, context: Context) -> QuestionBack | None:
    """Return what to ask back for an unclear answer, None for a clear one."""
    if not understood.ask:
        return None
    named = {reading.finding for reading in understood.readings}
    places: dict[int, OpenItem] = {}
    for item in sorted(context.items, key=lambda each: each.item):
        if item.finding in named:
            places.setdefault(item.item, item)
    intents = tuple(dict.fromkeys(reading.intent for reading in understood.readings))
    return QuestionBack(tuple(places.values()), understood.reason or "none_named", intents)
