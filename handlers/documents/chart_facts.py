"""What a chart shows, and the chart once drawn; free of the drawing library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["bars", "lines"]
KINDS: dict[Kind, str] = {"bars": "柱状图", "lines": "折线图"}


@dataclass(frozen=True)
class Series:
    """One row of figures, one for each label; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class ChartFacts:
    """A title, labels along the axis, one series or several, and the unit they are counted in."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    kind: Kind = "bars"


@dataclass(frozen=True)
class Chart:
    """A drawn chart and the same figures in words."""

    png: bytes
    alternative: str


def alternative(facts: ChartFacts) -> str:
    """Say a chart in words: 柱状图：各月问题数（个）。1月：口头提示10，通知书1 and so on."""
    said = []
    for place, label in enumerate(facts.labels):
        figures = "，".join(f"{one.name}{figure(one.values[place])}" for one in facts.series)
        said.append(f"{label}：{figures}")
    return f"{KINDS[facts.kind]}：{facts.title}（{facts.unit}）。{'；'.join(said)}。"


def figure(value: float | None) -> str:
    """Write a figure without needless zeros; 无 where there is none."""
    if value is None:
        return "无"
    return str(int(value)) if value == int(value) else f"{value:.1f}"
