"""A picture of the coming days: working days, days off, terms by colour and by sign."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

from handlers.documents.chinese_font import chinese_font, drawable
from handlers.documents.term_calendar_facts import KINDS, SIGNS

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from matplotlib.axes import Axes

    from handlers.documents.term_calendar_facts import (
        DayOff,
        TermCalendar,
        TermKind,
        TermOnDay,
    )

# dark enough to differ from the paper in grey; the sign says the same without colour
COLOURS: dict[TermKind, str] = {"custody": "#9b1c1c", "statutory": "#1f3a93", "own": "#4a4a4a"}
_WEEK = "一二三四五六日"
_SATURDAY = 5
_OFF, _TODAY = "0.90", "black"
_MOST = 4
"""Lines that fit into a day's square; the rest is counted."""
_WIDE = 11
"""Characters that fit across a square at the size of the terms."""
_DOTS_PER_INCH = 150


def draw(facts: TermCalendar, *, font: Path | None = None) -> bytes:
    """Draw the calendar as png, a week a row, Monday first.

    Raises:
        ChineseFontMissingError: no font of this machine has Chinese characters.
    """
    pen = font or chinese_font()
    begin = facts.first - timedelta(days=facts.first.weekday())
    weeks = ((facts.last - begin).days // 7) + 1
    drawing = Figure(figsize=(9.8, 0.9 + weeks * 1.25), dpi=_DOTS_PER_INCH)
    FigureCanvasAgg(drawing)
    axes = drawing.add_axes((0.01, 0.01, 0.98, 0.98))
    axes.set_xlim(0, 7)
    axes.set_ylim(weeks + 0.65, 0)
    axes.axis("off")
    _head(axes, facts, pen)
    special = {one.day: one for one in facts.special}
    for number in range(weeks * 7):
        day = begin + timedelta(days=number)
        if facts.first <= day <= facts.last:
            _square(axes, facts, day, (number % 7, number // 7 + 0.55), special.get(day), pen)
    written = BytesIO()
    drawing.savefig(written, format="png", metadata={"Software": None})
    return written.getvalue()


def _head(axes: Axes, facts: TermCalendar, pen: Path) -> None:
    _write(axes, (0.02, 0.02), facts.title, 13, pen)
    legend = "　".join(f"{SIGNS[kind]} {word}" for kind, word in KINDS.items())
    _write(axes, (6.98, 0.05), f"{legend}　？ 日期未定　灰底为休息日", 9, pen, right=True)
    for column, name in enumerate(_WEEK):
        _write(axes, (column + 0.04, 0.34), f"周{name}", 9, pen)


def _square(
    axes: Axes,
    facts: TermCalendar,
    day: date,
    corner: tuple[float, float],
    special: DayOff | None,
    pen: Path,
) -> None:
    left, top = corner
    off = (day.weekday() >= _SATURDAY) if special is None else not special.works
    today = day == facts.first
    axes.add_patch(
        Rectangle(
            (left + 0.015, top + 0.015),
            0.97,
            0.97,
            facecolor=_OFF if off else "white",
            edgecolor=_TODAY if today else "0.6",
            linewidth=2.2 if today else 0.7,
        )
    )
    shown = f"{day.month}月{day.day}日" if day.day == 1 or today else str(day.day)
    _write(axes, (left + 0.05, top + 0.05), shown, 11, pen)
    if special is not None:
        word = f"{special.name} 班" if special.works else special.name
        _write(axes, (left + 0.95, top + 0.07), word, 8, pen, right=True)
    terms = facts.on(day)
    lines = terms if len(terms) <= _MOST else terms[: _MOST - 1]
    for place, term in enumerate(lines):
        _write(
            axes,
            (left + 0.05, top + 0.28 + place * 0.175),
            _line(term),
            8.5,
            pen,
            colour=COLOURS[term.kind],
        )
    if len(terms) > len(lines):
        rest = f"另有 {len(terms) - len(lines)} 项"
        _write(axes, (left + 0.05, top + 0.28 + len(lines) * 0.175), rest, 8.5, pen)


def _line(term: TermOnDay) -> str:
    doubt = "" if term.certain else "？"
    room = _WIDE - len(doubt)
    label = term.label if len(term.label) <= room else f"{term.label[: room - 1]}…"
    return f"{SIGNS[term.kind]} {label}{doubt}"


def _write(
    axes: Axes,
    spot: tuple[float, float],
    text: str,
    size: float,
    pen: Path,
    *,
    right: bool = False,
    colour: str = "black",
) -> None:
    axes.text(
        *spot,
        drawable(text, pen),
        fontproperties=FontProperties(fname=str(pen), size=size),
        ha="right" if right else "left",
        va="top",
        color=colour,
        parse_math=False,
    )
