"""Pictures of the figures: how much in a second, and what a card costs; readable in grey."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from handlers.documents.chart import FILLS, HATCHES
from handlers.documents.chinese_font import chinese_font

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

NAMES = {"product": "本系统", "duckdb": "DuckDB", "pandas": "pandas", "python": "逐条计算"}
SIZE_INCHES = (7.2, 3.8)
DOTS_PER_INCH = 160
Figures = dict[str, Any]


def draw(found: Sequence[Figures], folder: Path) -> list[Path]:
    """Draw both pictures and return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _rates(found, folder / "patrol-speed.png"),
        _memory(found, folder / "patrol-memory.png"),
    ]


def _canvas() -> tuple[Figure, Axes, FontProperties]:
    drawing = Figure(figsize=SIZE_INCHES, dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(drawing)
    return drawing, drawing.add_subplot(), FontProperties(fname=str(chinese_font()), size=9)


def _rates(found: Sequence[Figures], path: Path) -> Path:
    drawing, axes, font = _canvas()
    axes.set_yscale("log")
    _bars(axes, found, font, lambda each: each["rate_cpu"] / 1e6, "{:.3g}")
    low, high = axes.get_ylim()
    axes.set_ylim(low, high * 4)  # room for the legend
    axes.yaxis.set_major_formatter("{x:g}")
    axes.set_ylabel("每秒 CPU 时间的 案卡×规则（百万，对数）", fontproperties=font)
    axes.set_title("同一次运行、同样的规则、同样的命中", fontproperties=font)
    drawing.savefig(path)
    return path


def _memory(found: Sequence[Figures], path: Path) -> Path:
    drawing, axes, font = _canvas()
    _bars(axes, found, font, lambda each: each["peak_mib"] / 1024, "{:.2f}")
    axes.set_ylim(0, axes.get_ylim()[1] * 1.2)
    axes.axhline(2, color="0.2", linestyle="--", linewidth=1)
    axes.set_ylabel("内存峰值（GiB，含案卡）", fontproperties=font)
    axes.set_title("内存；虚线为 2 GiB", fontproperties=font)
    drawing.savefig(path)
    return path


def _bars(
    axes: Axes, found: Sequence[Figures], font: FontProperties, value: Any, form: str
) -> None:
    sizes = sorted({each["cards"] for each in found})
    engines = [name for name in NAMES if any(each["engine"] == name for each in found)]
    width = 0.8 / len(engines)
    for place, engine in enumerate(engines):
        own = {each["cards"]: value(each) for each in found if each["engine"] == engine}
        spots = [sizes.index(size) + (place - (len(engines) - 1) / 2) * width for size in own]
        bars = axes.bar(
            spots, list(own.values()), width, label=NAMES[engine],
            facecolor=FILLS[place], hatch=HATCHES[place], edgecolor="0.1",
        )  # fmt: skip
        axes.bar_label(bars, [form.format(each) for each in own.values()], fontsize=7, padding=2)
    axes.set_xticks(range(len(sizes)), [f"{size:,} 张" for size in sizes], fontproperties=font)
    axes.legend(prop=font, frameon=False, ncols=len(engines), loc="upper left")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
