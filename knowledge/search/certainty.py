"""How sure a find is: signs, weighed as bench/fit_certainty.py learned it on practice questions."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import strict_yaml
from knowledge.search.cutting import cut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.search.postings import Postings
    from knowledge.search.question import Question
    from knowledge.search.ranking import Found
    from knowledge.search.units import Unit

SURE = 0.9
"""From this confidence on an answer is given as the answer."""
MAYBE = 0.65
"""From this confidence on results are offered as 可能是; below, nothing fits."""

_FILE = Path(__file__).with_name("certainty.yaml")
_LONG = 12
"""Characters from which on a question is as telling as it can be."""
_NOWHERE = "\x00"
_TERM = 4
_MOST = 2
"""More words of another field than so many say no more."""


@dataclass(frozen=True)
class Signs:
    """What speaks for and against a find.

    `line` is how alike the best curated line is, `rank` what the find ranks at, `length` that of
    the question up to 1, `strange` the share of its pairs that stand nowhere in the base,
    `foreign` whether it asks as another field does, `elsewhere` and `perhaps` how many words of
    other fields speak against the find, `mass` how much the find says of it in all, counted in
    pairs that stand nowhere else, `told` the share of its characters in words of this field,
    `beside` whether the find rests on own words alone while other texts are imported.
    """

    line: float
    rank: float
    length: float
    strange: float
    foreign: float
    elsewhere: float
    perhaps: float
    mass: float
    told: float
    beside: float


def signs(
    question: Question, found: Found, unit: Unit, postings: Postings, *, beside: bool
) -> Signs:
    """Gather the signs of one find for the reading of the question that found it."""
    whole = question.whole
    pairs = [whole[at : at + 2] for at in range(len(whole) - 1)]
    strange = sum(not postings.knows(pair) for pair in pairs)
    told = sum(len(word) for word in cut(whole).words if len(word) > 1)
    elsewhere, perhaps = question.neighbours.against(unit.everything, postings)
    return Signs(
        line=found.fit.line,
        rank=found.rank,
        length=min(len(whole), _LONG) / _LONG,
        strange=strange / max(1, len(pairs)),
        foreign=float(question.foreign),
        elsewhere=float(min(_MOST, elsewhere)),
        perhaps=float(min(_MOST, perhaps)),
        mass=math.log1p(found.fit.mass / postings.rarity(_NOWHERE)),
        told=told / max(1, len(whole)),
        beside=float(beside),
    )


def confidence(seen: Signs) -> float:
    """Return how sure a find is, between 0 and 1."""
    weights, nothing = _learned()
    odds = nothing + sum(weights[sign] * value for sign, value in asdict(seen).items())
    learned = 1 / (1 + math.exp(-odds))
    return max(MAYBE, learned) if _is_a_term(seen) else learned


def _is_a_term(seen: Signs) -> bool:
    """Tell whether nothing but a word or two of this field was typed: who does, looks it up."""
    against = seen.foreign + seen.elsewhere + seen.perhaps + seen.strange
    return seen.told == 1 and seen.length * _LONG <= _TERM and not against and seen.mass > 0


@cache
def _learned() -> tuple[Mapping[str, float], float]:
    content = strict_yaml.load(_FILE)
    return {sign: float(weight) for sign, weight in content["weights"].items()}, float(
        content["nothing"]
    )
