"""Term rules over all cards at once: where they start, when they end, and what is to be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import polars as pl

from knowledge.periods import Amount, Suspension, compute
from knowledge.rules import doubting, term_ends
from knowledge.rules.compile import condition
from knowledge.rules.day_tables import number
from knowledge.rules.frame import ROW, looked_at
from knowledge.rules.fulfilment import fulfilment
from knowledge.rules.known import every, expression
from knowledge.rules.run import is_filled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from knowledge.calendar import Calendar
    from knowledge.periods import Period
    from knowledge.rules.compile import Reading
    from knowledge.rules.known import Known
    from knowledge.rules.rule import Rule, Start, TermBody
    from knowledge.rules.run import Run

OTHERS = "其他"


class TermKey(NamedTuple):
    """What a due day depends on; `custody` None: not known. `amount` numbers the amount taken."""

    start: date | datetime
    amount: int
    extra: int
    custody: bool | None
    first: date | None
    last: date | None


@dataclass(frozen=True)
class TermPlan:
    """A term rule from one of its starts: the rows it is evaluated on, with their due days.

    `state` is null on the rows it does not speak of.
    """

    rule: Rule
    body: TermBody
    rows: pl.LazyFrame

    @property
    def hits(self) -> pl.LazyFrame:
        """The rows the rule speaks of."""
        return spoken_of(self.rows)


Rows = TypeVar("Rows", pl.LazyFrame, pl.DataFrame)


def spoken_of(rows: Rows) -> Rows:
    """Return the rows a rule speaks of, and whether their end was rolled over days off."""
    rolled = pl.col("raw_end") != pl.col("term_end").cast(pl.Date)
    return rows.filter(pl.col("state").is_not_null()).with_columns(rolled=rolled)


def plans(rule: Rule, body: TermBody, run: Run) -> list[TermPlan]:
    """Lay out how a term rule is evaluated on a part, from each of its starts; nothing is run."""
    where = run.in_question(rule)
    if where is False:
        return []
    found = (_of_start(rule, body, place, where, run) for place in range(len(body.starts)))
    return [TermPlan(rule, body, rows) for rows in found if rows is not None]


def _of_start(
    rule: Rule, body: TermBody, place: int, where: Known, run: Run
) -> pl.LazyFrame | None:
    start, reading = body.starts[place], run.reading(rule)
    hourly = bool(body.amount and body.amount.hours)
    begun = _begun(body, start, reading, hourly=hourly)
    if begun is None:
        return None
    asked = every(
        (where, begun.is_not_null(), *_in_force(rule, begun), *_wanted(rule, body, reading))
    )
    if asked is False:
        return None
    done = fulfilment(start.satisfied_by, reading, moments=hourly)
    chosen = term_ends.amounts(body, reading)
    paused = term_ends.pause(body, reading)
    nothing = pl.lit(None, dtype=pl.Date)
    event = reading.column(body.event) if body.event else None
    kind = pl.Datetime("us") if hourly else pl.Date()
    done_on = pl.lit(None, dtype=kind) if done.day is None else done.day
    shown = (
        pl.col(ROW),
        pl.lit(place, dtype=pl.Int64).alias("place"),
        begun.alias("start"),
        chosen.taken.alias("amount"),
        (pl.lit(0, dtype=pl.Int32) if chosen.extra is None else chosen.extra).alias("extra"),
        _custody(body, reading).alias("custody"),
        (paused[0] if paused else nothing).alias("first"),
        (paused[1] if paused else nothing).alias("last"),
        expression(done.done).alias("done"),
        done_on.alias("done_on"),
        _warning(rule, run).alias("warning"),
        expression(_verify(rule, start, reading)).alias("verify"),
        (nothing if event is None else pl.col(event)).alias("event"),
        *doubting.columns(body, run, rule),
    )
    where = expression(asked)
    rows = looked_at(run.frame.data, (where, *shown)).lazy().filter(where).select(shown)
    return _judged(_with_ends(rows, body, chosen.chosen, reading), body, run)


def _begun(body: TermBody, start: Start, reading: Reading, *, hourly: bool) -> pl.Expr | None:
    name = reading.moment(start.field) if hourly else reading.column(start.field)
    begun = None if name is None else pl.col(name)
    again = reading.column(body.restart.start) if body.restart else None
    if body.restart is None or again is None:
        return begun
    when = body.restart.when
    anew = every((is_filled(again), True if when is None else condition(when, reading)))
    otherwise = pl.lit(None) if begun is None else begun
    return pl.when(expression(anew)).then(pl.col(again)).otherwise(otherwise)


def _in_force(rule: Rule, begun: pl.Expr) -> list[pl.Expr]:
    """The version of a rule in force on the day of the fact applies."""
    day = begun.cast(pl.Date)
    found = [day >= rule.valid_from] if rule.valid_from else []
    return [*found, day <= rule.valid_to] if rule.valid_to else found


def _wanted(rule: Rule, body: TermBody, reading: Reading) -> list[Known]:
    found = [] if rule.applies_when is None else [condition(rule.applies_when, reading)]
    return found if body.event is None else [*found, is_filled(reading.column(body.event))]


def _custody(body: TermBody, reading: Reading) -> pl.Expr:
    if body.roll != "no_if_in_custody":
        return pl.lit(body.roll == "no")
    column = reading.frame.resolved.get("是否在押", reading.frame.column("是否在押"))
    if column is None:
        return pl.lit(None, dtype=pl.Boolean)
    held = pl.col(column)
    return pl.when(held == "是").then(statement=True).when(held == "否").then(statement=False)


def _warning(rule: Rule, run: Run) -> pl.Expr:
    others = rule.warning_days.get(OTHERS, 0)
    named = {stage: days for stage, days in rule.warning_days.items() if stage != OTHERS}
    return run.frame.by_stage(named, others)


def _verify(rule: Rule, start: Start, reading: Reading) -> Known:
    node = start.verify_when or rule.verify_when
    return False if node is None else condition(node, reading)


def _with_ends(
    rows: pl.LazyFrame,
    body: TermBody,
    chosen: tuple[tuple[int, Known], ...],
    reading: Reading,
) -> pl.LazyFrame:
    """Add the ends: of the term, else of the event it must precede, else as the card says."""
    days = reading.days
    assert days is not None  # noqa: S101 - terms are evaluated with tables
    end = term_ends.ends(body, chosen, days, local_days(body, reading.settings))
    rows = rows.with_columns(raw_end=end.raw.cast(pl.Date), term_end=end.due, certain=end.certain)
    if body.handling or body.doubts:
        rows = rows.with_columns(rolled_end=days.next_workday(pl.col("raw_end")))
    rows = doubting.with_doubts(rows, body, days)
    if body.event is not None:
        return rows.with_columns(due_at=pl.col("event").cast(pl.Date))
    if not body.doubts:
        return rows.with_columns(due_at=pl.col("term_end"))
    believed = pl.when(pl.col("doubt").is_null()).then("term_end").otherwise("card_due")
    return rows.with_columns(due_at=believed)


def local_days(body: TermBody, settings: Mapping[str, int | None]) -> int:
    """Return the office's own days for a duty the law calls prompt."""
    return (settings.get(body.setting) or 0) if body.setting else 0


