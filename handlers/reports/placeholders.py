"""What the paragraphs of a report may use, by Chinese names: figures, changes, common problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.counting import summary
from handlers.counting.tabling import TOTAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from handlers.counting.facts import Facts, Held
    from handlers.counting.figures import Figure
    from handlers.counting.ranges import Range
    from handlers.counting.statistics import Statistics
    from handlers.reports.common import CommonProblem

UNKNOWN = "（无可比数据）"


def of(
    statistics: Statistics,
    facts: Facts,
    common: Sequence[CommonProblem],
    single: Sequence[CommonProblem],
    department: str = "",
) -> dict[str, Any]:
    """Return everything a paragraph may name."""
    during = statistics.during
    figures = {one.name: one.written for one in statistics.totals.values()}
    figures["在办件数"] = _pending(statistics, department)
    categories = _categories(statistics)
    return {
        "院名": statistics.office,
        "部门": department,
        "期间": during.title,
        "范围": during.written,
        "上期": during.before.title,
        "去年同期": during.year_ago.title,
        "基本情况": summary.sentence(statistics),
        "数": figures,
        "可比": statistics.before is not None,
        "上期数": _written(statistics.totals, statistics.before),
        "去年同期数": _written(statistics.totals, statistics.year_ago),
        "变化": _changes(statistics.totals, statistics.before),
        "同比": _changes(statistics.totals, statistics.year_ago),
        "共性问题": [_shown(place, one) for place, one in enumerate(common, 1)],
        "个别问题": [_shown(place, one) for place, one in enumerate(single, 1)],
        "类别": [one for one in categories if one["个数"] != "0"],
        "增加": [one for one in categories if one["增减"] > 0],
        "减少": [one for one in categories if one["增减"] < 0],
        "专项": _held(facts.campaigns, during),
        "培训": _held(facts.trainings, during),
    }


def _written(totals: Mapping[str, Figure], other: Mapping[str, Figure] | None) -> dict[str, str]:
    return {one.name: other[key].written if other else UNKNOWN for key, one in totals.items()}


def _changes(totals: Mapping[str, Figure], other: Mapping[str, Figure] | None) -> dict[str, str]:
    return {one.name: change(one, other[key] if other else None) for key, one in totals.items()}


def change(now: Figure, then: Figure | None) -> str:
    """Say a change in words: 增加3件, 减少2件, 持平."""
    if then is None or then.value is None or now.value is None:
        return UNKNOWN
    by = round(now.value - then.value, 1)
    if by == 0:
        return "持平"
    unit = "个百分点" if now.unit == "%" else now.unit
    size = abs(by)
    said = str(int(size)) if size == int(size) else f"{size:.1f}"
    return f"{'增加' if by > 0 else '减少'}{said}{unit}"


def _categories(statistics: Statistics) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for row in statistics.table("categories").rows:
        if row.name == TOTAL:
            continue
        now, share, then, by = row.figures[:4]
        found.append(
            {
                "名称": row.name,
                "个数": now.written if now else "0",
                "占比": share.written if share else "—",
                "上期个数": then.written if then else UNKNOWN,
                "增减": by.value if by is not None and by.value is not None else 0,
            }
        )
    return found


def _pending(statistics: Statistics, department: str) -> str:
    rows = statistics.table("departments").rows
    told = {
        row.name: one.written for row in rows for one in row.figures if one and one.key == "pending"
    }
    # a department without a row had no case when the rules last ran; without a run nothing is known
    nothing = "0" if told[TOTAL] != "—" else "—"
    return told.get(department or TOTAL, nothing)


def _shown(place: int, one: CommonProblem) -> dict[str, Any]:
    return {
        "序号": place,
        "名称": one.title,
        "个数": one.problems,
        "件数": one.cases,
        "例": one.example,
        "依据": one.provisions,
        "要求": one.requirement,
    }


def _held(held: Sequence[Held], during: Range) -> list[str]:
    """Name what is counted: what was given up only after the range took place in it."""
    return [
        one.name
        for one in held
        if one.stamp.day in during and (one.cancelled is None or one.cancelled.day > during.end)
    ]
