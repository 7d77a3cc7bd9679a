"""How sure a find is: learned on practice questions in and out of scope, by cross-validation."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.search.question import Question
    from knowledge.search.ranking import Found

SURE = 0.9
"""From this confidence on an answer is given as the answer."""
MAYBE = 0.43
"""From this confidence on results are offered as 可能是; below, nothing fits."""

_LONG = 12
"""Characters from which on a question is as telling as it can be."""


@dataclass(frozen=True)
class _Says:
    """What each sign adds to the log of the odds that the find answers the question."""

    coverage: float = 1.97
    line: float = 3.78
    clause: float = 0.42
    length: float = 5.15
    strange: float = -2.3
    foreign: float = -4.61
    not_imported: float = -3.0
    rank: float = 0.86
    nothing: float = -7.89


_SAYS = _Says()


def confidence(question: Question, found: Found, *, strange: float, beside_texts: bool) -> float:
    """Return how sure a find is, between 0 and 1.

    Args:
        question: the reading of the question that found it.
        found: the find.
        strange: the share of the question's pairs that stand nowhere in the base.
        beside_texts: the find rests on own words alone, while other texts are imported.
    """
    fit = found.fit
    odds = (
        _SAYS.nothing
        + _SAYS.coverage * fit.coverage
        + _SAYS.line * fit.line
        + _SAYS.clause * fit.clause
        + _SAYS.length * min(len(question.whole), _LONG) / _LONG
        + _SAYS.strange * strange
        + _SAYS.foreign * question.foreign
        + _SAYS.not_imported * beside_texts
        + _SAYS.rank * found.rank
    )
    return 1 / (1 + math.exp(-odds))
