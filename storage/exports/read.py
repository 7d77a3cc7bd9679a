"""Read export files into sheets: each in a limited child process, all of one call or none."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from knowledge.cards import Sheet
from knowledge.fields import registry
from storage.exports.child import OLE, ZIP
from storage.exports.faults import (
    EmptyFileError,
    FileTooLargeError,
    NoCaseNumberColumnError,
    NoHeaderError,
    NoSuchFileError,
    SeveralTablesError,
    UnreadableFileError,
    WrongEndingError,
)
from storage.exports.header import check_columns, find_header, looks_like_header
from storage.exports.kinds import tell_kind
from storage.exports.process import Limits, read_tables
from storage.exports.repeats import repeated_cases
from storage.exports.rows import take_rows
from storage.exports.snapshot_day import day_in_name, day_in_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from storage.exports.header import Header
    from storage.exports.process import RawTable

_ENDINGS = frozenset({".csv", ".xlsx", ".xls"})
_MACRO_ENDINGS = frozenset({".xlsm", ".xltm", ".xlam"})
_MEGABYTE = 1 << 20
DEFAULT = Limits()


def read_files(paths: Iterable[Path], *, limits: Limits = DEFAULT) -> tuple[Sheet, ...]:
    """Read every file in the order given; one that is refused refuses them all.

    Raises:
        ExportError: says which file and why.
    """
    return tuple(read_file(path, limits=limits) for path in paths)


def read_file(path: Path, *, limits: Limits = DEFAULT) -> Sheet:
    """Read one export file.

    Raises:
        ExportError: the file is refused whole.
    """
    data = _bytes(path, limits)
    table, header = _table(path.name, read_tables(path.name, data, limits))
    check_columns(path.name, header)
    known = registry()
    kind = tell_kind(header, known)
    taken = take_rows(table, header, known)
    return Sheet(
        name=path.name,
        kind=kind.name,
        rows=tuple(taken.rows),
        rows_read=len(taken.rows) + len(taken.refused),
        headings=header.headings(),
        refused=tuple(taken.refused),
        unknown_columns=header.unknown(),
        damaged_columns=tuple(taken.damaged),
        report=kind.report,
        day=day_in_table(table, header) or day_in_name(path.name),
        sha256=sha256(data).hexdigest(),
        unread_cells=tuple(taken.unread),
        notes=(*taken.notes, *repeated_cases(kind.name, taken.rows)),
    )


def _bytes(path: Path, limits: Limits) -> bytes:
    ending = path.suffix.lower()
    if ending in _MACRO_ENDINGS:
        raise UnreadableFileError(path.name, "macros")
    if ending == ".xlsb":
        raise UnreadableFileError(path.name, "binary_workbook")
    if ending not in _ENDINGS:
        raise WrongEndingError(path.name, ending)
    try:
        if path.stat().st_size > limits.size:
            raise FileTooLargeError(path.name, limits.size // _MEGABYTE)
        data = path.read_bytes()
    except OSError as error:
        raise NoSuchFileError(path.name) from error
    if not data.strip():
        raise EmptyFileError(path.name)
    if ending != ".csv" and not data.startswith((OLE, ZIP)):
        raise UnreadableFileError(path.name, "web_page" if b"<" in data[:16] else "not_table")
    return data


def _table(name: str, tables: Sequence[RawTable]) -> tuple[RawTable, Header]:
    """Return the one sheet that holds a table of cases, with its header."""
    known = registry()
    found = [(table, header) for table in tables if (header := find_header(table, known))]
    filled = [(table, header) for table, header in found if table.rows[header.data :]]
    if len(filled) > 1:
        raise SeveralTablesError(name, (table.name for table, _ in filled))
    if found:
        return (filled or found)[0]
    if not any(table.rows for table in tables):
        raise EmptyFileError(name)
    if any(looks_like_header(table, known) for table in tables):
        raise NoCaseNumberColumnError(name)
    raise NoHeaderError(name)
