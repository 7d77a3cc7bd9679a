"""Term rules over all cards at once: due days by knowledge.periods, once per distinct term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from knowledge.periods import Amount, Suspension, compute
from knowledge.rules import doubting
from knowledge.rules.compile import column_of, condition
from knowledge.rules.frame import MOMENT, ROW, STAGE, every, expression
from knowledge.rules.fulfilment import fulfilment

if TYPE_CHECKING:
    from datetime import date

    from knowledge.calendar import Calendar
    from knowledge.periods import Period
    from knowledge.rules.compile import Reading
    from knowledge.rules.rule import Rule, Start, TermBody
    from knowledge.rules.run import Run

OTHERS = "其他"
_KEYS = ("start", "amount", "extra", "custody", "first", "last")


class TermKey(NamedTuple):
    """What a due day depends on; `custody` None: not known. `instead` numbers the amount taken."""

    start: date | datetime
    amount: int
    extra: int
    custody: bool | None
    first: date | None
    last: date | None


@dataclass(frozen=True)
class TermRows:
    """Rows a term rule speaks of, and the due days of every row it was evaluated for."""

    hits: pl.DataFrame
    dues: pl.DataFrame


def evaluate(rule: Rule, body: TermBody, run: Run) -> TermRows | None:
    """Evaluate a term rule; None where it concerns no row."""
    where = run.in_question(rule)
    if where is False:
        return None
    found = [_of_start(rule, body, place, run) for place in range(len(body.starts))]
    rows = pl.concat(found)
    return TermRows(rows.filter(pl.col("state").is_not_null()), rows)


def _of_start(rule: Rule, body: TermBody, place: int, run: Run) -> pl.DataFrame:
    start, reading = body.starts[place], run.reading(rule)
    hourly = bool(body.amount and body.amount.hours)
    begun = _begun(body, start, reading, hourly=hourly)
    where = [run.in_question(rule), begun.is_not_null(), *_in_force(rule, begun)]
    if rule.applies_when is not None:
        where.append(condition(rule.applies_when, reading))
    if body.event is not None:
        where.append(pl.col(column_of(body.event, reading)).is_not_null())
    done = fulfilment(start.satisfied_by, reading, moments=hourly)
    asked = run.frame.data.lazy().filter(expression(every(where))).select(
        ROW,
        pl.lit(place).alias("place"),
        begun.alias("start"),
        *_amounts(body, reading),
        _custody(body, reading).alias("custody"),
        *_pause(body, reading),
        done.done.alias("done"),
        done.day.alias("done_on"),
        _warning(rule).alias("warning"),
        _verify(rule, start, reading).alias("verify"),
        (pl.col(column_of(body.event, reading)) if body.event else pl.lit(None, dtype=pl.Date))
        .alias("event"),
        *doubting.columns(body, run, rule),
    )  # fmt: skip
    # lazily, so that only the columns asked for are filtered
    rows = asked.collect()
    rows = doubting.with_doubts(_with_dues(rows, body, run.calendar, reading), body, run.calendar)
    return _judged(rows, body, run)


def _begun(body: TermBody, start: Start, reading: Reading, *, hourly: bool) -> pl.Expr:
    name = column_of(start.field, reading)
    begun = pl.col(f"{name}{MOMENT}" if hourly else name)
    if body.restart is None:
        return begun
    again = pl.col(column_of(body.restart.start, reading))
    anew = again.is_not_null()
    if body.restart.when is not None:
        anew &= condition(body.restart.when, reading)
    return pl.when(anew).then(again).otherwise(begun)


def _in_force(rule: Rule, begun: pl.Expr) -> list[pl.Expr]:
    """The version of a rule in force on the day of the fact applies."""
    day = begun.cast(pl.Date)
    found = [day >= rule.valid_from] if rule.valid_from else []
    return [*found, day <= rule.valid_to] if rule.valid_to else found


def _amounts(body: TermBody, reading: Reading) -> tuple[pl.Expr, pl.Expr]:
    """Return which amount is taken (0: the usual one) and by how many days it is extended."""
    number = pl.lit(0)
    for place, other in reversed(list(enumerate(body.instead, 1))):
        number = pl.when(condition(other.when, reading)).then(place).otherwise(number)
    extra = pl.lit(0)
    if body.extension is not None:
        days = pl.col(column_of(body.extension.days, reading)).fill_null(0)
        extra = days.clip(0, body.extension.most).cast(pl.Int64)
        if body.extension.when is not None:
            extra = pl.when(condition(body.extension.when, reading)).then(extra).otherwise(0)
    return number.cast(pl.Int64).alias("amount"), extra.cast(pl.Int64).alias("extra")


def _custody(body: TermBody, reading: Reading) -> pl.Expr:
    if body.roll != "no_if_in_custody":
        return pl.lit(body.roll == "no")
    name = "=是否在押" if "是否在押" in reading.derived else "是否在押"
    return (
        pl.when(pl.col(name) == "是")
        .then(statement=True)
        .when(pl.col(name) == "否")
        .then(statement=False)
    )


def _pause(body: TermBody, reading: Reading) -> tuple[pl.Expr, pl.Expr]:
    """Return first and last day that do not count; one of the entries missing: none."""
    if body.suspension is None:
        nothing = pl.lit(None, dtype=pl.Date)
        return nothing.alias("first"), nothing.alias("last")
    first = pl.col(column_of(body.suspension.first, reading))
    last = pl.col(column_of(body.suspension.last, reading))
    whole = first <= last
    if body.suspension.reason is not None:
        whole &= pl.col(column_of(body.suspension.reason, reading)).is_not_null()
    return pl.when(whole).then(first).alias("first"), pl.when(whole).then(last).alias("last")


def _warning(rule: Rule) -> pl.Expr:
    others = rule.warning_days.get(OTHERS, 0)
    named = {stage: days for stage, days in rule.warning_days.items() if stage != OTHERS}
    if not named:
        return pl.lit(others)
    return pl.col(STAGE).replace_strict(named, default=others, return_dtype=pl.Int64)


def _verify(rule: Rule, start: Start, reading: Reading) -> pl.Expr:
    node = start.verify_when or rule.verify_when
    return pl.lit(value=False) if node is None else condition(node, reading)


def _with_dues(
    rows: pl.DataFrame, body: TermBody, calendar: Calendar, reading: Reading
) -> pl.DataFrame:
    keys = rows.select(_KEYS).unique()
    periods = [
        period(body, TermKey(*key), calendar, local_days(body, reading)) for key in keys.iter_rows()
    ]
    table = keys.with_columns(
        pl.Series("due_at", [_moment(each.due) for each in periods], dtype=pl.Datetime("us")),
        pl.Series("raw_end", [_day(each.raw_end) for each in periods], dtype=pl.Date),
        pl.Series(
            "rolled_end",
            [calendar.next_workday(_day(each.raw_end)) for each in periods],
            dtype=pl.Date,
        ),
        pl.Series("certain", [each.certain for each in periods], dtype=pl.Boolean),
        pl.Series("rolled", [each.rolled for each in periods], dtype=pl.Boolean),
    )
    return rows.join(table, on=_KEYS, how="left", nulls_equal=True, maintain_order="left")


def local_days(body: TermBody, reading: Reading) -> int:
    """Return the office's own days for a duty the law calls prompt."""
    return (reading.settings.get(body.setting) or 0) if body.setting else 0


