from __future__ import annotations

from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, ClassVar

import pytest
from docx import Document
from PIL import Image

from handlers.documents.chart import ChartUnreadableError, draw
from handlers.documents.chart_facts import ChartFacts, Series
from handlers.documents.chinese_font import (
    ChineseFontMissingError,
    chinese_font,
    drawable,
)
from handlers.documents.naming import named
from handlers.documents.rendering import render

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.documents.chart_facts import Chart

MONTHS = ChartFacts(
    title="各月口头提示和通知书",
    labels=("1月", "2月", "3月"),
    series=(Series("口头提示", (10, 12.5, 9)), Series("通知书", (1, None, 2))),
    unit="件",
)


@pytest.fixture
def font() -> Path:
    try:
        return chinese_font()
    except ChineseFontMissingError as error:
        pytest.skip(f"SKIPPED LOUDLY: {error}")


def pixels(chart: Chart) -> Image.Image:
    return Image.open(BytesIO(chart.png)).convert("RGB")


def test_a_chart_comes_with_all_its_figures_in_words(font: Path) -> None:
    chart = draw(MONTHS, font=font)

    assert chart.alternative == (
        "柱状图：各月口头提示和通知书（件）。1月：口头提示10，通知书1；"
        "2月：口头提示12.5，通知书无；3月：口头提示9，通知书2。"
    )


@pytest.mark.parametrize("kind", ["bars", "lines"])
def test_a_chart_is_grey_throughout_and_not_empty(font: Path, kind: str) -> None:
    image = pixels(draw(replace(MONTHS, kind=kind), font=font))  # type: ignore[arg-type]
    colours = {colour for _, colour in image.getcolors(maxcolors=1_000_000) or []}

    assert image.width >= 1200
    assert (0, 0, 0) in colours
    assert all(max(colour) - min(colour) <= 2 for colour in colours)  # type: ignore[arg-type]


def test_a_line_is_drawn_from_nothing_up_so_that_a_small_change_looks_small(font: Path) -> None:
    days = replace(MONTHS, kind="lines", series=(Series("平均办理天数", (57.5, 60, 58)),))
    picture = pixels(draw(days, font=font))
    width, height = picture.size
    below = picture.crop((int(0.3 * width), int(0.5 * height), int(0.7 * width), int(0.7 * height)))
    assert min(below.convert("L").tobytes()) > 150


def test_the_same_figures_give_the_same_picture(font: Path) -> None:
    assert draw(MONTHS, font=font).png == draw(MONTHS, font=font).png


def test_labels_are_never_read_as_formulas_nor_lost(font: Path) -> None:
    odd = replace(
        MONTHS,
        title="$\\frac{1}{2$",
        labels=("$a_$", "_b", "{c}"),
        series=(Series("_名称", (1, 2, 3)), Series("$x$", (1, 2, 3))),
    )

    assert draw(odd, font=font).alternative.startswith("柱状图：$\\frac{1}{2$（件）。$a_$：_名称1")


def test_what_the_font_lacks_is_drawn_as_a_box_and_kept_in_words(font: Path) -> None:
    assert drawable("甲\U0001f44d", font) == "甲□"
    assert "\U0001f44d" in draw(replace(MONTHS, title="甲\U0001f44d"), font=font).alternative


def test_long_labels_many_points_and_a_single_series_are_drawn(font: Path) -> None:
    labels = tuple(f"2026年第{week}周" for week in range(1, 41))
    year = replace(MONTHS, labels=labels, series=(Series("问题", tuple(range(40))),))

    assert draw(year, font=font).alternative.count("问题") == 40


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (replace(MONTHS, labels=()), "没有数据"),
        (replace(MONTHS, series=()), "没有数据"),
        (replace(MONTHS, series=MONTHS.series * 4), "最多 6 组"),
        (replace(MONTHS, series=(Series("短", (1,)),)), "“短”的数据个数与横轴不符"),
    ],
)
def test_a_chart_that_could_not_be_read_is_refused(facts: ChartFacts, said: str) -> None:
    with pytest.raises(ChartUnreadableError, match=said):
        draw(facts)


def test_a_font_without_chinese_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FANGYUAN_FONT", str(tmp_path / "absent.ttf"))

    with pytest.raises(ChineseFontMissingError, match="请安装一种中文字体"):
        draw(MONTHS)


@dataclass(frozen=True)
class MonthFacts:
    document_title: ClassVar[str] = "流程监控工作报告"

    chart: Chart = field(metadata=named("图"))


def test_a_chart_stands_in_a_document_with_its_alternative_text(font: Path, tmp_path: Path) -> None:
    paper = Document()
    paper.add_paragraph("{{ 图 }}")
    paper.save(str(tmp_path / "month.docx"))
    chart = draw(replace(MONTHS, title='甲&"乙"'), font=font)

    document = render("month", MonthFacts(chart), templates=tmp_path, clearance="intranet")

    shape = Document(BytesIO(document)).inline_shapes[0]
    assert shape._inline.docPr.get("descr") == chart.alternative
    assert round(shape.width.mm) == 156
