"""How often a rule was right, by the officers' decisions, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

SURE = 1.959963984540054
"""The two-sided 95 % quantile of the normal distribution."""


@dataclass(frozen=True)
class Measure:
    """Below which precision a rule is not worth keeping, and from how many decisions on."""

    floor: float = 0.5
    least_decisions: int = 10


@dataclass(frozen=True)
class Precision:
    """Decisions on one rule's findings: confirmed as a problem, or dropped as none."""

    confirmed: int
    dropped: int

    @property
    def decisions(self) -> int:
        """How many findings were decided."""
        return self.confirmed + self.dropped

    @property
    def share(self) -> float:
        """The share that was confirmed."""
        return self.confirmed / self.decisions

    def interval(self) -> tuple[float, float]:
        """Return the 95 % confidence interval of the share (Wilson 1927, score interval)."""
        number, square = self.decisions, SURE * SURE
        middle = (self.share + square / (2 * number)) / (1 + square / number)
        spread = self.share * (1 - self.share) / number + square / (4 * number * number)
        half = SURE * sqrt(spread) / (1 + square / number)
        return max(middle - half, 0.0), min(middle + half, 1.0)

    def is_too_low(self, measure: Measure) -> bool:
        """Tell whether even the upper bound lies under the floor, on enough decisions."""
        enough = self.decisions >= measure.least_decisions
        return enough and self.interval()[1] < measure.floor
