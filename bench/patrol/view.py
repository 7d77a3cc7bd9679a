"""Rows of a table as a rule sees them: what an engine must be able to do, and what is known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from knowledge.rules.rule import Rule
    from knowledge.rules.run import Asked

Value = Any
Holds = Any
STAGES = {"逮捕": "审查逮捕", "公诉": "审查起诉"}


class Rows(Protocol):
    """Rows of one table as an engine sees them."""

    def column(self, name: str) -> Value: ...
    def define(self, name: str, value: Value) -> Value: ...
    def where(self, holds: Holds) -> None: ...
    def day(self, value: date) -> Value: ...
    def text(self, value: str) -> Value: ...
    def number(self, value: float) -> Value: ...
    def flag(self, holds: Holds) -> Value: ...
    def holds(self, value: Value) -> Holds: ...
    def every(self, parts: Sequence[Holds]) -> Holds: ...
    def some(self, parts: Sequence[Holds]) -> Holds: ...
    def negated(self, part: Holds) -> Holds: ...
    def is_blank(self, value: Value) -> Holds: ...
    def compare(self, operator: str, left: Value, right: Value) -> Holds: ...
    def differs(self, left: Value, right: Value) -> Holds: ...
    def member(self, value: Value, values: Sequence[Any]) -> Holds: ...
    def contains(self, value: Value, text: str) -> Holds: ...
    def chosen(self, cases: Sequence[tuple[Holds, Value]], otherwise: Value) -> Value: ...
    def plus_days(self, value: Value, days: int | Value) -> Value: ...
    def plus_months(self, value: Value, months: int) -> Value: ...
    def plus_hours(self, value: Value, hours: int) -> Value: ...
    def day_of(self, value: Value) -> Value: ...
    def days_between(self, left: Value, right: Value) -> Value: ...
    def age(self, born: Value, on: Value) -> Value: ...
    def digits(self, value: Value) -> Value: ...
    def arithmetic(self, sign: str, left: Value, right: Value) -> Value: ...
    def count(self, parts: Sequence[Holds]) -> Value: ...
    def capped(self, value: Value, most: int) -> Value: ...
    def charges(self, cells: Sequence[str], *, whole_case: bool) -> Value: ...
    def within(self, left: Value, right: Value) -> Holds: ...
    def has_charge(self, charges: Value, names: frozenset[str], *, only: bool) -> Holds: ...
    def persons(self) -> Value: ...
    def same_number(self) -> Value: ...
    def offices(self) -> Value: ...
    def word(self) -> Value: ...
    def case_has(self, part: Holds) -> Holds: ...
    def other(self, table: str, name: str) -> Value: ...
    def has_record(self, table: str) -> Holds: ...
    def looked_up(self, table: str, day: Value) -> Value: ...
    def end(self, name: str) -> Value: ...


@dataclass(frozen=True)
class Sheet:
    """What is known of a table: its case types with their stages, the exported columns, those with
    some value.
    """

    number: int
    kinds: dict[str, str]
    columns: frozenset[str]
    filled: frozenset[str]
    everywhere: frozenset[tuple[str, str]]
    asked: Asked

    @property
    def stages(self) -> list[str]:
        """The stages of the case types."""
        return list(dict.fromkeys(self.kinds.values()))


@dataclass
class View:
    """Rows of a sheet under a rule: with or without derivations."""

    rows: Any
    sheet: Sheet
    settings: dict[str, int | None] = field(default_factory=dict)
    charge_lists: dict[str, frozenset[str]] = field(default_factory=dict)
    must: frozenset[str] = frozenset()
    raw: bool = False
    values: dict[str, Value] = field(default_factory=dict)
    known: dict[str, Holds] = field(default_factory=dict)

    def of(self, rule: Rule, rows: Any) -> View:
        """Return the rows as a rule sees them."""
        settings = self.sheet.asked.settings_of(rule)
        return replace(
            self, rows=rows, settings=settings, charge_lists=dict(rule.charge_lists),
            must=rule.only_if_present, raw=rule.raw,
        )  # fmt: skip

    def field(self, name: str) -> Value:
        """Return a field of the card, derived where its own cell is blank."""
        if not self.raw and name in self.values:
            found = self.values[name]
            return None if found is None else self.rows.column(found)
        return self.rows.column(name) if name in self.sheet.filled else None

    def told(self, name: str) -> Holds:
        """Tell where a field is known."""
        if not self.raw and name in self.known:
            found = self.known[name]
            return found if isinstance(found, bool) else self.rows.holds(self.rows.column(found))
        return name in self.sheet.columns


def every(view: View, parts: Iterable[Holds]) -> Holds:
    """Join conditions, settled at once where one is."""
    left = [part for part in parts if part is not True]
    if any(part is False for part in left):
        return False
    return view.rows.every(left) if left else True


def some(view: View, parts: Iterable[Holds]) -> Holds:
    """Join alternatives, settled at once where one is."""
    left = [part for part in parts if part is not False]
    if any(part is True for part in left):
        return True
    return view.rows.some(left) if left else False


def negated(view: View, part: Holds) -> Holds:
    """Turn a condition round."""
    return not part if isinstance(part, bool) else view.rows.negated(part)


def filled(view: View, value: Value) -> Holds:
    """Tell where a value is there."""
    return False if value is None else view.rows.negated(view.rows.is_blank(value))
