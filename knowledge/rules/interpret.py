"""Evaluate a condition on one card in plain Python: for explanations, and as a second opinion.

The patrol itself is compiled to polars; tests hold the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.fields import CASE_TYPE, registry
from knowledge.periods import add_months
from knowledge.rules import charges, syntax
from knowledge.rules.frame import REPORT_STAGES
from knowledge.rules.resolve import Resolved, resolve
from knowledge.rules.run import last_workday
from knowledge.rules.side_columns import stage_of_number, word_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.calendar import Calendar
    from knowledge.cards import Card, CardSet, Value
    from knowledge.fields import Field
    from knowledge.rules.syntax import Condition, Term

ENDS = ("应到期日", "应到期日未顺延", "应到期日顺延后", "同案应到期日")
"""The computed ends of a row's term, in the order `Surroundings.dues` holds them."""

Plain = str | int | float | date | datetime | frozenset[str] | None


@dataclass(frozen=True)
class Surroundings:
    """The card set around a card, and the day; `dues` are computed terms by case and person."""

    cards: CardSet
    today: date
    calendar: Calendar
    dues: Mapping[tuple[str, str | None], tuple[date, date, date, date]] = field(
        default_factory=dict
    )

    @cached_property
    def by_case(self) -> dict[str, list[Card]]:
        """The cards of each case."""
        found: dict[str, list[Card]] = {}
        for card in self.cards.cards:
            found.setdefault(card.case_no, []).append(card)
        return found

    @cached_property
    def by_person(self) -> dict[str, list[Card]]:
        """The cards of each person, in whatever case."""
        found: dict[str, list[Card]] = {}
        for card in self.cards.cards:
            if card.person_no is not None:
                found.setdefault(card.person_no, []).append(card)
        return found

    @cached_property
    def by_unified(self) -> dict[str, set[str]]:
        """The offices that hold each 统一受案号."""
        found: dict[str, set[str]] = {}
        for card in self.cards.cards:
            number, office = card.text("统一受案号"), card.text("承办单位")
            if number and office:
                found.setdefault(number, set()).add(office)
        return found

    def listed(self, kind: str, case_no: str) -> bool:
        """Tell whether a listed table holds a case."""
        return any(row.kind == kind and row.case_no == case_no for row in self.cards.listed)


def stage_of(card: Card) -> str | None:
    """Return the first stage of a card's case type."""
    found = registry().case_type(card.text(CASE_TYPE) or "")
    return found.stages[0] if found else None


