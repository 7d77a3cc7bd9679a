"""Charts for reports: readable in grey, every figure written out, with an alternative in words."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from handlers.documents.chart_facts import Chart, alternative, figure
from handlers.documents.chinese_font import chinese_font, drawable
from handlers.documents.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from handlers.documents.chart_facts import ChartFacts, Series

FILLS = ("0.35", "1.0", "0.75", "0.9", "0.55", "1.0")
HATCHES = ("", "////", "", "....", "", "xxxx")
LINES = ("-", "--", "-.", ":", "-", "--")
MARKERS = ("o", "s", "^", "D", "v", "x")
MOST_SERIES = len(FILLS)
MOST_FIGURES = 36
"""Beyond so many points the figures would cover each other; they stand in the alternative."""
SIZE_INCHES = (7.2, 3.6)
DOTS_PER_INCH = 200
SLANTED_FROM = 8
LEAST_PLACES = 5
"""A bar is no wider than one of so many: one alone would fill the picture."""


class ChartUnreadableError(DocumentError):
    """A chart would hold more than grey can tell apart, or its series do not fit its labels."""

    def __init__(self, title: str, reason: str) -> None:
        super().__init__(f"图表“{title}”没有生成：{reason}")


def draw(facts: ChartFacts, *, font: Path | None = None) -> Chart:
    """Draw a chart as png with its alternative text.

    Raises:
        ChartUnreadableError: no label, no or too many series, or a series of another length.
        ChineseFontMissingError: no font of this machine has Chinese characters.
    """
    _check(facts)
    pen = _Pen(font or chinese_font())
    drawing = Figure(figsize=SIZE_INCHES, dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(drawing)
    axes = drawing.add_subplot()
    if facts.kind == "bars":
        _bars(axes, facts, pen)
    else:
        _lines(axes, facts, pen)
    _label(drawing, axes, facts, pen)
    written = BytesIO()
    drawing.savefig(written, format="png", metadata={"Software": None})
    return Chart(written.getvalue(), alternative(facts))


class _Pen:
    """Writes labels in one font, never as formulas."""

    def __init__(self, font: Path) -> None:
        self.file = font

    def font(self, size: float) -> FontProperties:
        return FontProperties(fname=str(self.file), size=size)

    def text(self, text: str) -> str:
        # a label that begins with an underscore would be left out of the legend
        return drawable(f"＿{text[1:]}" if text.startswith("_") else text, self.file)

    def shape(self, written: Text, size: float) -> None:
        written.set_fontproperties(self.font(size))
        written.set_parse_math(False)


def _check(facts: ChartFacts) -> None:
    if not facts.labels or not facts.series:
        raise ChartUnreadableError(facts.title, "没有数据")
    if len(facts.series) > MOST_SERIES:
        raise ChartUnreadableError(facts.title, f"最多 {MOST_SERIES} 组数据，请分成几张图")
    for one in facts.series:
        if len(one.values) != len(facts.labels):
            raise ChartUnreadableError(facts.title, f"“{one.name}”的数据个数与横轴不符")


def _bars(axes: Axes, facts: ChartFacts, pen: _Pen) -> None:
    width = 0.8 / len(facts.series)
    for place, one in enumerate(facts.series):
        shift = (place - (len(facts.series) - 1) / 2) * width
        spots = [at + shift for at in range(len(facts.labels))]
        axes.bar(
            spots,
            [value or 0 for value in one.values],
            width,
            color=FILLS[place],
            hatch=HATCHES[place],
            edgecolor="black",
            linewidth=0.8,
            label=pen.text(one.name),
        )
        _figures(axes, spots, one, facts, pen)
    around = max(0.0, (LEAST_PLACES - len(facts.labels)) / 2)
    axes.set_xlim(-0.5 - around, len(facts.labels) - 0.5 + around)


def _lines(axes: Axes, facts: ChartFacts, pen: _Pen) -> None:
    spots = [float(at) for at in range(len(facts.labels))]
    for place, one in enumerate(facts.series):
        axes.plot(
            spots,
            [float("nan") if value is None else value for value in one.values],
            color="black" if place % 2 == 0 else "0.45",
            linestyle=LINES[place],
            marker=MARKERS[place],
            markersize=5,
            label=pen.text(one.name),
        )
        _figures(axes, spots, one, facts, pen, above=place % 2 == 0)
    known = [value for one in facts.series for value in one.values if value is not None]
    if known and min(known) >= 0 < max(known):
        # from 57 to 60 days is no leap, and must not look like one; room for figures at the top
        axes.set_ylim(0, 1.12 * max(known))


def _figures(
    axes: Axes, spots: list[float], one: Series, facts: ChartFacts, pen: _Pen, *, above: bool = True
) -> None:
    if len(facts.labels) * len(facts.series) > MOST_FIGURES:
        return
    for spot, value in zip(spots, one.values, strict=True):
        if value is not None:
            axes.annotate(
                figure(value),
                (spot, value),
                xytext=(0, 5 if above else -5),
                textcoords="offset points",
                ha="center",
                va="bottom" if above else "top",
                fontproperties=pen.font(7),
            )


def _label(drawing: Figure, axes: Axes, facts: ChartFacts, pen: _Pen) -> None:
    axes.set_title(pen.text(facts.title))
    pen.shape(axes.title, 12)
    axes.set_ylabel(pen.text(f"单位：{facts.unit}"))
    pen.shape(axes.yaxis.label, 9)
    slanted = len(facts.labels) > SLANTED_FROM or max(map(len, facts.labels)) > SLANTED_FROM
    axes.set_xticks(range(len(facts.labels)), [pen.text(one) for one in facts.labels])
    for written in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        pen.shape(written, 9)
    if slanted:
        axes.tick_params(axis="x", rotation=30)
    axes.margins(y=0.15)
    axes.grid(axis="y", color="0.85", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    if len(facts.series) > 1:
        handles, names = axes.get_legend_handles_labels()
        legend = drawing.legend(
            handles,
            names,
            prop=pen.font(9),
            frameon=False,
            ncols=min(len(names), MOST_SERIES // 2),
            loc="outside lower center",
        )
        for written in legend.get_texts():
            written.set_parse_math(False)
