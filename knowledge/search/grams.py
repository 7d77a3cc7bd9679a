"""Texts as character grams: single characters and pairs, the cheapest good unit for Chinese."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")


def grams(text: str) -> list[str]:
    """Return the grams of a text in one form; words in Latin letters and numbers stay whole."""
    found: list[str] = []
    for run in _RUN.findall(text):
        if run.isascii():
            found.append(run)
        else:
            found += run
            found += [run[place : place + 2] for place in range(len(run) - 1)]
    return found


def pairs(text: str) -> list[str]:
    """Return the pairs of a text; a single character and a word of letters stand for themselves."""
    found: list[str] = []
    for run in _RUN.findall(text):
        if run.isascii() or len(run) == 1:
            found.append(run)
        else:
            found += [run[place : place + 2] for place in range(len(run) - 1)]
    return found


def count(fields: Iterable[tuple[str, float]]) -> Counter[str]:
    """Count the grams of several texts, each with its weight."""
    total: Counter[str] = Counter()
    for text, weight in fields:
        for gram in grams(text):
            total[gram] += weight  # type: ignore[assignment] # weights are fractions
    return total
