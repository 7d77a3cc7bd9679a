"""A layout and the figures make a report: paragraphs filled in, tables and charts put in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from handlers.documents.chart import draw
from handlers.documents.work_report_facts import (
    ReportChart,
    ReportPart,
    ReportRow,
    ReportTable,
)
from handlers.reports import report_charts
from handlers.reports.layout import LayoutError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from handlers.counting.statistics import Statistics
    from handlers.counting.tabling import StatisticsTable
    from handlers.reports.layout import Layout, Paragraph, PartLayout

EMPTY = "（无）"
SEE_ABOVE = "其余各项的定义见前面的表。"
NO_ZEROS = "各栏均为零或者没有数据的项目不列；全部项目见随附的统计表。"


@dataclass(frozen=True)
class WrittenPart:
    """One part in words, as the officer may edit it; tables and charts by their keys."""

    heading: str
    paragraphs: tuple[str, ...]
    charts: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """A whole report in words."""

    name: str
    addressee: str
    parts: tuple[WrittenPart, ...]
    annexes: tuple[str, ...]
    lists: tuple[str, ...]
    zeros: bool = True


def write(layout: Layout, context: Mapping[str, Any]) -> Written:
    """Fill a layout's paragraphs; an empty one is left out.

    Raises:
        LayoutError: a placeholder names nothing, or cannot be computed.
    """
    pen = _Pen(layout.file, context)
    return Written(
        name=pen.text("name", layout.name),
        addressee=pen.text("addressee", layout.addressee),
        parts=tuple(_part(pen, one) for one in layout.parts),
        annexes=layout.annexes,
        lists=layout.lists,
        zeros=layout.zeros,
    )


def parts(written: Written, statistics: Statistics) -> tuple[ReportPart, ...]:
    """Put tables and charts into the parts, numbered through the report.

    Raises:
        LayoutError: a key names no table or chart.
    """
    made: list[ReportPart] = []
    tables = charts = 0
    said: set[str] = set()
    for one in written.parts:
        placed = [_chart(key, statistics) for key in one.charts]
        drawn = []
        for chart in placed:
            if chart is not None:
                charts += 1
                drawn.append(ReportChart(draw(chart), f"图{charts}　{chart.title}"))
        shown = []
        for key in one.tables:
            tables += 1
            shown.append(_once(table(_table(key, statistics), f"表{tables}　"), said))
        made.append(ReportPart(one.heading, one.paragraphs, tuple(drawn), tuple(shown)))
    return tuple(made)


def annexes(written: Written, statistics: Statistics) -> tuple[ReportTable, ...]:
    """Return the tables that stand behind the signature."""
    said: set[str] = set()
    return tuple(
        _once(table(_annex(_table(key, statistics), written), f"附表{place}　"), said)
        for place, key in enumerate(written.annexes, 1)
    )


def _annex(of: StatisticsTable, written: Written) -> StatisticsTable:
    """Leave out the lines in which nothing was counted, where the layout wants none of them."""
    rows = tuple(
        row for row in of.rows if written.zeros or any(one and one.value for one in row.figures)
    )
    return of if rows == of.rows else replace(of, rows=rows, notes=(*of.notes, NO_ZEROS))


def table(of: StatisticsTable, before: str = "") -> ReportTable:
    """Turn a table of figures into one to be printed, its definitions under it.

    A table in which nothing at all can be told is one line that says so.
    """
    told = any(one is not None and one.value is not None for row in of.rows for one in row.figures)
    rows = tuple(
        ReportRow((row.name, *(one.written if one is not None else "—" for one in row.figures)))
        for row in (of.rows if told else ())
    )
    nothing = (ReportRow((EMPTY, *("—" for _ in of.columns))),)
    return ReportTable(
        f"{before}{of.title}", (of.head, *of.columns), rows or nothing, of.definitions
    )


def _once(printed: ReportTable, said: set[str]) -> ReportTable:
    """Leave out the definitions that stand under an earlier table already."""
    new = tuple(one for one in printed.notes if one not in said)
    left_out = len(printed.notes) - len(new)
    said.update(new)
    return replace(printed, notes=(*new, SEE_ABOVE) if left_out else new)


def _part(pen: _Pen, layout: PartLayout) -> WrittenPart:
    said = [text for one in layout.paragraphs for text in pen.paragraphs(layout.heading, one)]
    filled = tuple(text for text in said if text)
    return WrittenPart(layout.heading, filled or (EMPTY,), layout.charts, layout.tables)


def _table(key: str, statistics: Statistics) -> StatisticsTable:
    found = next((one for one in statistics.tables if one.key == key), None)
    if found is None:
        known = "、".join(one.key for one in statistics.tables)
        raise LayoutError("layouts", "tables", f"没有“{key}”这张表（有：{known}）")
    return found


def _chart(key: str, statistics: Statistics) -> Any:
    if key not in report_charts.CHARTS:
        known = "、".join(report_charts.CHARTS)
        raise LayoutError("layouts", "charts", f"没有“{key}”这张图（有：{known}）")
    return report_charts.CHARTS[key](statistics)


class _Pen:
    """Fills placeholders in a sandbox; what is not there is an error that names it."""

    def __init__(self, file: str, context: Mapping[str, Any]) -> None:
        self._file, self._context = file, context
        # what comes out is put into a docx as text, where nothing of it is read as markup
        self._environment = SandboxedEnvironment(autoescape=False, undefined=StrictUndefined)

    def paragraphs(self, place: str, one: Paragraph) -> Sequence[str]:
        if not one.each:
            return [self.text(place, one.text)]
        if one.each not in self._context:
            raise LayoutError(self._file, place, f"没有“{one.each}”")
        return [self.text(place, one.text, 项=each) for each in self._context[one.each]]

    def text(self, place: str, template: str, **more: Any) -> str:
        try:
            written = self._environment.from_string(template).render(**self._context, **more)
        except UndefinedError as error:
            raise LayoutError(self._file, place, f"占位符没有内容（{error.message}）") from error
        except SecurityError as error:
            raise LayoutError(self._file, place, "占位符要做不允许的事") from error
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            raise LayoutError(self._file, place, f"占位符无法计算（{error}）") from error
        return " ".join(written.split())
