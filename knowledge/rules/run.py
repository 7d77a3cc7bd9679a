"""One patrol under way: the frame, the day, the settings, and where each rule can be evaluated."""

from __future__ import annotations

import calendar as month_lengths
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeGuard

import polars as pl

from knowledge.fields import CASE_TYPE, registry
from knowledge.rules import derivations
from knowledge.rules.compile import DUE, Reading, column_of, condition
from knowledge.rules.frame import MOMENT, REPORT_STAGES, STAGE, TYPE, every, some
from knowledge.rules.language import LISTED_TABLES, TABLES
from knowledge.rules.rule import CheckBody, TermBody

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from knowledge.calendar import Calendar
    from knowledge.rules.frame import CardFrame, Known
    from knowledge.rules.rule import Rule, Start

ALL_TYPES, JUVENILE = "全部", "未检"


@dataclass(frozen=True)
class Run:
    """What a patrol evaluates rules with."""

    frame: CardFrame
    as_of: date
    horizon: date
    calendar: Calendar
    settings: Mapping[str, int | None]
    derived: frozenset[str]

    def settings_of(self, rule: Rule) -> dict[str, int | None]:
        """Return the numbers a rule uses: the office's own, else the defaults of the catalogue."""
        return {name: self.settings.get(name, own) for name, own in rule.settings.items()}

    def reading(self, rule: Rule) -> Reading:
        """Return how a rule's conditions see the cards."""
        return Reading(
            today=self.as_of,
            last_workday=last_workday(self.as_of, self.calendar),
            settings=self.settings_of(rule),
            derived=frozenset() if rule.raw else self.derived,
            must_be_there=rule.only_if_present,
            present=self.frame.present,
        )

    def applies(self, rule: Rule) -> Known:
        """Tell which rows are of a case type the rule is for."""
        if ALL_TYPES in rule.case_types:
            return True
        return pl.col(TYPE).is_in(list(types_of(rule.case_types))).fill_null(value=False)

    def need(self, rule: Rule, name: str) -> Known:
        """Tell on which rows one needed column is known."""
        table, _, column = name.partition(".")
        if name in LISTED_TABLES:
            return name in self.frame.listed
        if table in TABLES:
            return self._somewhere(table, column)
        return derivations.known(name, self.frame, self.reading(rule))

    def _somewhere(self, table: str, column: str) -> bool:
        """Tell whether a report of the card set has a column at all."""
        present = self.frame.present(column)
        if isinstance(present, bool):
            present = pl.lit(present)
        of_report = pl.col(STAGE) == REPORT_STAGES[table]
        return bool(self.frame.data.select((of_report & present).any()).item())

    def known(self, rule: Rule) -> Known:
        """Tell on which rows everything the rule needs is known."""
        if None in self.settings_of(rule).values():
            return False
        needs = [self.need(rule, name) for name in rule.needs]
        if isinstance(rule.body, TermBody) and rule.body.amount and rule.body.amount.hours:
            needs += [self._has_moment(rule, start) for start in rule.body.starts[:1]]
        if isinstance(rule.body, CheckBody) and rule.body.compares_due:
            needs.append(pl.col(DUE).is_not_null())
        return every(needs)

    def _has_moment(self, rule: Rule, start: Start) -> Known:
        """A term in hours cannot be counted from a day without a time."""
        name = column_of(start.field, self.reading(rule))
        return pl.col(name).is_null() | pl.col(f"{name}{MOMENT}").is_not_null()

    def missing(self, rule: Rule) -> tuple[str, ...]:
        """Name what is known on no row the rule is for, for the list of unevaluated rules."""
        lacking = [f"设置：{name}" for name, own in self.settings_of(rule).items() if own is None]
        where = {name: every((self.applies(rule), self.need(rule, name))) for name in rule.needs}
        asked = [known.any().alias(name) for name, known in where.items() if _varies(known)]
        told = self.frame.data.select(asked).row(0, named=True) if asked else {}
        lacking += [name for name, known in where.items() if not told.get(name, known)]
        if not lacking and ALL_TYPES not in rule.case_types:
            lacking += [CASE_TYPE] if self.frame.present(CASE_TYPE) is False else []
        return tuple(lacking)

    def in_question(self, rule: Rule) -> Known:
        """Tell on which rows a rule is evaluated: of its case types, with all it needs."""
        return every((self.applies(rule), self.known(rule)))

    def active(self, rule: Rule) -> Known:
        """Tell on which rows a rule speaks or keeps silent for a reason of the row's own."""
        where = [self.in_question(rule)]
        if where[0] is False:
            return False
        reading = self.reading(rule)
        if rule.applies_when is not None:
            where.append(condition(rule.applies_when, reading))
        if isinstance(rule.body, TermBody):
            where.append(some(_started(rule.body, start, reading) for start in rule.body.starts))
        return every(where)


def _varies(known: Known) -> TypeGuard[pl.Expr]:
    return not isinstance(known, bool)


def _started(body: TermBody, start: Start, reading: Reading) -> pl.Expr:
    begun = pl.col(column_of(start.field, reading)).is_not_null()
    if body.event is not None:
        begun &= pl.col(column_of(body.event, reading)).is_not_null()
    return begun


@cache
def types_of(stages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the case types of some stages; 未检 alone means every juvenile type."""
    known = registry().case_types.values()
    if stages == (JUVENILE,):
        return tuple(each.name for each in known if each.juvenile)
    return tuple(each.name for each in known if set(each.stages) & set(stages))


def last_workday(day: date, calendar: Calendar) -> date:
    """Return the last working day of a day's month."""
    length = month_lengths.monthrange(day.year, day.month)[1]
    last = day.replace(day=length)
    return calendar.workday_before(last) if calendar.is_day_off(last) else last