def period(body: TermBody, key: TermKey, calendar: Calendar, local: int) -> Period:
    """Compute the term a key stands for, with its steps."""
    amount = body.instead[key.amount - 1].amount if key.amount else body.amount
    whole = (amount or Amount(days=local)).plus(Amount(days=key.extra))
    paused: tuple[Suspension, ...] = ()
    if key.first is not None and key.last is not None:
        paused = (Suspension(key.first, key.last, "法定事由"),)
    longest = body.roll == "no" and body.kind in {"max_duration", "immediate"}
    return compute(
        key.start,
        whole,
        calendar=calendar,
        custody=key.custody,
        roll=not longest,
        suspended=paused,
    )


def _judged(rows: pl.LazyFrame, body: TermBody, run: Run) -> pl.LazyFrame:
    """Tell which rows the rule speaks of, and what it says."""
    late = pl.col("done") & (pl.col("done_on") > pl.col("due_at")).fill_null(value=False)
    return rows.with_columns(due=pl.col("due_at").cast(pl.Date)).with_columns(
        pl.when(late & pl.col("verify")).then(pl.lit("verify"))
        .when(late).then(pl.lit("overdue"))
        .when(pl.col("done")).then(pl.lit(None))
        .otherwise(_open_state(body, run))
        .alias("state")
    )  # fmt: skip


def _open_state(body: TermBody, run: Run) -> pl.Expr:
    """What a duty not yet done is: over, near, or no matter yet."""
    over = pl.col("due") < run.asked.as_of
    if body.kind == "before_event" and body.event is not None:
        return pl.lit("missing")
    word = "missing" if body.kind == "before_event" else "overdue"
    said = pl.when(over & pl.col("verify")).then(pl.lit("verify")).when(over).then(pl.lit(word))
    if body.kind == "immediate":
        return said.otherwise(None)
    left = number(pl.col("due")) - number(pl.lit(run.asked.as_of))
    near = (left <= pl.col("warning")) | (pl.col("due") < run.asked.horizon)
    return said.when(near).then(pl.lit("due_soon")).otherwise(None)
