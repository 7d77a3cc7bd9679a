"""Run the reading child on one file and give back its raw tables, or the fault as a sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from storage.exports.faults import UnreadableFileError
from storage.reading_child import ChildEndedError, output_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.cell_values import Raw

_CHILD = Path(__file__).with_name("child.py")
_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What one file may cost: bytes, rows, columns, characters of text, seconds.

    `unpacked` is counted while inflating; `memory` is the child's whole address space.
    """

    size: int = 50 * _MEGABYTE
    unpacked: int = 300 * _MEGABYTE
    characters: int = 200 * _MEGABYTE
    rows: int = 100_000
    columns: int = 400
    memory: int = 1024 * _MEGABYTE
    cpu_seconds: int = 30
    wall_seconds: int = 60


@dataclass(frozen=True)
class RawTable:
    """One sheet as written: rows that are not blank with their line, and the merged ranges.

    A range is (first row, first column, last row, last column), counted from 0.
    """

    name: str
    merged: Sequence[tuple[int, int, int, int]]
    rows: list[tuple[int, list[Raw]]] = field(default_factory=list)


def read_tables(name: str, data: bytes, limits: Limits) -> tuple[RawTable, ...]:
    """Return the visible sheets of a file.

    Raises:
        UnreadableFileError: the file is refused, or its reader was ended or crashed.
    """
    lines = _run(name, data, limits).rstrip(b"\n").split(b"\n")
    *content, last = json.loads(b"[" + b",".join(lines) + b"]")
    if last["fault"]:
        raise UnreadableFileError(name, last["fault"])
    tables: list[RawTable] = []
    for line in content:
        if isinstance(line, dict):
            tables.append(RawTable(line["sheet"], [tuple(area) for area in line["merged"]]))
        else:
            tables[-1].rows.append((line[0], line[1]))
    return tuple(tables)


def _run(name: str, data: bytes, limits: Limits) -> bytes:
    try:
        return output_of(_CHILD, data, limits, wall_seconds=limits.wall_seconds)
    except ChildEndedError as ended:
        raise UnreadableFileError(name, ended.ending) from None