@dataclass(frozen=True)
class Row:
    """One card as a rule sees it: raw or with derivations, with settings and lists of charges."""

    card: Card
    around: Surroundings
    settings: Mapping[str, int | None]
    charge_lists: Mapping[str, frozenset[str]]
    raw: bool = False
    must_be_there: frozenset[str] = frozenset()

    @property
    def fields(self) -> Mapping[str, Field]:
        """The registry's columns."""
        return registry().fields

    @property
    def canonical_type(self) -> str | None:
        """The card's case type under its canonical name."""
        found = registry().case_type(self.card.text(CASE_TYPE) or "")
        return found.name if found else None

    def resolved(self, name: str) -> Resolved:
        """Return a field of the card and where it is from."""
        if self.raw:
            there = name in self.card.values
            return Resolved(self.card.values.get(name), there, basis=(name,) if there else ())
        return resolve(self.card, name, self._judge)

    def _judge(self, node: Condition) -> bool:
        own = Row(self.card, self.around, self.settings, self.charge_lists)
        return own.holds(node)

    def holds(self, node: Condition) -> bool:  # noqa: C901, PLR0911 - a case for each kind of node
        """Tell whether a condition holds."""
        match node:
            case syntax.Both(parts):
                return all(self.holds(part) for part in parts)
            case syntax.Either(parts):
                return any(self.holds(part) for part in parts)
            case syntax.Negation(part):
                return not self.holds(part)
            case syntax.Compare():
                return self._compare(node)
            case syntax.Member(left, values, negated):
                own = self.value(left)
                inside = own is not None and own in [value.value for value in values]
                return not inside if negated else inside
            case syntax.Holds(left, text, negated):
                own = self.value(left)
                inside = isinstance(own, str) and text in own
                return not inside if negated else inside
            case syntax.Blank(left, negated):
                return self._blank(left, negated=negated)
            case syntax.ChargeClass(cells, name, only):
                own_charges = self._charges(syntax.Charges(cells))
                return charges.is_of(own_charges, self.charge_lists[name], only=only)
            case syntax.CaseHas(part):
                return any(
                    self._of(other).holds(part) for other in self.around.by_case[self.card.case_no]
                )
            case syntax.NoRecord(table):
                return not self._has_record(table)

    def _of(self, card: Card) -> Row:
        return Row(
            card, self.around, self.settings, self.charge_lists, self.raw, self.must_be_there
        )

    def _blank(self, left: Term, *, negated: bool) -> bool:
        blank = self.value(left) is None
        if negated:
            return not blank
        name = left.name if isinstance(left, syntax.Field) else ""
        return blank and (name not in self.must_be_there or name in self.card.values)

    def _has_record(self, table: str) -> bool:
        if table in REPORT_STAGES:
            return self._other(table) is not None
        kind = "publication_list" if table == "公开清单" else "error_list"
        return self.around.listed(kind, self.card.case_no)

    def _other(self, table: str) -> Card | None:
        stage = REPORT_STAGES[table]
        found = [
            card
            for card in self.around.by_person.get(self.card.person_no or "", ())
            if stage_of(card) == stage
        ]
        order = sorted(found, key=lambda card: _as_day(card.values.get("受理日期")) or date.min)
        return order[-1] if order else None

    def _compare(self, node: syntax.Compare) -> bool:
        left, right = self.value(node.left), self.value(node.right)
        if node.operator == "≠":
            return right is not None and (left is None or not _same(left, right))
        if left is None or right is None:
            return False
        if node.operator == "⊆":
            return bool(left) and bool(right) and left <= right  # type: ignore[operator]
        if node.operator == "=":
            return _same(left, right)
        order = _order(left, right)
        return {"<": order < 0, "≤": order <= 0, ">": order > 0, "≥": order >= 0}[node.operator]

    def value(self, node: Term) -> Plain:  # noqa: C901, PLR0911 - a case for each kind of node
        """Return the value of a term, None where it is blank or cannot be told."""
        match node:
            case syntax.Field(name, table):
                return self._field(name, table)
            case syntax.Computed(name):
                return self._computed(name)
            case syntax.Text(value) | syntax.Number(value):
                return value
            case syntax.Shift():
                return self._shift(node)
            case syntax.Arithmetic(left, sign, right):
                return _sum(self.value(left), sign, self.value(right))
            case syntax.Charges():
                return charges.as_set(self._charges(node)) or None
            case syntax.Count(conditions):
                return sum(self.holds(each) for each in conditions)
            case syntax.Age(born, on):
                return _age(_as_day(self.value(born)), _as_day(self.value(on)))
            case syntax.DaysBetween(left, right):
                first, second = _as_day(self.value(left)), _as_day(self.value(right))
                return abs((first - second).days) if first and second else None
            case syntax.Digits(cell):
                text = self.value(cell)
                plain = isinstance(text, str) and text.isascii() and text.isdigit()
                return None if text is None else len(str(text)) if plain else 0

    def _field(self, name: str, table: syntax.Table | None) -> Plain:
        if table is None:
            return self.resolved(name).value
        if stage_of(self.card) == REPORT_STAGES[table]:
            return self.card.values.get(name)
        other = self._other(table)
        return other.values.get(name) if other else None

    def _charges(self, node: syntax.Charges) -> str | None:
        rows: Sequence[Card] = (
            self.around.by_case[self.card.case_no] if node.whole_case else (self.card,)
        )
        return charges.joined(*(row.text(cell.name) for row in rows for cell in node.cells))

    def _computed(self, name: str) -> Plain:  # noqa: PLR0911 - a case for each name
        match name:
            case "今天":
                return self.around.today
            case "月末工作日":
                return last_workday(self.around.today, self.around.calendar)
            case "应到期日" | "应到期日未顺延" | "应到期日顺延后" | "同案应到期日":
                found = self.around.dues.get((self.card.case_no, self.card.person_no))
                place = ENDS.index(name)
                return found[place] if found else None
            case "案件类别的阶段":
                return stage_of(self.card)
            case "受案号用字":
                return word_of(self.card.case_no)
            case "受案号用字的阶段":
                return stage_of_number(self.card.case_no)
            case _:
                return self._number(name)

    def _number(self, name: str) -> int | None:
        if name == "同统一受案号的单位数":
            number = self.card.text("统一受案号")
            return len(self.around.by_unified.get(number, ())) if number else None
        if self.card.person_no is None:
            return None
        if name == "同案人数":
            return len(self.around.by_case[self.card.case_no])
        stage = stage_of(self.card)
        same = self.around.by_person[self.card.person_no]
        return len({card.case_no for card in same if stage_of(card) == stage})

    def _shift(self, node: syntax.Shift) -> date | None:
        base = _as_day(self.value(node.base))
        amount = node.amount if node.setting is None else self.settings.get(node.setting)
        if base is None or amount is None:
            return None
        signed = -amount if node.sign == "-" else amount
        if node.unit == "日":
            return base + timedelta(days=signed)
        return add_months(base, signed * (12 if node.unit == "年" else 1))


def _as_day(value: Plain | Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _same(left: Plain, right: Plain) -> bool:
    return _order(left, right) == 0 if isinstance(left, date) else left == right


def _order(left: Plain, right: Plain) -> int:
    """Compare days with days, moments with moments, and a moment with a day by the day."""
    if isinstance(left, date) and isinstance(right, date):
        both = isinstance(left, datetime) and isinstance(right, datetime)
        first, second = (left, right) if both else (_as_day(left), _as_day(right))
        return (first > second) - (first < second)  # type: ignore[operator]
    return (left > right) - (left < right)  # type: ignore[operator]


def _sum(left: Plain, sign: str, right: Plain) -> float | None:
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        return None
    return {"+": left + right, "-": left - right, "*": left * right}[sign]


def _age(born: date | None, on: date | None) -> int | None:
    if born is None or on is None:
        return None
    not_yet = (on.month, on.day) <= (born.month, born.day)
    return on.year - born.year - not_yet
