"""BM25 over character grams in plain Python: impacts are computed once, a question only adds."""

from __future__ import annotations

import heapq
import math
from array import array
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping

_SATURATION = 1.2
_LENGTH = 0.6
_LONGEST = 3
"""Usual lengths a unit counts for at most: an article is still found that many points rest on."""
_EVERYWHERE = 0.25
"""Share of the units in which a single character must stand to be passed over."""
MOST_PER_GRAM = 1500
"""Units kept per gram, the strongest first; only bases of many laws reach it."""


@dataclass(frozen=True)
class Postings:
    """Where every gram stands, gram after gram in long arrays.

    Gram number n has its units and impacts from `starts[n]` to `starts[n + 1]`; `spreads[n]` counts
    every unit it stands in, also those that are not kept.
    """

    size: int
    numbers: Mapping[str, int]
    starts: array[int]
    spreads: array[int]
    units: array[int]
    impacts: array[float]

    def spread(self, gram: str) -> int:
        """Return in how many units a gram stands."""
        number = self.numbers.get(gram)
        return 0 if number is None else self.spreads[number]

    def knows(self, gram: str) -> bool:
        """Tell whether a gram stands anywhere in the base."""
        return gram in self.numbers

    def rarity(self, gram: str) -> float:
        """Return how much a gram tells: 0 for one that is everywhere, most for an unknown one."""
        return _rarity(self.spread(gram), self.size)

    def characters(self) -> Iterator[str]:
        """Return every Chinese character in the base."""
        return (gram for gram in self.numbers if len(gram) == 1 and gram > "\u33ff")

    def scores(self, wanted: Mapping[str, float]) -> dict[int, float]:
        """Add up what each wanted gram gives to each unit.

        Single characters that stand everywhere cost most and tell nothing beside other grams.
        """
        total: dict[int, float] = {}
        so_far = total.get
        telling = [gram for gram in wanted if len(gram) > 1 or not self._is_everywhere(gram)]
        for gram in telling or wanted:
            weight = wanted[gram]
            number = self.numbers.get(gram)
            if number is None:
                continue
            part = slice(self.starts[number], self.starts[number + 1])
            for unit, impact in zip(self.units[part], self.impacts[part], strict=True):
                total[unit] = so_far(unit, 0.0) + weight * impact
        return total

    def _is_everywhere(self, gram: str) -> bool:
        return self.spread(gram) > _EVERYWHERE * self.size


def build(counts: Iterable[Counter[str]]) -> Postings:
    """Turn the counted grams of every unit into postings."""
    places: defaultdict[str, _Places] = defaultdict(_Places)
    lengths = array("f")
    for unit, counted in enumerate(counts):
        lengths.append(sum(counted.values()))
        for gram, amount in counted.items():
            found = places[gram]
            found.units.append(unit)
            found.amounts.append(amount)
    usual = (sum(lengths) / len(lengths) if lengths else 0.0) or 1.0
    relative = (min(one / usual, _LONGEST) for one in lengths)
    norms = array("f", (_SATURATION * (1 - _LENGTH + _LENGTH * one) for one in relative))
    starts, spreads = array("I", [0]), array("I")
    units, impacts = array("I"), array("f")
    for found in places.values():
        spreads.append(len(found.units))
        for unit, impact in _strongest(found, norms):
            units.append(unit)
            impacts.append(impact)
        starts.append(len(units))
    numbers = {gram: number for number, gram in enumerate(places)}
    return Postings(len(lengths), numbers, starts, spreads, units, impacts)


class _Places:
    """Where one gram was counted; arrays, because a base of all laws has tens of millions."""

    __slots__ = ("amounts", "units")

    def __init__(self) -> None:
        self.units = array("I")
        self.amounts = array("f")


def _strongest(found: _Places, norms: array[float]) -> list[tuple[int, float]]:
    rarity = _rarity(len(found.units), len(norms))
    weighed = [
        (unit, rarity * amount * (_SATURATION + 1) / (amount + norms[unit]))
        for unit, amount in zip(found.units, found.amounts, strict=True)
    ]
    if len(weighed) <= MOST_PER_GRAM:
        return weighed
    return heapq.nlargest(MOST_PER_GRAM, weighed, key=lambda one: one[1])


def _rarity(spread: int, size: int) -> float:
    return math.log(1 + (size - spread + 0.5) / (spread + 0.5))
