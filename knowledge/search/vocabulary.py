"""The words the office speaks, read from words.yaml once: data, not code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge import strict_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FILE = Path(__file__).with_name("words.yaml")
_TERMS = Path(__file__).with_name("lexicon.yaml")

_ANY_STATUTE = "[\u4e00-\u9fff]{2,14}(?:条例|法典|公约|准则)"
"""A statute by its last word; 法 alone ends too many other words (方法, 违法)."""


@dataclass(frozen=True)
class Vocabulary:
    """All word lists of the search."""

    documents: Mapping[str, tuple[str, ...]]
    short_names: Mapping[str, tuple[str, ...]]
    editions: Mapping[str, tuple[str, ...]]
    fillers: re.Pattern[str]
    wants: Mapping[str, re.Pattern[str]]
    idle: re.Pattern[str]
    synonyms: Mapping[str, tuple[str, ...]]
    foreign: re.Pattern[str]
    other_laws: re.Pattern[str]
    scopes: Mapping[str, re.Pattern[str]]
    lookalikes: Mapping[str, str]
    traditional: Mapping[str, str]
    spoken: frozenset[str]
    particles: frozenset[str]
    terms: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the word lists, read once per process."""
    data: Mapping[str, Any] = strict_yaml.load(_FILE)
    return Vocabulary(
        documents={title: tuple(names) for title, names in data["documents"].items()},
        short_names={title: tuple(names) for title, names in data["short_names"].items()},
        editions={title: tuple(map(str, years)) for title, years in data["editions"].items()},
        fillers=_any_of(data["fillers"]),
        wants={want: _any_of(patterns) for want, patterns in data["wants"].items()},
        idle=_any_of(data["idle"]),
        synonyms={word: tuple(meant) for word, meant in data["synonyms"].items()},
        foreign=_any_of(data["foreign"]),
        other_laws=_whole_names(data["other_laws"]),
        scopes={part: re.compile(asked) for part, asked in data["scopes"].items()},
        lookalikes=_lookalikes(data["lookalikes"]),
        traditional={pair[0]: pair[1] for line in data["traditional"] for pair in line.split()},
        spoken=frozenset(data["spoken"].split()),
        particles=frozenset(data["particles"]),
        terms=frozenset(strict_yaml.load(_TERMS)["words"].split()),
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _whole_names(names: Iterable[str]) -> re.Pattern[str]:
    longest = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(f"(?:{longest})(?!律)|{_ANY_STATUTE}")


def _lookalikes(groups: Iterable[str]) -> dict[str, str]:
    alike: dict[str, str] = {}
    for group in groups:
        for char in group:
            alike[char] = alike.get(char, "") + group.replace(char, "")
    return alike
