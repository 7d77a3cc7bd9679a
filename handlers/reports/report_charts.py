"""The charts of reports by their keys; readable in grey, the same figures in words beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.counting.tabling import TOTAL
from handlers.documents.chart_facts import ChartFacts, Series

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.counting.statistics import Statistics

MOST_BARS = 10
LEAST_MONTHS = 2
"""One month is no trend."""


def categories(statistics: Statistics) -> ChartFacts | None:
    """Problems by class beside the range before."""
    rows = [row for row in statistics.table("categories").rows if row.name != TOTAL]
    shown = [row for row in rows if any(one and one.value for one in row.figures[:3:2])][:MOST_BARS]
    if not shown:
        return None
    now = tuple(row.figures[0].value if row.figures[0] else 0 for row in shown)
    series = [Series(statistics.during.title, now)]
    if statistics.before is not None:
        before = tuple(row.figures[2].value if row.figures[2] else 0 for row in shown)
        series.append(Series(statistics.during.before.title, before))
    labels = tuple(row.name for row in shown)
    return ChartFacts("问题类别", labels, tuple(series), "个")


def trend(statistics: Statistics) -> ChartFacts | None:
    """Average handling time of 一审公诉 by month."""
    months = [(month, figure) for month, figure in statistics.trend if figure.value is not None]
    if len(months) < LEAST_MONTHS:
        return None
    return ChartFacts(
        "一审公诉平均办理天数",
        tuple(f"{month.year % 100}年{month.month}月" for month, _ in months),
        (Series("平均办理天数", tuple(figure.value for _, figure in months)),),
        "天",
        "lines",
    )


CHARTS: Mapping[str, Callable[[Statistics], ChartFacts | None]] = {
    "categories": categories,
    "trend": trend,
}
"""A chart that would be empty is left out."""