def _moment(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001 - local


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


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


def _judged(rows: pl.DataFrame, body: TermBody, run: Run) -> pl.DataFrame:
    """Tell which rows the rule speaks of, and what it says."""
    computed = pl.col("due_at")
    if body.doubts:
        card_due = pl.col("card_due").cast(pl.Datetime("us"))
        computed = pl.when(pl.col("doubt").is_null()).then(computed).otherwise(card_due)
    due_at = computed if body.event is None else pl.col("event").cast(pl.Datetime("us"))
    rows = rows.with_columns(due_at.alias("due_at"), due_at.dt.date().alias("due"))
    late = pl.col("done") & (pl.col("done_on").cast(pl.Datetime("us")) > pl.col("due_at"))
    return rows.with_columns(
        pl.when(late & pl.col("verify")).then(pl.lit("verify"))
        .when(late).then(pl.lit("overdue"))
        .when(pl.col("done")).then(pl.lit(None))
        .otherwise(_open_state(body, run))
        .alias("state")
    )  # fmt: skip


def _open_state(body: TermBody, run: Run) -> pl.Expr:
    """What a duty not yet done is: over, near, or no matter yet."""
    over = pl.col("due") < run.as_of
    if body.kind == "before_event" and body.event is not None:
        return pl.lit("missing")
    word = "missing" if body.kind == "before_event" else "overdue"
    said = pl.when(over & pl.col("verify")).then(pl.lit("verify")).when(over).then(pl.lit(word))
    if body.kind == "immediate":
        return said.otherwise(None)
    left = (pl.col("due") - pl.lit(run.as_of)).dt.total_days()
    near = (left <= pl.col("warning")) | (pl.col("due") < run.horizon)
    return said.when(near).then(pl.lit("due_soon")).otherwise(None)
