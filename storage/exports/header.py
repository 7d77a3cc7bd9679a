"""Find the header of a table: below title rows, in one or two lines, with merged cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.cell_values import clean
from knowledge.fields import CASE_NO, heading_key
from storage.exports.faults import SameColumnTwiceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knowledge.cell_values import Raw
    from knowledge.fields import Registry
    from storage.exports.process import RawTable

DEEPEST = 40  # a header below this many filled rows is none
TELLING = 3  # that many known headings in one row make it a header, even without a case number


@dataclass(frozen=True)
class Column:
    """A column with its place, its heading as written and its canonical name, if known."""

    place: int
    heading: str
    name: str | None


@dataclass(frozen=True)
class Header:
    """The columns of a table and where its data begin (places in the table's rows)."""

    top: int
    data: int
    columns: tuple[Column, ...]

    def headings(self) -> Mapping[str, str]:
        """Return the heading in the file of every known column, by canonical name."""
        return {column.name: column.heading for column in self.columns if column.name}

    def unknown(self) -> tuple[str, ...]:
        """Return the headings that are in no registry; their values are not kept."""
        return tuple(column.heading for column in self.columns if column.name is None)


def find_header(table: RawTable, registry: Registry) -> Header | None:
    """Return the header of a table, None when no row names 部门受案号 beside another column."""
    rows = [cells for _, cells in table.rows[: DEEPEST + 1]]
    for place, cells in enumerate(rows[:DEEPEST]):
        if CASE_NO in _known(cells, registry) and sum(bool(clean(cell)) for cell in cells) > 1:
            return _header(table, rows, place, registry)
    return None


def looks_like_header(table: RawTable, registry: Registry) -> bool:
    """Return whether some row is plainly a header, though without a case number."""
    return any(len(_known(cells, registry)) >= TELLING for _, cells in table.rows[:DEEPEST])


def check_columns(name: str, header: Header) -> None:
    """Refuse two columns of one name, as written or by synonym: nothing may be guessed.

    Raises:
        SameColumnTwiceError: names both headings and what they mean.
    """
    met: dict[str, Column] = {}
    for column in header.columns:
        key = column.name or heading_key(column.heading)
        if key in met:
            raise SameColumnTwiceError(name, (met[key].heading, column.heading), key)
        met[key] = column


def _known(cells: Iterable[Raw], registry: Registry) -> list[str]:
    names = (registry.canonical(cell) for cell in cells if isinstance(cell, str) and cell)
    return [name for name in names if name]


def _header(table: RawTable, rows: Sequence[list[Raw]], place: int, registry: Registry) -> Header:
    top = bottom = place
    if _is_second_line(rows, place, registry):
        bottom += 1
    elif place and _has_groups(rows, place, registry, table):
        top -= 1
    width = max(len(rows[top]), len(rows[bottom]))
    upper = _texts(rows[top], width) if top < bottom else [""] * width
    lower = _texts(rows[bottom], width)
    groups = _spread(upper)
    columns = []
    for at in range(width):
        heading = _heading(upper[at], lower[at], groups[at], registry)
        if heading:
            columns.append(Column(at, heading, registry.canonical(heading)))
    return Header(top, bottom + 1, tuple(columns))


def _is_second_line(rows: Sequence[list[Raw]], place: int, registry: Registry) -> bool:
    """Return whether the row below the case number's heading names the columns of groups."""
    if place + 1 >= len(rows):
        return False
    below = [cell for cell in rows[place + 1] if clean(cell)]
    return 2 * len(_known(below, registry)) > len(below) and CASE_NO not in _known(below, registry)


def _has_groups(rows: Sequence[list[Raw]], place: int, registry: Registry, table: RawTable) -> bool:
    """Return whether the row above holds headings that reach down into this one."""
    above, line = rows[place - 1], table.rows[place - 1][0]
    reaching = any(first == line - 1 < last for first, _, last, _ in table.merged)
    return reaching or bool(_known(above, registry))


def _texts(cells: Sequence[Raw], width: int) -> list[str]:
    return [clean(cell) for cell in cells] + [""] * (width - len(cells))


def _spread(upper: Sequence[str]) -> list[str]:
    """Give every column the group it stands under, which is written once, at its left."""
    spread, group = [], ""
    for text in upper:
        group = text or group
        spread.append(group)
    return spread


def _heading(upper: str, lower: str, group: str, registry: Registry) -> str:
    if not lower:
        return upper
    together = f"{group}_{lower}"  # 全案 above 审结日期 is another field than 审结日期
    return together if group and registry.canonical(together) else lower
