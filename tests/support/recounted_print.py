"""The tables of a report as they are printed, cell by cell, from a second count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.recounted_tables import beside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.recounted_papers import PaperTables
    from tests.support.recounted_spans import Span
    from tests.support.recounted_tables import RecountedTables

Printed = dict[str, tuple[str, ...]]
"""The cells of each row, by its name."""
OF_WORK = {
    "组别": "groups",
    "业务条线": "lines",
    "案件类别": "case_types",
    "承办部门": "departments",
}
OF_PROBLEMS = {
    "来源": "sources",
    "问题类别": "categories",
    "程度": "severities",
    "性质": "classes",
    "规则": "rules",
}
NOTHING = "（无）"


def every_table(now: PaperTables, span: Span, names: Mapping[str, str]) -> dict[str, Printed]:
    """Every table there is, by its first heading; `names` are what the figures are called."""
    before, ago = now.other(*span.before.days), now.other(*span.year_ago.days)
    values = totals(now, before, ago, span)
    found = {"项目": {names[key]: cells for key, cells in values.items()}}
    for head, table in OF_WORK.items():
        work = now.work(table)
        # the last column is the rate of what was corrected
        found[head] = {name: shown(cells, rates=(len(cells) - 1,)) for name, cells in work.items()}
    for head, table in OF_PROBLEMS.items():
        rows = now.problem_table(table, before)
        found[head] = {name: shown(cells, rates=(1,)) for name, cells in rows.items()}
    trend = now.handled_in(span)
    found["月份"] = {month: shown(cells) for month, cells in trend.items()}
    return found


def totals(
    now: RecountedTables, before: RecountedTables | None, ago: RecountedTables | None, span: Span
) -> Printed:
    """Every figure by its key, beside the months before and those of the year before."""
    values = now.totals()
    sides = [beside(values, before.totals() if before else None)]
    if span.before != span.year_ago:
        sides.append(beside(values, ago.totals() if ago else None))
    rows: Printed = {}
    for key, value in values.items():
        cells = (value, *(cell for side in sides for cell in side[key]))
        # a rate stands beside the earlier ones; its change is a plain number
        rows[key] = shown(cells, rates=(0, 1, 3) if key.endswith("_rate") else ())
    return rows


def shown(cells: tuple[float | None, ...], *, rates: tuple[int, ...] = ()) -> tuple[str, ...]:
    """Write cells as they are printed; at some places stand rates."""
    return tuple(written(cell, rate=place in rates) for place, cell in enumerate(cells))


def written(value: object, *, rate: bool = False) -> str:
    """Write one cell."""
    if value is None:
        return "—"
    if isinstance(value, str):
        return value
    assert isinstance(value, (int, float))
    return f"{value:.1f}%" if rate else f"{value:g}"


def told(rows: Printed, *, zeros: bool = True) -> Printed:
    """Leave lines of nothing out where a report does; a table of nothing at all is one line."""
    if all(cell == "—" for cells in rows.values() for cell in cells):
        return {NOTHING: next(iter(rows.values()), ())}
    if zeros:
        return rows
    return {name: cells for name, cells in rows.items() if set(cells) - {"0", "—", "0.0%"}}
