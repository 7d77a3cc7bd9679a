"""One patrol under way: the rows, the day, the settings, and where each rule can be evaluated."""

from __future__ import annotations

import calendar as month_lengths
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from knowledge.fields import registry
from knowledge.rules.compile import DUE, Reading, condition
from knowledge.rules.known import every, expression, negated, some, varies
from knowledge.rules.language import LISTED_TABLES, TABLES
from knowledge.rules.rule import CheckBody, TermBody

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from knowledge.calendar import Calendar
    from knowledge.rules.day_tables import DayTables
    from knowledge.rules.frame import Frame
    from knowledge.rules.known import Known
    from knowledge.rules.rule import Rule, Start

ALL_TYPES, JUVENILE = "全部", "未检"


@dataclass(frozen=True)
class Asked:
    """What a patrol is asked: of which day, how far ahead, with whose calendar and settings."""

    as_of: date
    horizon: date
    calendar: Calendar
    settings: Mapping[str, int | None]

    def settings_of(self, rule: Rule) -> dict[str, int | None]:
        """Return the numbers a rule uses: the office's own, else the defaults of the catalogue."""
        return {name: self.settings.get(name, own) for name, own in rule.settings.items()}


@dataclass(frozen=True)
class Run:
    """What rules are evaluated with on one part of the cards."""

    frame: Frame
    asked: Asked
    days: DayTables | None = None

    def settings_of(self, rule: Rule) -> dict[str, int | None]:
        """Return the numbers a rule uses."""
        return self.asked.settings_of(rule)

    def reading(self, rule: Rule) -> Reading:
        """Return how a rule's conditions see the cards."""
        return Reading(
            frame=self.frame,
            today=self.asked.as_of,
            last_workday=last_workday(self.asked.as_of, self.asked.calendar),
            days=self.days,
            settings=self.settings_of(rule),
            raw=rule.raw,
            must_be_there=rule.only_if_present,
        )

    def applies(self, rule: Rule) -> Known:
        """Tell which rows are of a case type the rule is for, on a day this version is in force."""
        if ALL_TYPES in rule.case_types:
            return self._in_force(rule)
        return every((self.frame.of_types(types_of(rule.case_types)), self._in_force(rule)))

    def _in_force(self, rule: Rule) -> Known:
        """Tell on which rows a version is in force: on the day of the fact, where there is one."""
        first, last = rule.valid_from, rule.valid_to
        if first is None and last is None:
            return True
        facts = rule.body.facts
        if not facts:
            as_of = self.asked.as_of
            return (first or as_of) <= as_of <= (last or as_of)
        reading = self.reading(rule)
        return some(_within(reading.column(each), first, last) for each in facts)

    def need(self, rule: Rule, name: str) -> Known:
        """Tell on which rows one needed column is known."""
        table, _, column = name.partition(".")
        if name in LISTED_TABLES:
            return name in self.frame.listed
        if table in TABLES:
            return (table, column) in self.frame.elsewhere
        return self.reading(rule).known(name)

    def known(self, rule: Rule) -> Known:
        """Tell on which rows everything the rule needs is known."""
        if None in self.settings_of(rule).values():
            return False
        needs = [self.need(rule, name) for name in rule.needs]
        if isinstance(rule.body, TermBody) and rule.body.amount and rule.body.amount.hours:
            needs += [self._has_moment(rule, start) for start in rule.body.starts[:1]]
        if isinstance(rule.body, CheckBody) and rule.body.compares_due:
            needs.append(is_filled(self.frame.column(DUE)))
        return every(needs)

    def _has_moment(self, rule: Rule, start: Start) -> Known:
        """A term in hours cannot be counted from a day without a time."""
        reading = self.reading(rule)
        day = is_filled(reading.column(start.field))
        return some((negated(day), is_filled(reading.moment(start.field))))

    def missing(self, rule: Rule) -> tuple[str, ...]:
        """Name what is known on no row the rule is for, for the list of unevaluated rules."""
        lacking = [f"设置：{name}" for name, own in self.settings_of(rule).items() if own is None]
        where = {name: every((self.applies(rule), self.need(rule, name))) for name in rule.needs}
        asked = [known.any().alias(name) for name, known in where.items() if varies(known)]
        told = self.frame.data.select(asked).row(0, named=True) if asked else {}
        return (*lacking, *(name for name, known in where.items() if not told.get(name, known)))

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


def is_filled(column: str | None) -> Known:
    """Tell where a column is filled; None is a column that is blank on every row."""
    return False if column is None else pl.col(column).is_not_null()


def _within(column: str | None, first: date | None, last: date | None) -> Known:
    """Tell where a day is between two others, or not known."""
    if column is None:
        return True
    day = pl.col(column)
    inside = [day >= first] if first else []
    inside += [day <= last] if last else []
    return day.is_null() | expression(every(inside))


def _started(body: TermBody, start: Start, reading: Reading) -> Known:
    begun = is_filled(reading.column(start.field))
    if body.event is None:
        return begun
    return every((begun, is_filled(reading.column(body.event))))


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
