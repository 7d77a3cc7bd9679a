"""All rules over one part of the cards: derivations, terms, the computed ends, then checks.

Checks may rest on the computed end of a row's term and give way to a term rule that was evaluated
for the row. What is evaluated is laid out first and run together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from knowledge.fields import CASE_TYPE
from knowledge.rules import checks, derivations, side_columns, terms
from knowledge.rules.checks import ACTIVE
from knowledge.rules.compile import DUE, DUE_CASE, DUE_RAW, DUE_ROLLED, Reading
from knowledge.rules.coverage import coverage
from knowledge.rules.day_tables import DayTables
from knowledge.rules.frame import CASE, ROW
from knowledge.rules.known import some
from knowledge.rules.rule import CheckBody, TermBody
from knowledge.rules.run import Run, last_workday
from knowledge.rules.years import years_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.rules.coverage import Coverage
    from knowledge.rules.frame import Frame
    from knowledge.rules.plan import Plan
    from knowledge.rules.rule import Rule
    from knowledge.rules.run import Asked

ENDS = (DUE, DUE_RAW, DUE_ROLLED, DUE_CASE)


@dataclass(frozen=True)
class Evaluated:
    """What the rules say of one part: for each rule, by its place, the rows it speaks of.

    `rows` are the places of the part's rows, `ends` the computed ends of those that have one.
    `has_types`: the exports say which type a case is of. `run` is only kept where it is asked for.
    """

    spoken: Mapping[int, pl.DataFrame]
    rows: pl.Series
    ends: pl.DataFrame
    coverage: Coverage
    has_types: bool
    run: Run | None = None


def evaluate(frame: Frame, asked: Asked, asking: Plan, *, keep: bool) -> Evaluated:
    """Evaluate rules over one part of the cards; `keep` its rows for explanations."""
    run = _prepared(frame, asked, asking)
    spoken, run = _terms(run, asking)
    spoken |= _checks(run, asking)
    return Evaluated(
        spoken=spoken,
        rows=frame.data[ROW],
        ends=_ends(run.frame),
        coverage=coverage(run, asking.rules),
        has_types=frame.present(CASE_TYPE) is not False,
        run=run if keep else None,
    )


def _prepared(frame: Frame, asked: Asked, asking: Plan) -> Run:
    """Lay a part out with everything the rules' conditions read."""
    days = DayTables(asked.calendar, years_of(frame, asked, asking))
    last = last_workday(asked.as_of, asked.calendar)
    reading = Reading(frame, asked.as_of, last, days, asked.settings)
    frame = derivations.resolve(frame, asking.derived, reading)
    return Run(side_columns.add(frame, asking.nodes, asking.charge_lists), asked, days)


def _ends(frame: Frame) -> pl.DataFrame:
    """Return the computed ends of the rows that have one."""
    if frame.column(DUE) is None:
        return pl.DataFrame(schema={ROW: pl.UInt32} | dict.fromkeys(ENDS, pl.Date))
    return frame.data.lazy().filter(pl.col(DUE).is_not_null()).select(ROW, *ENDS).collect()


def _terms(run: Run, asking: Plan) -> tuple[dict[int, pl.DataFrame], Run]:
    """Evaluate term rules; the rows then know their due day and which rules were active."""
    planned = [
        (place, each)
        for place, rule in enumerate(asking.rules)
        if isinstance(rule.body, TermBody)
        for each in terms.plans(rule, rule.body, run)
    ]
    # of the terms a card's own day stands for, the due days of all rows are needed
    tables = pl.collect_all([each.rows if each.body.handling else each.hits for _, each in planned])
    spoken: dict[int, pl.DataFrame] = {}
    dues: list[pl.DataFrame] = []
    for (place, each), table in zip(planned, tables, strict=True):
        rows = table
        if each.body.handling:
            known = table.filter(pl.col("doubt").is_null())
            dues.append(known.select(ROW, pl.col("due"), "raw_end", "rolled_end"))
            rows = table.filter(pl.col("state").is_not_null())
        if rows.height:
            spoken[place] = pl.concat([spoken[place], rows]) if place in spoken else rows
    return spoken, _marked(_with_dues(run, dues), asking.rules)


def _with_dues(run: Run, dues: Sequence[pl.DataFrame]) -> Run:
    """Attach the computed ends; the first term that counts for a row is taken."""
    if not dues:
        return run
    first = pl.concat(dues)
    if len(dues) > 1:
        first = first.unique(ROW, keep="first", maintain_order=True)
    joined = run.frame.data.select(ROW, CASE).join(first, on=ROW, how="left", maintain_order="left")
    columns = [
        joined["due"].alias(DUE),
        joined["raw_end"].alias(DUE_RAW),
        joined["rolled_end"].alias(DUE_ROLLED),
    ]
    frame = run.frame.with_columns(columns)
    if frame.column(DUE) is None:
        return replace(run, frame=frame)
    return replace(run, frame=frame.with_columns([pl.col(DUE).min().over(CASE).alias(DUE_CASE)]))


def _marked(run: Run, rules: Sequence[Rule]) -> Run:
    """Mark the rows on which a rule was evaluated that others give way to."""
    told = dict(run.frame.told)
    for name in sorted({name for rule in rules for name in rule.replaced_by}):
        told[ACTIVE + name] = some(run.active(rule) for rule in rules if rule.id == name)
    return replace(run, frame=replace(run.frame, told=told))


def _checks(run: Run, asking: Plan) -> dict[int, pl.DataFrame]:
    planned = [
        (place, each)
        for place, rule in enumerate(asking.rules)
        if isinstance(rule.body, CheckBody)
        and (each := checks.plan(rule, rule.body, run)) is not None
    ]
    tables = pl.collect_all([each.hits for _, each in planned])
    return {place: table for (place, _), table in zip(planned, tables, strict=True) if table.height}
