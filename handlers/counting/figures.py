"""A figure and what stands behind it: definition, entries counted, cases they name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from handlers.counting.facts import About, Facts, HandLook
    from handlers.counting.ranges import Range


class Traits(NamedTuple):
    """What a counted thing can be sorted by."""

    case_type: str | None = None
    department: str | None = None
    source: str = ""
    group: str = ""
    rule: str = ""
    title: str = ""
    problem_class: str = ""
    severity: str = ""


class Unit(NamedTuple):
    """One thing counted: its entries, its cases, and what it can be sorted by.

    `weight`: what it adds; a patrol's entry stands for many cases, and names none of them.
    """

    entries: tuple[int, ...]
    cases: tuple[str, ...]
    traits: tuple[Traits, ...]
    weight: int = 1


@dataclass(frozen=True)
class Measure:
    """What is counted, in which unit, and its definition as it is printed."""

    key: str
    name: str
    unit: str
    definition: str
    count: Callable[[Facts, Range], list[Unit]]


@dataclass(frozen=True)
class Figure:
    """A value with its definition and its proof; None: there is nothing to compute it from."""

    key: str
    name: str
    unit: str
    definition: str
    value: float | None
    entries: tuple[int, ...] = ()
    cases: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """The value as it is read: whole numbers without a point, rates in percent."""
        if self.value is None:
            return "—"
        if self.unit == "%":
            return f"{self.value:.1f}%"
        whole = self.value == int(self.value)
        return str(int(self.value)) if whole else f"{self.value:.1f}"


def figure(measure: Measure, units: Iterable[Unit]) -> Figure:
    """Add units up."""
    units = list(units)
    entries = {seq for unit in units for seq in unit.entries}
    cases = {case for unit in units for case in unit.cases if case}
    return Figure(
        measure.key,
        measure.name,
        measure.unit,
        measure.definition,
        sum(unit.weight for unit in units),
        tuple(sorted(entries)),
        tuple(sorted(cases)),
    )


def rate(key: str, name: str, definition: str, part: Figure, whole: Figure) -> Figure:
    """Return one figure as a share of another, in percent with one decimal; None of nothing."""
    value = None
    if whole.value and part.value is not None:
        value = round(100 * part.value / whole.value, 1)
    entries = tuple(sorted({*part.entries, *whole.entries}))
    cases = tuple(sorted({*part.cases, *whole.cases}))
    return Figure(key, name, "%", definition, value, entries, cases)


def traits_of(about: About) -> Traits:
    """Return what a finding can be sorted by."""
    return Traits(
        about.case_type,
        about.department,
        about.source,
        about.group,
        about.rule,
        about.title,
        about.problem_class,
        about.severity,
    )


def traits_of_look(look: HandLook) -> Traits:
    """Return what a case looked at by hand can be sorted by."""
    return Traits(look.case_type, look.department, look.source)


def distinct(pairs: Iterable[tuple[str, Unit]]) -> list[Unit]:
    """Join the units of one key: entries of all, cases of all, traits of the last."""
    joined: dict[str, list[Unit]] = {}
    for key, unit in pairs:
        joined.setdefault(key, []).append(unit)
    return [_joined(units) for units in joined.values()]


def _joined(units: Sequence[Unit]) -> Unit:
    if len(units) == 1:
        return units[0]
    entries = tuple(dict.fromkeys(seq for unit in units for seq in unit.entries))
    cases = tuple(dict.fromkeys(case for unit in units for case in unit.cases))
    return Unit(entries, cases, units[-1].traits)
