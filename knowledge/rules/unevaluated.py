"""What a patrol could not evaluate: rules that found their columns nowhere, and single rows."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from knowledge.fields import CASE_TYPE
from knowledge.rules.run import ALL_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.rules.found import Found

Key = tuple[str, str, str | None]


def not_evaluated(found: Found) -> dict[str, tuple[str, ...]]:
    """Name the rules that could be evaluated on no row they are for, with what is missing."""
    told: dict[str, tuple[str, ...]] = {}
    spoke: set[str] = set()
    for place, rule in enumerate(found.rules):
        coverages = [part.coverage for part in found.parts]
        concerned = sum(each.concerned.get(place, 0) for each in coverages)
        if concerned and concerned == sum(each.unevaluated(place) for each in coverages):
            told[rule.id] = _missing(found, place)
        elif concerned:
            spoke.add(rule.id)
    # of several versions one may lack its columns while another was evaluated
    return {name: missing for name, missing in told.items() if name not in spoke}


def _missing(found: Found, place: int) -> tuple[str, ...]:
    """Name what is known on no row of any part the rule is for."""
    concerned = [part.coverage for part in found.parts if part.coverage.concerned.get(place)]
    told = [each.missing[place] for each in concerned]
    lacking = tuple(name for name in told[0] if all(name in each for each in told))
    if lacking or ALL_TYPES in found.rules[place].case_types:
        return lacking
    return () if any(part.has_types for part in found.parts) else (CASE_TYPE,)


@dataclass(frozen=True)
class Unevaluated(AbstractSet[Key]):
    """Triples (rule, case, person) that were not evaluated, told from masks and never listed."""

    found: Found

    @cached_property
    def _places(self) -> dict[tuple[str, str | None], int]:
        pairs = zip(*self.found.source.numbers(), strict=True)
        return {(case_no, person_no): place for place, (case_no, person_no) in enumerate(pairs)}

    @cached_property
    def _masks(self) -> dict[str, pl.Series]:
        """The rows each rule was not evaluated for: of its versions, those in force there."""
        masks: dict[str, pl.Series] = {}
        for place, rule in enumerate(self.found.rules):
            own = self._mask(place)
            masks[rule.id] = masks[rule.id] | own if rule.id in masks else own
        return masks

    def _mask(self, place: int) -> pl.Series:
        mask = pl.repeat(value=False, n=self.found.source.height, eager=True)
        for part in self.found.parts:
            lacking = part.coverage.lacking.get(place, False)
            if lacking is not False:
                mask.scatter(part.rows if lacking is True else part.rows.filter(lacking), True)  # noqa: FBT003
        return mask

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, tuple) or len(key) != 3:
            return False
        rule, case_no, person_no = key
        mask, place = self._masks.get(rule), self._places.get((case_no, person_no))
        return mask is not None and place is not None and bool(mask[place])

    def __iter__(self) -> Iterator[Key]:
        for rule, mask in self._masks.items():
            for (case_no, person_no), place in self._places.items():
                if mask[place]:
                    yield (rule, case_no, person_no)

    def __len__(self) -> int:
        return sum(int(mask.sum()) for mask in self._masks.values())
