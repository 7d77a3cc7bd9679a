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
from knowledge.rules.frame import CASE_ID, ROW
from knowledge.rules.known import some
from knowledge.rules.rule import CheckBody, TermBody
from knowledge.rules.run import Run, last_workday

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.rules.coverage import Coverage
    from knowledge.rules.day_tables import DayTables
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


def evaluate(frame: Frame, asked: Asked, asking: Plan, days: DayTables, *, keep: bool) -> Evaluated:
    """Evaluate rules over one part of the cards; `keep` its rows for explanations."""
    asking = asking.concerning(frame.kinds.values())
    run = _prepared(frame, asked, asking, days)
    spoken, run = _terms(run, asking)
    spoken |= _checks(run, asking)
    return Evaluated(
        spoken=spoken,
        rows=frame.data[ROW],
        ends=_ends(run.frame),
        coverage=coverage(run, asking),
        has_types=frame.present(CASE_TYPE) is not False,
        run=run if keep else None,
    )


def _prepared(frame: Frame, asked: Asked, asking: Plan, days: DayTables) -> Run:
    """Lay a part out with everything the rules' conditions read."""
    frame = frame.with_masks(asking.loaded, asking.types)
    last = last_workday(asked.as_of, asked.calendar)
    reading = Reading(frame, asked.as_of, last, days, asked.settings)
    frame = derivations.resolve(frame, asking.derived, reading)
    return Run(side_columns.add(frame, asking.sides, asking.charge_lists), asked, days)


def _ends(frame: Frame) -> pl.DataFrame:
    """Return the computed ends of the rows that have one."""
    if frame.column(DUE) is None:
        return pl.DataFrame(schema={ROW: pl.UInt32} | dict.fromkeys(ENDS, pl.Date))
    return frame.data.lazy().filter(pl.col(DUE).is_not_null()).select(ROW, *ENDS).collect()


def _terms(run: Run, asking: Plan) -> tuple[dict[int, pl.DataFrame], Run]:
    """Evaluate term rules; the rows then know their due day and which rules were active."""
    planned = [
        (one.place, each)
        for one in asking.rules
        if isinstance(one.rule.body, TermBody)
        for each in terms.plans(one.rule, one.rule.body, run)
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
            rows = terms.spoken_of(table)
        if rows.height:
            spoken[place] = pl.concat([spoken[place], rows]) if place in spoken else rows
    return spoken, _marked(_with_dues(run, dues), [each.rule for each in asking.rules])


def _with_dues(run: Run, dues: Sequence[pl.DataFrame]) -> Run:
    """Attach the computed ends; the first term that counts for a row is taken."""
    if not dues:
        return run
    places, columns = run.frame.data[ROW], []
    spots = [places.search_sorted(rows[ROW]) for rows in dues]
    for name, column in zip(
        (DUE, DUE_RAW, DUE_ROLLED), ("due", "raw_end", "rolled_end"), strict=True
    ):
        values = pl.repeat(None, len(places), dtype=pl.Date, eager=True)
        for spot, rows in reversed(list(zip(spots, dues, strict=True))):
            values.scatter(spot, rows[column])
        columns.append(values.alias(name))
    frame = run.frame.with_columns(columns)
    if frame.column(DUE) is None:
        return replace(run, frame=frame)
    return replace(run, frame=frame.with_columns([pl.col(DUE).min().over(CASE_ID).alias(DUE_CASE)]))


def _marked(run: Run, rules: Sequence[Rule]) -> Run:
    """Mark the rows on which a rule was evaluated that others give way to."""
    told = dict(run.frame.told)
    for name in sorted({name for rule in rules for name in rule.replaced_by}):
        told[ACTIVE + name] = some(run.active(rule) for rule in rules if rule.id == name)
    return replace(run, frame=replace(run.frame, told=told))


def _checks(run: Run, asking: Plan) -> dict[int, pl.DataFrame]:
    planned = [
        (one.place, each)
        for one in asking.rules
        if isinstance(one.rule.body, CheckBody)
        and (each := checks.plan(one.rule, one.rule.body, run)) is not None
    ]
    tables = pl.collect_all([each.hits for _, each in planned])
    return {place: table for (place, _), table in zip(planned, tables, strict=True) if table.height}
