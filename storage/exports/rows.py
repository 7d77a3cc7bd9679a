"""Turn the data rows of a table into rows of a sheet, and collect what was not understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.cards import RefusedRow, Row
from knowledge.case_numbers import comparable
from knowledge.cell_values import CellReader
from knowledge.fields import ACCEPTED, CASE_NO, PERSON_NO
from storage.exports.footers import is_aside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knowledge.cards import Value
    from knowledge.cell_values import Cell, Raw
    from knowledge.fields import Registry
    from storage.exports.header import Column, Header
    from storage.exports.process import RawTable

_NO_CASE_NUMBER = "没有受案号，无法对应到案件"


@dataclass
class Taken:
    """What the rows of one table came to."""

    rows: list[Row] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    unread: list[RefusedRow] = field(default_factory=list)
    damaged: dict[str, None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def take_rows(table: RawTable, header: Header, registry: Registry) -> Taken:
    """Read every data row below the header."""
    taken = Taken()
    readers = [
        (column, CellReader(registry.field(column.name), registry))
        for column in header.columns
        if column.name
    ]
    for line, cells in _data_rows(table, header, registry):
        read = [
            (column, reader.read(cells[column.place] if column.place < len(cells) else None))
            for column, reader in readers
        ]
        _take(line, read, taken)
    for column, reader in readers:
        if codes := reader.unknown_codes():
            taken.notes.append(f"“{column.heading}”有未见过的值，原样保留：{'、'.join(codes)}")
    return taken


def _data_rows(
    table: RawTable, header: Header, registry: Registry
) -> Iterator[tuple[int, Sequence[Raw]]]:
    case_at = next(column.place for column in header.columns if column.name == CASE_NO)
    filler = _filled_down(table, header)
    for line, cells in table.rows[header.data :]:
        whole = _filled(cells, filler.get(line, {}))
        if not is_aside(whole, case_at, registry):
            yield line, whole


def _filled_down(table: RawTable, header: Header) -> Mapping[int, Mapping[int, Raw]]:
    """Return, by line, the values that a merged cell holds for the lines below its first."""
    above = table.rows[header.data - 1][0]
    by_line = {line: cells for line, cells in table.rows if line > above}
    filler: dict[int, dict[int, Raw]] = {}
    for first, column, last, last_column in table.merged:
        cells = by_line.get(first + 1)
        if cells is None or column != last_column or column >= len(cells):
            continue
        for line in range(first + 2, last + 2):
            filler.setdefault(line, {})[column] = cells[column]
    return filler


def _filled(cells: list[Raw], filler: Mapping[int, Raw]) -> list[Raw]:
    if not filler:
        return cells
    return [filler.get(place, cell) for place, cell in enumerate(cells)]


def _take(line: int, read: Sequence[tuple[Column, Cell]], taken: Taken) -> None:
    values: dict[str, Value] = {}
    originals: dict[str, str] = {}
    faults: list[tuple[Column, str]] = []
    for column, cell in read:
        if cell.damaged:
            taken.damaged[column.heading] = None
            continue
        name = column.name or ""
        values[name] = cell.value
        if cell.original is not None:
            originals[name] = cell.original
        if cell.fault:
            faults.append((column, cell.fault))
    refused = _refusal(line, read, values, faults)
    if refused:
        taken.refused.append(refused)
        return
    taken.unread += [RefusedRow(line, column.heading, fault) for column, fault in faults]
    case_no = comparable(str(values[CASE_NO]))
    values[CASE_NO] = case_no
    person_no = values.get(PERSON_NO)
    person = None if person_no is None else str(person_no)
    taken.rows.append(Row(line, case_no, person, values, originals))


def _refusal(
    line: int,
    read: Sequence[tuple[Column, Cell]],
    values: Mapping[str, Value],
    faults: Sequence[tuple[Column, str]],
) -> RefusedRow | None:
    if values.get(CASE_NO) is None:
        heading = next(column.heading for column, _ in read if column.name == CASE_NO)
        return RefusedRow(line, heading, _NO_CASE_NUMBER)
    for column, fault in faults:
        if column.name == ACCEPTED:
            return RefusedRow(line, column.heading, fault)
    return None
