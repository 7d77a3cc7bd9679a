"""The statistics of a range: totals beside the range before and a year ago, and their tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.counting import breakdowns, card_measures, measures
from handlers.counting.tabling import Row, StatisticsTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.counting.facts import Facts
    from handlers.counting.figures import Figure
    from handlers.counting.measures import Units
    from handlers.counting.ranges import Range
    from knowledge.business_lines import BusinessLines

TREND_MONTHS = 12
BY_ENTRY = "各项以登记入留痕流水的日期为准，另有说明的除外"


@dataclass(frozen=True)
class Statistics:
    """All figures of a range; `before` and `year_ago` are None where the ledger began later.

    `trend` is the average handling time of 一审公诉 of twelve months, the oldest first. `unsorted`
    are the case types that no business line takes.
    """

    office: str
    during: Range
    head: str
    totals: Mapping[str, Figure]
    before: Mapping[str, Figure] | None
    year_ago: Mapping[str, Figure] | None
    tables: tuple[StatisticsTable, ...]
    trend: tuple[tuple[Range, Figure], ...]
    unsorted: tuple[str, ...] = ()

    def table(self, key: str) -> StatisticsTable:
        """Return one table by its key."""
        return next(one for one in self.tables if one.key == key)

    @property
    def range_line(self) -> str:
        """The range and what was read, as printed over every table."""
        return f"统计范围：{self.during.written}；{BY_ENTRY}；留痕流水头 {self.head}"


def compute(facts: Facts, during: Range, lines: BusinessLines, *, office: str) -> Statistics:
    """Count a range; nothing but the facts is looked at, so that it can be counted again."""
    counted = measures.units(facts, during)
    totals = _figures(facts, during, counted)
    earlier = _earlier(facts, during.before)
    before = _figures(facts, during.before, earlier) if earlier is not None else None
    ago = _earlier(facts, during.year_ago)
    year_ago = _figures(facts, during.year_ago, ago) if ago is not None else None
    trend = _trend(facts, during)
    broken = breakdowns.all_of(facts, during, counted, earlier, lines)
    return Statistics(
        office=office,
        during=during,
        head=facts.head,
        totals=totals,
        before=before,
        year_ago=year_ago,
        tables=(
            breakdowns.of_totals(totals, before, year_ago, during),
            *broken,
            _trend_table(trend),
        ),
        trend=trend,
        unsorted=breakdowns.unsorted_types(counted, lines),
    )


def _earlier(facts: Facts, during: Range) -> Units | None:
    if facts.since is None or during.end < facts.since:
        return None
    return measures.units(facts, during)


def _figures(facts: Facts, during: Range, counted: Units) -> dict[str, Figure]:
    found = measures.figures(counted)
    return found | {"handling_days": card_measures.handling(facts, during)}


def _trend(facts: Facts, during: Range) -> tuple[tuple[Range, Figure], ...]:
    last = type(during)(during.year, during.month, 1, during.manner)
    months = [last.earlier(back) for back in range(TREND_MONTHS - 1, -1, -1)]
    return tuple((one, card_measures.handling(facts, one)) for one in months)


def _trend_table(trend: tuple[tuple[Range, Figure], ...]) -> StatisticsTable:
    rows = tuple(Row(one.title, (figure,)) for one, figure in trend)
    return StatisticsTable(
        "handling_trend", "一审公诉平均办理天数趋势", "月份", rows, (trend[-1][1].name,)
    )
