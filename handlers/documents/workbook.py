"""Tables as xlsx: head frozen and filtered, dates as dates, nothing that runs as a formula."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from handlers.documents.cell_text import fit_cell, sheet_name, wrapped_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

CellValue = str | int | float | date | datetime | None
Row = tuple[CellValue, ...]

ZONE = ZoneInfo("Asia/Shanghai")
MOST_ROWS = 1_048_575
DAY_FORMAT, MOMENT_FORMAT, TEXT_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "@"
FONT = "宋体"
HEAD_FILL = PatternFill("solid", fgColor="D9D9D9")
RULE = Side(style="thin", color="808080")
BORDER = Border(left=RULE, right=RULE, top=RULE, bottom=RULE)
HEAD_FONT, BODY_FONT = Font(name=FONT, size=11, bold=True), Font(name=FONT, size=10)
HEAD_LAYOUT = Alignment(horizontal="center", vertical="center", wrap_text=True)
BODY_LAYOUT = Alignment(vertical="center", wrap_text=True)
FIGURE_LAYOUT = Alignment(horizontal="center", vertical="center")
_FIGURE_TEXT = re.compile(r"—|-?\d+(?:\.\d+)?%")
"""Rates, and what cannot be told, stand where figures stand."""
NOTE_LAYOUT = Alignment(vertical="top", wrap_text=True)
A4 = 9
SIDE_MARGIN_INCHES, END_MARGIN_INCHES, RUNNING_INCHES = 0.5, 0.9, 0.4
LINE_POINTS, HEAD_LINE_POINTS, TALLEST_POINTS = 14, 16, 409
HEAD_IS_WIDER = 1
"""Bold letters of a larger size take more room than a column's width counts."""


@dataclass(frozen=True)
class Column:
    """A column's title and its width in characters."""

    title: str
    width: int = 12


@dataclass(frozen=True)
class Table:
    """One sheet: a name, columns, rows of as many cells; `notes` stand under them across all."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    notes: tuple[str, ...] = ()


def write(tables: Sequence[Table], *, title: str, ledger_head: str) -> bytes:
    """Write tables as one xlsx file, a sheet each, ready to be printed on A4 across.

    A table with more rows than a sheet holds goes on in a second sheet of the same name.
    """
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for table in tables:
        for rows in _portions(table.rows):
            name = sheet_name(table.name, taken)
            taken.add(name.casefold())
            sheet = cast("Worksheet", book.create_sheet(name))
            _prepare(sheet, table, title, ledger_head)
            _fill(sheet, table.columns, rows)
            _note(sheet, table, below=len(rows) + 1)
    book.properties.title, book.properties.creator = title, ""
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _portions(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    portion = list(islice(remaining, MOST_ROWS))
    yield portion
    while portion := list(islice(remaining, MOST_ROWS)):
        yield portion


def yearly(name: str, columns: tuple[Column, ...], rows: Iterable[Row], *, day: int) -> list[Table]:
    """Split rows into one table a year by the date in the column at that place, oldest first.

    Rows without a date go into a table 无日期 at the end.
    """
    years: dict[str, list[Row]] = {}
    for row in rows:
        value = row[day]
        year = f"{value.year}年" if isinstance(value, date) else "无日期"
        years.setdefault(year, []).append(row)
    return [Table(f"{name}{year}", columns, tuple(years[year])) for year in sorted(years)]


def code_table(codes: Mapping[str, Mapping[str, str]]) -> Table:
    """Make the sheet that says what codes mean: kind of code, code, meaning."""
    columns = (Column("代码类别", 16), Column("代码", 12), Column("含义", 40))
    rows = tuple(
        (kind, code, meaning) for kind, known in codes.items() for code, meaning in known.items()
    )
    return Table("代码", columns, rows)


def _prepare(sheet: Worksheet, table: Table, title: str, ledger_head: str) -> None:
    for place, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = SIDE_MARGIN_INCHES
    margins.top = margins.bottom = END_MARGIN_INCHES
    margins.header = margins.footer = RUNNING_INCHES
    head, foot = sheet.oddHeader, sheet.oddFooter
    if head is not None and foot is not None:
        head.center.text = f"{title}　{table.name}".replace("&", "&&")
        foot.left.text = f"留痕流水头 {ledger_head}".replace("&", "&&")
        foot.right.text = "第 &P 页，共 &N 页"


def _fill(sheet: Worksheet, columns: tuple[Column, ...], rows: list[Row]) -> None:
    if (lines := max(wrapped_lines(one.title, one.width - HEAD_IS_WIDER) for one in columns)) > 1:
        sheet.row_dimensions[1].height = min(lines * HEAD_LINE_POINTS, TALLEST_POINTS)
    sheet.append([_head_cell(sheet, column.title) for column in columns])
    for place, row in enumerate(rows, start=2):
        if (lines := _lines(columns, row)) > 1:
            # programs differ in whether they fit the height of wrapped rows by themselves
            sheet.row_dimensions[place].height = min(lines * LINE_POINTS, TALLEST_POINTS)
        sheet.append([_body_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"


def _note(sheet: Worksheet, table: Table, *, below: int) -> None:
    """Write the notes under a table, each in one cell as wide as the table."""
    width = sum(column.width for column in table.columns)
    last = get_column_letter(len(table.columns))
    for place, note in enumerate(table.notes, start=below + 1):
        lines = wrapped_lines(note, width)
        sheet.row_dimensions[place].height = min(lines * LINE_POINTS, TALLEST_POINTS)
        cell = _text_cell(sheet, note)
        cell.font, cell.alignment, cell.border = BODY_FONT, NOTE_LAYOUT, Border()
        sheet.append([cell])
        if len(table.columns) > 1:
            sheet.merged_cells.add(f"A{place}:{last}{place}")


def _lines(columns: tuple[Column, ...], row: Row) -> int:
    return max(
        (
            wrapped_lines(value, column.width)
            for column, value in zip(columns, row, strict=True)
            if isinstance(value, str)
        ),
        default=1,
    )


def _head_cell(sheet: Worksheet, title: str) -> Cell:
    cell = _text_cell(sheet, title)
    cell.font, cell.fill, cell.alignment = HEAD_FONT, HEAD_FILL, HEAD_LAYOUT
    return cell


def _body_cell(sheet: Worksheet, value: CellValue) -> Cell:
    if isinstance(value, str):
        cell = _text_cell(sheet, value)
    else:
        cell = WriteOnlyCell(sheet, _naive(value))
    if isinstance(value, datetime):
        cell.number_format = MOMENT_FORMAT
    elif isinstance(value, date):
        cell.number_format = DAY_FORMAT
    words = isinstance(value, str) and not _FIGURE_TEXT.fullmatch(value)
    layout = BODY_LAYOUT if words else FIGURE_LAYOUT
    cell.font, cell.alignment, cell.border = BODY_FONT, layout, BORDER
    return cell


def _text_cell(sheet: Worksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, fit_cell(text))
    # openpyxl would take a text like #N/A for an error value
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    cell.border = BORDER
    return cell


def _naive(value: float | date | None) -> float | datetime | None:
    """Return a moment as the office's clock shows it, a day as its midnight: no zones in sheets."""
    if isinstance(value, datetime):
        return value.astimezone(ZONE).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, date):
        return datetime.combine(value, time.min)
    return value
