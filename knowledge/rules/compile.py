"""Turn conditions into polars expressions; a blank is a null, and every condition is yes or no.

A term that is blank on every row is None, and what can be told of all rows at once is told as it
is: a rule that reads columns no export has costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce
from typing import TYPE_CHECKING

import polars as pl

from knowledge.fields import registry
from knowledge.periods import add_months
from knowledge.rules import side_columns, syntax
from knowledge.rules.day_tables import shifted
from knowledge.rules.frame import CASE_ID, MOMENT
from knowledge.rules.kinds import is_moment
from knowledge.rules.known import every, expression, negated, some

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from knowledge.rules.day_tables import DayTables
    from knowledge.rules.frame import Frame
    from knowledge.rules.known import Known
    from knowledge.rules.syntax import Condition, Term

DUE, DUE_RAW, DUE_ROLLED, DUE_CASE = "#due", "#due_raw", "#due_rolled", "#due_case"
MANY = 16
"""More values than these are looked up rather than compared one by one."""


@dataclass(frozen=True)
class Reading:
    """How conditions see the cards: the rows, the day, the settings, with or without derivations.

    `raw`: values the derivations give are not looked at. `must_be_there` are columns whose absence
    is no blank.
    """

    frame: Frame
    today: date
    last_workday: date
    days: DayTables | None
    settings: Mapping[str, int | None]
    raw: bool = False
    must_be_there: frozenset[str] = frozenset()

    def column(self, node: syntax.Field) -> str | None:
        """Return the name of the column a field is read from, None where it is blank."""
        if node.table is not None:
            return self.frame.column(side_columns.table_key(node.table, node.name))
        if not self.raw and node.name in self.frame.resolved:
            return self.frame.resolved[node.name]
        return self.frame.column(node.name)

    def moment(self, node: syntax.Field) -> str | None:
        """Return the name of the column with a field's time of day, None where there is none."""
        name = node.name if node.table is None else side_columns.table_key(node.table, node.name)
        return self.frame.column(f"{name}{MOMENT}")

    def known(self, name: str) -> Known:
        """Tell on which rows a field is known: exported, or derived."""
        return self.frame.present(name) if self.raw else self.frame.known(name)

    def of(self, frame: Frame) -> Reading:
        """Return the same reading of other rows."""
        return replace(self, frame=frame)


def condition(node: Condition, reading: Reading) -> Known:  # noqa: C901, PLR0911 - a case for each kind of node
    """Compile a condition; the result is never null."""
    match node:
        case syntax.Both(parts):
            return every(condition(part, reading) for part in parts)
        case syntax.Either(parts):
            return some(condition(part, reading) for part in parts)
        case syntax.Negation(part):
            return negated(condition(part, reading))
        case syntax.Compare():
            return _settled(_compare(node, reading))
        case syntax.Member(left, values, negated=no):
            found = _member(term(left, reading), [value.value for value in values])
            return negated(found) if no else found
        case syntax.Holds(left, text, negated=no):
            found = _holds(left, text, reading)
            return negated(found) if no else found
        case syntax.Blank():
            return _blank(node, reading)
        case syntax.ChargeClass():
            return _flag(side_columns.class_key(node), reading)
        case syntax.CaseHas(part):
            inner = condition(part, reading)
            return inner if isinstance(inner, bool) else inner.any().over(CASE_ID)
        case syntax.NoRecord(table):
            return negated(_flag(side_columns.record_key(table), reading))


def _settled(known: Known) -> Known:
    """Tell at once what reads no column: 今天 = 月末工作日."""
    if isinstance(known, bool) or known.meta.root_names():
        return known
    return bool(pl.select(known).item())


def _flag(name: str, reading: Reading) -> Known:
    column = reading.frame.column(name)
    return False if column is None else pl.col(column).fill_null(value=False)


def _sure(found: pl.Expr) -> pl.Expr:
    return found.fill_null(value=False)


def _member(left: pl.Expr | None, values: list[str | int | float]) -> Known:
    if left is None:
        return False
    if len(values) > MANY:
        return _sure(left.is_in(values))
    return _sure(reduce(lambda one, other: one | other, (left == value for value in values)))


def _holds(left: Term, text: str, reading: Reading) -> Known:
    """Tell where a cell contains a word; of categories it is asked beforehand which do."""
    column = term(left, reading)
    if column is None:
        return False
    if reading.frame.texts == pl.String:
        return _sure(column.str.contains(text, literal=True))
    name = reading.column(left) if isinstance(left, syntax.Field) else None
    met = reading.frame.met(name) if name else _met(column, reading)
    holding: list[str | int | float] = [value for value in met if value and text in value]
    return _member(column, holding) if holding else False


def _met(column: pl.Expr, reading: Reading) -> pl.Series:
    return reading.frame.data.select(column.unique().cast(pl.String)).to_series()


def _compare(node: syntax.Compare, reading: Reading) -> Known:
    if node.operator == "⊆":
        assert isinstance(node.left, syntax.Charges)  # noqa: S101 - the language sees to it
        assert isinstance(node.right, syntax.Charges)  # noqa: S101
        return _flag(side_columns.within_key(node.left, node.right), reading)
    left, right = _alike(node, reading)
    if node.operator == "≠":
        return _differs(left, right)
    if left is None or right is None:
        return False
    by_day = _sure(_ORDER[node.operator](left, right))
    if is_moment(node.left) and is_moment(node.right):
        return _to_the_minute(node, by_day, reading)
    return by_day


