"""Turn conditions into polars expressions; a blank is a null, and every condition is yes or no."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING

import polars as pl

from knowledge.fields import registry
from knowledge.rules import side_columns, syntax
from knowledge.rules.frame import CASE, MOMENT, PERSON, STAGE
from knowledge.rules.kinds import is_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from knowledge.rules.frame import Known
    from knowledge.rules.syntax import Condition, Term

RESOLVED, KNOWN = "=", "?"
DUE, DUE_RAW, DUE_ROLLED, DUE_CASE = "#due", "#due_raw", "#due_rolled", "#due_case"


@dataclass(frozen=True)
class Reading:
    """How conditions see the cards: the day, the settings, with or without derivations.

    `derived` are the columns that have a resolved twin; `present` tells of a column on which rows
    it was exported; `must_be_there` are columns whose absence is no blank.
    """

    today: date
    last_workday: date
    settings: Mapping[str, int | None]
    derived: frozenset[str] = frozenset()
    must_be_there: frozenset[str] = frozenset()
    present: Callable[[str], Known] = field(default=lambda _: True)


def condition(node: Condition, reading: Reading) -> pl.Expr:  # noqa: C901, PLR0911 - a case for each kind of node
    """Compile a condition; the result is never null."""
    match node:
        case syntax.Both(parts):
            return _joined(parts, reading, lambda left, right: left & right)
        case syntax.Either(parts):
            return _joined(parts, reading, lambda left, right: left | right)
        case syntax.Negation(part):
            return ~condition(part, reading)
        case syntax.Compare():
            return _compare(node, reading)
        case syntax.Member(left, values, negated):
            found = term(left, reading).is_in([value.value for value in values])
            return _sure(~found, blank=True) if negated else _sure(found)
        case syntax.Holds(left, text, negated):
            found = term(left, reading).str.contains(text, literal=True)
            return _sure(~found, blank=True) if negated else _sure(found)
        case syntax.Blank():
            return _blank(node, reading)
        case syntax.ChargeClass():
            return _sure(pl.col(side_columns.class_key(node)))
        case syntax.CaseHas(part):
            return condition(part, reading).any().over(CASE)
        case syntax.NoRecord(table):
            return ~pl.col(side_columns.record_key(table))


def _joined(
    parts: Iterable[Condition],
    reading: Reading,
    join: Callable[[pl.Expr, pl.Expr], pl.Expr],
) -> pl.Expr:
    return reduce(join, (condition(part, reading) for part in parts))


def _sure(found: pl.Expr, *, blank: bool = False) -> pl.Expr:
    return found.fill_null(value=blank)


def _compare(node: syntax.Compare, reading: Reading) -> pl.Expr:
    if node.operator == "⊆":
        assert isinstance(node.left, syntax.Charges)  # noqa: S101 - the language sees to it
        assert isinstance(node.right, syntax.Charges)  # noqa: S101
        return pl.col(side_columns.within_key(node.left, node.right))
    left, right = term(node.left, reading), term(node.right, reading)
    by_day = _sure(_ORDER[node.operator](left, right))
    if node.operator == "≠":
        return right.is_not_null() & (left.is_null() | by_day)
    if is_moment(node.left) and is_moment(node.right):
        first, second = moment(node.left, reading), moment(node.right, reading)
        exact = first.is_not_null() & second.is_not_null()
        return pl.when(exact).then(_sure(_ORDER[node.operator](first, second))).otherwise(by_day)
    return by_day


_ORDER: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "=": lambda left, right: left == right,
    "≠": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "≤": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    "≥": lambda left, right: left >= right,
}


def _blank(node: syntax.Blank, reading: Reading) -> pl.Expr:
    column = term(node.left, reading)
    if node.negated:
        return column.is_not_null()
    found = column.is_null()
    if isinstance(node.left, syntax.Field) and node.left.name in reading.must_be_there:
        there = reading.present(node.left.name)
        return pl.lit(value=False) if there is False else found if there is True else found & there
    return found


def term(node: Term, reading: Reading) -> pl.Expr:  # noqa: C901, PLR0911 - a case for each kind of node
    """Compile a term; a day is a date, a number a float, a set of charges one text."""
    match node:
        case syntax.Field():
            return pl.col(column_of(node, reading))
        case syntax.Computed(name):
            return _computed(name, reading)
        case syntax.Text(value) | syntax.Number(value):
            return pl.lit(value)
        case syntax.Shift():
            return _shift(node, reading)
        case syntax.Arithmetic(left, sign, right):
            return _SUMS[sign](term(left, reading), term(right, reading))
        case syntax.Charges():
            return pl.col(side_columns.charges_key(node))
        case syntax.Count(conditions):
            return pl.sum_horizontal(
                [condition(each, reading).cast(pl.Int64) for each in conditions]
            )
        case syntax.Age(born, on):
            return _age(term(born, reading), term(on, reading))
        case syntax.DaysBetween(left, right):
            return (term(left, reading) - term(right, reading)).dt.total_days().abs()
        case syntax.Digits(cell):
            return _digits(pl.col(column_of(cell, reading)))


_SUMS: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
}


def column_of(node: syntax.Field, reading: Reading) -> str:
    """Return the name of the column that a field is read from."""
    if node.table is not None:
        return side_columns.table_key(node.table, node.name)
    return f"{RESOLVED}{node.name}" if node.name in reading.derived else node.name


def moment(node: Term, reading: Reading) -> pl.Expr:
    """Return a column with its time of day, null where only the day is known."""
    assert isinstance(node, syntax.Field)  # noqa: S101 - callers ask is_moment first
    name = column_of(node, reading)
    return pl.col(f"{name}{MOMENT}")


_ENDS = {
    "应到期日": DUE,
    "应到期日未顺延": DUE_RAW,
    "应到期日顺延后": DUE_ROLLED,
    "同案应到期日": DUE_CASE,
}


def _computed(name: str, reading: Reading) -> pl.Expr:  # noqa: PLR0911 - a case for each name
    match name:
        case "今天":
            return pl.lit(reading.today)
        case "月末工作日":
            return pl.lit(reading.last_workday)
        case _ if name in _ENDS:
            return pl.col(_ENDS[name])
        case "案件类别的阶段":
            return pl.col(STAGE)
        case "同案人数":
            return pl.when(pl.col(PERSON).is_not_null()).then(pl.len().over(CASE))
        case "同编号数":
            cases = pl.col(CASE).n_unique().over(PERSON, STAGE)
            return pl.when(pl.col(PERSON).is_not_null()).then(cases)
        case "同统一受案号的单位数":
            number = pl.col("统一受案号")
            offices = pl.col("承办单位").drop_nulls().n_unique().over("统一受案号")
            return pl.when(number.is_not_null()).then(offices)
        case _:
            return pl.col(name)


def _shift(node: syntax.Shift, reading: Reading) -> pl.Expr:
    amount = node.amount if node.setting is None else reading.settings.get(node.setting)
    base = term(node.base, reading)
    if amount is None:
        return pl.lit(None, dtype=pl.Date)
    signed = -amount if node.sign == "-" else amount
    if node.unit == "日":
        return base + pl.duration(days=signed)
    return add_months(base, signed * (12 if node.unit == "年" else 1))


def add_months(day: pl.Expr, months: int) -> pl.Expr:
    """Add months as periods.add_months does: a last day stays a last day."""
    moved = day.dt.offset_by(f"{months}mo")
    return pl.when(day == day.dt.month_end()).then(moved.dt.month_end()).otherwise(moved)


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
