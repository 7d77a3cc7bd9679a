"""What a part of a text is for: the heaviest of the ways to say things that it uses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.replies.vocabulary import vocabulary

if TYPE_CHECKING:
    from knowledge.replies.model import Form, Intent

_WORDS = re.compile("[\u4e00-\u9fff]{2}")


@lru_cache(maxsize=512)
def intent_of(text: str, *, barring: Intent = "none") -> Intent:
    """Return the intent of a masked text; `none` where it says nothing that answers a prompt.

    `barring` is an intent that it cannot have, since the days in it say otherwise.
    """
    best: Intent = "none"
    weight = 0.0
    for saying in vocabulary().sayings:
        if saying.weight > weight and saying.intent != barring and saying.pattern.search(text):
            best, weight = saying.intent, saying.weight
    return best


def acknowledges(text: str) -> bool:
    """Tell whether the text says that the prompt has been received."""
    return any(s.intent == "ack" and s.pattern.search(text) for s in vocabulary().sayings)


def is_chatter(text: str) -> bool:
    """Tell whether the text is nothing but greetings and thanks."""
    return vocabulary().chatter.fullmatch(text) is not None


def is_small_talk(text: str) -> bool:
    """Tell whether the text has words of the day's talk: a meal, a meeting, the weather."""
    return vocabulary().small_talk.search(text) is not None


def asks_about_rules(text: str) -> bool:
    """Tell whether the text asks what the law says, not about an item of the speaker."""
    words = vocabulary()
    return words.rule_question.search(text) is not None and not words.own_matter.search(text)


def form_of(text: str) -> Form:
    """Return the form of a masked text: a question, a bare subject to look up, or a statement.

    What speaks of the prompt, of the card or of days is a statement whatever its form: 不改行不行
    answers an item.
    """
    words = vocabulary()
    if words.own_business.search(text) or not _WORDS.search(text):
        return "statement"
    if words.asking.search(text):
        return "question"
    return "statement" if words.telling.search(text) else "subject"


def points_at_items(text: str) -> bool:
    """Tell whether a masked text points at what was prompted, or at the writer's own items."""
    return vocabulary().pointing.search(text) is not None
