"""Term rules in plain Python, on one card; none of the compiled patrol is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from knowledge.fields import registry
from knowledge.periods import Amount, Suspension, add_months, compute
from knowledge.rules import syntax
from knowledge.rules.compile import is_date_column
from knowledge.rules.interpret import Surroundings, stage_of
from knowledge.rules.language import LISTED_TABLES, TABLES
from knowledge.rules.rule import CheckBody
from knowledge.rules.run import ALL_TYPES, types_of
from knowledge.rules.sheets import LISTED
from knowledge.rules.terms import OTHERS, local_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.cards import CardSet
    from knowledge.periods import Period
    from knowledge.rules.interpret import Row
    from knowledge.rules.rule import Doubt, Rule, Start, TermBody
    from knowledge.rules.run import Asked

STAGES = {"逮捕": "审查逮捕", "公诉": "审查起诉"}


@dataclass(frozen=True)
class Judged:
    """What a term rule computed of a card from one start; no state: it keeps silent."""

    state: str | None
    due: date
    raw: date
    rolled: date
    done: date | None
    certain: bool
    doubted: bool


class PlainTerms:
    """What all rules are asked with, and the terms."""

    def __init__(self, cards: CardSet, rules: Sequence[Rule], asked: Asked) -> None:
        self.cards, self.rules, self.asked = cards, rules, asked
        self.around = Surroundings(cards, asked.as_of, asked.calendar)
        self.settings = [asked.settings_of(rule) for rule in rules]
        self.somewhere = {
            (name, column)
            for name, stage in STAGES.items()
            for card in cards.cards
            if stage_of(card) == stage
            for column in card.values
        }
        self.listed = {LISTED[row.kind] for row in cards.listed}
        self.period = cache(self._period)

    def _applies(self, rule: Rule, row: Row) -> bool:
        return ALL_TYPES in rule.case_types or row.canonical_type in types_of(rule.case_types)

    def _in_question(self, rule: Rule, row: Row) -> bool:
        if not self._applies(rule, row) or None in row.settings.values():
            return False
        if not all(self._known(name, row) for name in rule.needs):
            return False
        body = rule.body
        if isinstance(body, CheckBody):
            key = (row.card.case_no, row.card.person_no)
            return not body.compares_due or key in self.around.dues
        if body.amount and body.amount.hours:
            start = body.starts[0].field
            return row.value(start) is None or isinstance(row.card.values.get(start.name), datetime)
        return True

    def _known(self, name: str, row: Row) -> bool:
        table, _, column = name.partition(".")
        if name in LISTED_TABLES:
            return name in self.listed
        if table in TABLES:
            return (table, column) in self.somewhere
        return row.resolved(name).known

    def _active(self, rule: Rule, row: Row) -> bool:
        if not self._in_question(rule, row):
            return False
        if rule.applies_when is not None and not row.holds(rule.applies_when):
            return False
        body = rule.body
        if isinstance(body, CheckBody):
            return True
        begun = any(row.value(start.field) is not None for start in body.starts)
        return begun and (body.event is None or row.value(body.event) is not None)

    def _term(self, rule: Rule, body: TermBody, row: Row) -> Iterator[Judged]:
        if not self._in_question(rule, row):
            return
        if rule.applies_when is not None and not row.holds(rule.applies_when):
            return
        event = day_of(row.value(body.event)) if body.event else None
        if body.event is not None and event is None:
            return
        for start in body.starts:
            begun = self._begun(body, start, row)
            if begun is not None and rule.is_in_force(_sure(day_of(begun))):
                yield self._judged(rule, body, start, row, begun, event)

    def _begun(self, body: TermBody, start: Start, row: Row) -> date | datetime | None:
        begun = row.value(start.field)
        if body.amount and body.amount.hours:
            begun = row.card.values.get(start.field.name)
            return begun if isinstance(begun, datetime) else None
        if body.restart is not None:
            again = row.value(body.restart.start)
            when = body.restart.when
            if again is not None and (when is None or row.holds(when)):
                begun = again
        return day_of(begun)

    def _judged(
        self,
        rule: Rule,
        body: TermBody,
        start: Start,
        row: Row,
        begun: date | datetime,
        event: date | None,
    ) -> Judged:
        period = self._period_of(body, row, begun)
        raw = _sure(day_of(period.raw_end))
        rolled = self.asked.calendar.next_workday(raw)
        card_due = day_of(row.card.values.get("到期日期"))
        doubted = event is None and self._doubted(body, row, begun, card_due, raw, rolled)
        due_at: date | datetime = card_due if doubted and card_due else period.due
        if event is not None:
            due_at = event
        hourly = isinstance(period.due, datetime)
        is_done, done_at = fulfilled(start.satisfied_by, row, moments=hourly)
        due = _sure(day_of(due_at))
        late = is_done and done_at is not None and done_at > due_at
        verify_node = start.verify_when or rule.verify_when
        verify = verify_node is not None and row.holds(verify_node)
        if late:
            state: str | None = "verify" if verify else "overdue"
        elif is_done:
            state = None
        else:
            state = self._open(rule, body, row, due, verify=verify)
        certain = period.certain or body.event is not None
        return Judged(state, due, raw, rolled, day_of(done_at), certain, doubted)

    def _open(self, rule: Rule, body: TermBody, row: Row, due: date, *, verify: bool) -> str | None:
        if body.kind == "before_event" and body.event is not None:
            return "missing"
        if due < self.asked.as_of:
            return "verify" if verify else "missing" if body.kind == "before_event" else "overdue"
        if body.kind == "immediate":
            return None
        others = rule.warning_days.get(OTHERS, 0)
        warning = rule.warning_days.get(stage_of(row.card) or "", others)
        near = (due - self.asked.as_of).days <= warning or due < self.asked.horizon
        return "due_soon" if near else None

    def _period_of(self, body: TermBody, row: Row, begun: date | datetime) -> Period:
        place = next((n for n, each in enumerate(body.instead, 1) if row.holds(each.when)), 0)
        amount = body.instead[place - 1].amount if place else body.amount
        extra = 0
        if body.extension is not None:
            when, days = body.extension.when, row.value(body.extension.days)
            if isinstance(days, int | float) and (when is None or row.holds(when)):
                extra = int(max(0, min(days, body.extension.most)))
        custody: bool | None = body.roll == "no"
        if body.roll == "no_if_in_custody":
            custody = {"是": True, "否": False}.get(str(row.resolved("是否在押").value))
        first = last = None
        if body.suspension is not None:
            first, last = (
                day_of(row.value(each)) for each in (body.suspension.first, body.suspension.last)
            )
            reason = body.suspension.reason
            if not first or not last or first > last or (reason and row.value(reason) is None):
                first = last = None
        whole = (amount or Amount(days=local_days(body, row.settings))).plus(Amount(days=extra))
        longest = body.roll == "no" and body.kind in {"max_duration", "immediate"}
        return self.period(begun, whole, custody, first, last, longest)

    def _period(
        self,
        begun: date | datetime,
        amount: Amount,
        custody: bool | None,  # noqa: FBT001 - the key of a cache
        first: date | None,
        last: date | None,
        longest: bool,  # noqa: FBT001 - the key of a cache
    ) -> Period:
        paused = (Suspension(first, last, ""),) if first and last else ()
        return compute(
            begun,
            amount,
            calendar=self.asked.calendar,
            custody=custody,
            roll=not longest,
            suspended=paused,
        )

    def _doubted(
        self,
        body: TermBody,
        row: Row,
        begun: date | datetime,
        card_due: date | None,
        raw: date,
        rolled: date,
    ) -> bool:
        if card_due is None or card_due == rolled or abs((card_due - raw).days) <= 1:
            return False
        return any(
            not any(self._known(name, row) for name in doubt.missing)
            and self._fits(doubt, _sure(day_of(begun)), card_due)
            for doubt in body.doubts
        )

    def _fits(self, doubt: Doubt, begun: date, card_due: date) -> bool:
        end = add_months(begun, doubt.amount.months) + doubt.amount.days * _ONE_DAY
        if doubt.or_later:
            return card_due >= end - _ONE_DAY
        return abs((card_due - end).days) <= 1 or card_due == self.asked.calendar.next_workday(end)


def fulfilled(
    node: syntax.Condition, row: Row, *, moments: bool
) -> tuple[bool, date | datetime | None]:
    """Tell whether a duty is done, and when; done without a day is done in time."""
    done, day = _fulfilled(node, row, moments=moments)
    return done, day if done else None


def _fulfilled(
    node: syntax.Condition, row: Row, *, moments: bool
) -> tuple[bool, date | datetime | None]:
    match node:
        case syntax.Both(parts):
            found = [_fulfilled(part, row, moments=moments) for part in parts]
            days = [day for _, day in found if day is not None]
            return all(done for done, _ in found), max(days, default=None)
        case syntax.Either(parts):
            found = [_fulfilled(part, row, moments=moments) for part in parts]
            days = [day for done, day in found if done and day is not None]
            excused = any(done and day is None for done, day in found)
            return any(done for done, _ in found), None if excused else min(days, default=None)
        case syntax.Blank(left, True) | syntax.Compare(left):
            if isinstance(left, syntax.Field) and left.table is None and is_date_column(left.name):
                return row.holds(node), _done_at(left, row, moments=moments)
    return row.holds(node), None


def _done_at(left: syntax.Field, row: Row, *, moments: bool) -> date | datetime | None:
    if not moments:
        return day_of(row.value(left))
    if registry().fields[left.name].type == "datetime":
        moment = row.card.values.get(left.name)
        return moment if isinstance(moment, datetime) else None
    day = day_of(row.value(left))
    return None if day is None else datetime(day.year, day.month, day.day)  # noqa: DTZ001 - local


_ONE_DAY = date(2000, 1, 2) - date(2000, 1, 1)


def day_of(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _sure(day: date | None) -> date:
    assert day is not None
    return day