def _differs(left: pl.Expr | None, right: pl.Expr | None) -> Known:
    """A blank on the left differs from any value."""
    if right is None:
        return False
    is_there: Known = right.is_not_null() if right.meta.root_names() else True
    return every((is_there, True if left is None else left.ne_missing(right)))


def _to_the_minute(node: syntax.Compare, by_day: pl.Expr, reading: Reading) -> Known:
    assert isinstance(node.left, syntax.Field)  # noqa: S101 - a moment is a column
    assert isinstance(node.right, syntax.Field)  # noqa: S101
    one, other = reading.moment(node.left), reading.moment(node.right)
    if one is None or other is None:
        return by_day
    first, second = pl.col(one), pl.col(other)
    exact = first.is_not_null() & second.is_not_null()
    return pl.when(exact).then(_sure(_ORDER[node.operator](first, second))).otherwise(by_day)


def _alike(node: syntax.Compare, reading: Reading) -> tuple[pl.Expr | None, pl.Expr | None]:
    """Return both sides; two columns of texts that are not kept alike are compared as texts."""
    left, right = term(node.left, reading), term(node.right, reading)
    if isinstance(node.left, syntax.Field) and isinstance(node.right, syntax.Field):
        one, other = reading.column(node.left), reading.column(node.right)
        kinds = {reading.frame.data[name].dtype for name in (one, other) if name is not None}
        if len(kinds) > 1 and pl.String in kinds and left is not None and right is not None:
            return left.cast(pl.String), right.cast(pl.String)
    return left, right


_ORDER: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "=": lambda left, right: left == right,
    "<": lambda left, right: left < right,
    "≤": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    "≥": lambda left, right: left >= right,
}


def _blank(node: syntax.Blank, reading: Reading) -> Known:
    column = term(node.left, reading)
    if node.negated:
        return False if column is None else column.is_not_null()
    found: Known = True if column is None else column.is_null()
    if isinstance(node.left, syntax.Field) and node.left.name in reading.must_be_there:
        return every((found, reading.frame.present(node.left.name)))
    return found


def term(node: Term, reading: Reading) -> pl.Expr | None:  # noqa: C901, PLR0911 - a case for each kind of node
    """Compile a term; a day is a date, a number a float, a set of charges one text."""
    match node:
        case syntax.Field():
            return _column(reading.column(node))
        case syntax.Computed(name):
            return _computed(name, reading)
        case syntax.Text(value) | syntax.Number(value):
            return pl.lit(value)
        case syntax.Shift():
            return _shift(node, reading)
        case syntax.Arithmetic(left, sign, right):
            return _both(left, right, reading, _SUMS[sign])
        case syntax.Charges():
            return _column(reading.frame.column(side_columns.charges_key(node)))
        case syntax.Count(conditions):
            held = [expression(condition(each, reading)).cast(pl.Int64) for each in conditions]
            return reduce(lambda one, other: one + other, held)
        case syntax.Age(born, on):
            return _both(born, on, reading, _age)
        case syntax.DaysBetween(left, right):
            return _both(left, right, reading, _days_between)
        case syntax.Digits(cell):
            text = _column(reading.column(cell))
            return None if text is None else _digits(text)


def _column(name: str | None) -> pl.Expr | None:
    return None if name is None else pl.col(name)


def _both(
    left: Term, right: Term, reading: Reading, join: Callable[[pl.Expr, pl.Expr], pl.Expr]
) -> pl.Expr | None:
    one, other = term(left, reading), term(right, reading)
    return None if one is None or other is None else join(one, other)


_SUMS: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
}

_ENDS = {
    "应到期日": DUE,
    "应到期日未顺延": DUE_RAW,
    "应到期日顺延后": DUE_ROLLED,
    "同案应到期日": DUE_CASE,
}


def _computed(name: str, reading: Reading) -> pl.Expr | None:
    match name:
        case "今天":
            return pl.lit(reading.today)
        case "月末工作日":
            return pl.lit(reading.last_workday)
        case "案件类别的阶段":
            return reading.frame.stage()
        case _:
            return _column(reading.frame.column(_ENDS.get(name, name)))


def _shift(node: syntax.Shift, reading: Reading) -> pl.Expr | None:
    amount = node.amount if node.setting is None else reading.settings.get(node.setting)
    base = term(node.base, reading)
    if amount is None or base is None:
        return None
    signed = -amount if node.sign == "-" else amount
    months = {"日": 0, "个月": signed, "年": signed * 12}[node.unit]
    if not base.meta.root_names():
        day = pl.select(base).item()
        return pl.lit(add_months(day, months) + timedelta(days=0 if months else signed))
    if node.unit == "日":
        return shifted(base, signed)
    assert reading.days is not None  # noqa: S101 - a reading without tables has no months to add
    return reading.days.plus_months(base, months)


def _days_between(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    return (one.to_physical() - other.to_physical()).abs()


def _age(born: pl.Expr, on: pl.Expr) -> pl.Expr:
    on_day = on.dt.month().cast(pl.Int32) * 100 + on.dt.day()
    born_day = born.dt.month().cast(pl.Int32) * 100 + born.dt.day()
    return on.dt.year() - born.dt.year() - (on_day <= born_day).cast(pl.Int32)


def _digits(text: pl.Expr) -> pl.Expr:
    plain = text.str.contains(r"^[0-9]+$")
    return pl.when(text.is_not_null()).then(
        pl.when(plain).then(text.str.len_chars().cast(pl.Int64)).otherwise(0)
    )


def is_date_column(name: str) -> bool:
    """Tell whether a column holds days or moments."""
    return registry().fields[name].type in {"date", "datetime"}
