"""Tables of figures: the totals beside earlier ones, and the same figures row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.counting import dimensions, measures
from handlers.counting.figures import Figure, figure, rate
from handlers.counting.tabling import TOTAL, Row, StatisticsTable
from knowledge.business_lines import NOT_FILLED, UNSORTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.counting.dimensions import Dimension
    from handlers.counting.facts import Facts
    from handlers.counting.figures import Unit
    from handlers.counting.measures import Units
    from handlers.counting.ranges import Range
    from knowledge.business_lines import BusinessLines

WORK = (
    "watched",
    "effective",
    "problems",
    "oral",
    "notices",
    "chief_reports",
    "feedbacks",
    "corrected_of",
)
PENDING = (
    "pending",
    "在办件数",
    "件",
    "期内最后一次规则巡查时，案卡没有办结、完成、归档日期的案件。",
)
NO_RANKING = "各部门按固定次序排列，不排名；比率只与本部门以前相比。"
PROBLEM_COLUMNS = ("问题数", "占比", "上期问题数", "增减", "已整改")


def of_totals(
    totals: Mapping[str, Figure],
    before: Mapping[str, Figure] | None,
    year_ago: Mapping[str, Figure] | None,
    during: Range,
) -> StatisticsTable:
    """Make the table of all figures beside the range before and the same range a year ago."""
    against = [(during.before, before)]
    if during.year_ago != during.before:
        # of a year both are the same
        against.append((during.year_ago, year_ago))
    rows = tuple(
        Row(f"{one.name}（{one.unit}）", (one, *_beside(one, key, [then for _, then in against])))
        for key, one in totals.items()
    )
    columns = (during.title, *(name for then, _ in against for name in (then.title, "增减")))
    return StatisticsTable("totals", "总体情况", "项目", rows, columns)


def _beside(
    one: Figure, key: str, earlier: Sequence[Mapping[str, Figure] | None]
) -> list[Figure | None]:
    """Return the same figure of each earlier range, and how it changed since."""
    found = [then[key] if then else None for then in earlier]
    return [cell for then in found for cell in (then, _change(one, then))]


def _change(now: Figure, then: Figure | None) -> Figure | None:
    if then is None or then.value is None or now.value is None:
        return None
    return Figure("change", "增减", "", "", round(now.value - then.value, 1))


def all_of(
    facts: Facts, during: Range, counted: Units, earlier: Units | None, lines: BusinessLines
) -> tuple[StatisticsTable, ...]:
    """Make every table that sorts the figures of a range."""
    *of_cases, departments = dimensions.of_cases(lines)
    return (
        *(_work(one, counted, ("patrolled", *WORK)) for one in of_cases),
        _by_department(departments, facts, during, counted),
        *(_problems(one, counted, earlier) for one in dimensions.of_problems()),
    )


def _work(dimension: Dimension, counted: Units, keys: tuple[str, ...]) -> StatisticsTable:
    sorted_ = {key: dimension.sort(counted[key]) for key in keys}
    names = dimension.order({name for key in keys for name in sorted_[key]})
    rows = [_work_row(name, {key: sorted_[key].get(name, []) for key in keys}) for name in names]
    rows.append(_work_row(TOTAL, {key: counted[key] for key in keys}))
    columns = tuple(one.name for one in rows[-1].figures if one is not None)
    return StatisticsTable(dimension.key, dimension.title, dimension.head, tuple(rows), columns)


def _work_row(name: str, counted: Units) -> Row:
    found = {key: figure(measures.ALL[key], units) for key, units in counted.items()}
    corrected = rate(*measures.CORRECTED_RATE, found["corrected_of"], found["problems"])
    return Row(name, (*found.values(), corrected))


def _by_department(
    dimension: Dimension, facts: Facts, during: Range, counted: Units
) -> StatisticsTable:
    last = next((one for one in reversed(facts.patrols) if one.stamp.day in during), None)
    pending = {name or NOT_FILLED: many for name, many in (last.pending if last else {}).items()}
    entries = (last.stamp.seq,) if last else ()
    work = _work(dimension, counted, WORK)
    known = {row.name: row.figures for row in work.rows}
    nothing = _work_row("", {key: [] for key in WORK}).figures
    names = dimension.order({*known.keys() - {TOTAL}, *pending})
    many = {name: pending.get(name, 0) for name in names} | {TOTAL: sum(pending.values())}
    rows = tuple(
        Row(
            name,
            (
                Figure(*PENDING, many[name] if last else None, entries),
                *known.get(name, nothing),
            ),
        )
        for name in [*names, TOTAL]
    )
    columns = (PENDING[1], *work.columns)
    return StatisticsTable(
        dimension.key, dimension.title, dimension.head, rows, columns, (NO_RANKING,)
    )


def _problems(dimension: Dimension, counted: Units, earlier: Units | None) -> StatisticsTable:
    now, fixed = dimension.sort(counted["problems"]), dimension.sort(counted["corrected_of"])
    before = None if earlier is None else dimension.sort(earlier["problems"])
    names = dimension.order({*now, *(before or {})})
    if dimension.key == "rules":
        names.sort(key=lambda name: (-len(now.get(name, [])), name))
    whole = figure(measures.ALL["problems"], counted["problems"])
    rows = tuple(
        _problem_row(
            name,
            whole,
            now.get(name, []),
            None if before is None else before.get(name, []),
            fixed.get(name, []),
        )
        for name in names
    )
    return StatisticsTable(dimension.key, dimension.title, dimension.head, rows, PROBLEM_COLUMNS)


def _problem_row(
    name: str, whole: Figure, now: list[Unit], before: list[Unit] | None, fixed: list[Unit]
) -> Row:
    problems = figure(measures.ALL["problems"], now)
    then = None if before is None else figure(measures.ALL["problems"], before)
    corrected = figure(measures.ALL["corrected_of"], fixed)
    share = rate(*measures.SHARE, problems, whole)
    return Row(name, (problems, share, then, _change(problems, then), corrected))


def unsorted_types(counted: Units, lines: BusinessLines) -> tuple[str, ...]:
    """Return the case types, as the cards write them, that fit no business line."""
    met = {
        traits.case_type or NOT_FILLED
        for key in ("patrolled", *WORK)
        for unit in counted[key]
        for traits in unit.traits
        if lines.of(traits.case_type, traits.department)[0] == UNSORTED
    }
    return tuple(sorted(met))
