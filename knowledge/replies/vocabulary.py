"""The words people use, read from words.yaml once: data, not code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from knowledge import strict_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.replies.model import Intent

_V = TypeVar("_V")
_FILE = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True)
class Saying:
    """One way to say something, and how much it tells."""

    intent: Intent
    weight: float
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Vocabulary:
    """All word lists of the reader."""

    confusions: Mapping[str, str]
    homophones: Mapping[str, tuple[str, ...]]
    faces: Mapping[str, tuple[str, ...]]
    sayings: tuple[Saying, ...]
    chatter: re.Pattern[str]
    small_talk: re.Pattern[str]
    rule_question: re.Pattern[str]
    own_matter: re.Pattern[str]
    pointing: re.Pattern[str]
    asking: re.Pattern[str]
    own_business: re.Pattern[str]
    telling: re.Pattern[str]
    charges: Mapping[str, str]
    topics: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    verbs: tuple[str, ...]
    verb_names: Mapping[str, tuple[str, ...]]
    case_words: frozenset[str]
    common_grams: frozenset[str]
    common_rule_words: frozenset[str]
    pointed_topics: frozenset[str]
    state_topics: Mapping[str, tuple[str, ...]]
    surnames: str
    not_names: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the word lists of words.yaml, read once per process."""
    data: Mapping[str, Any] = strict_yaml.load(_FILE)
    return Vocabulary(
        confusions=data["confusions"],
        homophones=_tuples(data["homophones"]),
        faces=_tuples(data["faces"]),
        sayings=tuple(_sayings(data["intents"])),
        chatter=re.compile(data["chatter"]),
        small_talk=re.compile(data["small_talk"]),
        rule_question=re.compile(data["rule_question"]),
        own_matter=re.compile(data["own_matter"]),
        pointing=re.compile(data["pointing"]),
        asking=re.compile(data["asking"]),
        own_business=re.compile(data["own_business"]),
        telling=re.compile(data["telling"]),
        charges=_longest_first({full: full for full in data["charges"].values()} | data["charges"]),
        topics=_longest_first(
            {word: (word,) for word in data["plain_topics"]} | _tuples(data["topics"])
        ),
        columns=_longest_first(_tuples(data["columns"])),
        verbs=tuple(data["verbs"]),
        verb_names=_tuples(data["verb_names"]),
        case_words=frozenset(data["case_words"]),
        common_grams=frozenset(data["common_grams"]),
        common_rule_words=frozenset(data["common_rule_words"]),
        pointed_topics=frozenset(data["pointed_topics"]),
        state_topics=_longest_first(_tuples(data["state_topics"])),
        surnames=data["surnames"],
        not_names=frozenset(data["not_names"]),
    )


def _tuples(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in lists.items()}


def _longest_first(words: Mapping[str, _V]) -> dict[str, _V]:
    return {word: words[word] for word in sorted(words, key=len, reverse=True)}


def _sayings(intents: Mapping[str, list[Mapping[str, Any]]]) -> list[Saying]:
    return [
        Saying(cast("Intent", intent), float(entry["weight"]), re.compile(entry["say"]))
        for intent, entries in intents.items()
        for entry in entries
    ]
