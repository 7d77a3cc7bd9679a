"""Read one export file inside a limited process of its own: bytes in, JSON lines out.

Run as a script, it imports nothing of the product: a hostile file can end this process and no
other (a workbook of 1.4 kB aborts the reader). Lines out: `{"sheet", "merged"}` begins a sheet,
each `[line, cells]` is a row that is not blank, the last line is `{"fault"}`, null when all went
well. A process that fails has met a damaged file.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from python_calamine import CalamineSheet

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK"
CHUNK = 1 << 20
LOCKED = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}\x2f\x00", re.DOTALL)  # BOF, FILEPASS
MERGED_ROWS = 1_000_000


class FaultError(Exception):
    """What is wrong with the file, as the word the parent has a sentence for."""


def write_rows(data: bytes, limits: Mapping[str, int], out: TextIO) -> None:
    """Write the rows of a file as JSON lines, and at the end what is wrong with it, if anything."""
    fault = None
    left = limits["characters"]
    try:
        for row in _rows(data, limits):
            left -= _line(row, out)
            if left < 0:
                raise FaultError("too_big")  # noqa: TRY301 - the one place that answers faults
    except FaultError as found:
        fault = str(found)
    except MemoryError:  # pragma: no cover - only where limit_process has run: in the child
        fault = "too_big"
    _line({"fault": fault}, out)
    out.flush()


def limit_process(limits: Mapping[str, int]) -> None:  # pragma: no cover - runs in the child
    """Bound the memory and the time of this process for good."""
    if sys.platform != "win32":  # there the parent's wall clock is the only limit
        import resource  # noqa: PLC0415 - not on every platform

        resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
        resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _rows(data: bytes, limits: Mapping[str, int]) -> Iterator[object]:
    if data.startswith(ZIP):
        _check_archive(data, limits)
        return _workbook(data, limits)
    if data.startswith(OLE):
        _check_ole(data)
        return _workbook(data, limits)
    return _csv(data, limits)


def _line(value: object, out: TextIO) -> int:
    return out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def _check_archive(data: bytes, limits: Mapping[str, int]) -> None:
    """Refuse what is no plain workbook, and what unpacks to too much (sizes in headers lie)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries):
            raise FaultError("encrypted")
        if "xl/workbook.bin" in names:
            raise FaultError("binary_workbook")
        left = limits["unpacked"]
        for entry in entries:
            macros = entry.filename.lower().endswith("vbaproject.bin")
            with archive.open(entry) as part:
                while chunk := part.read(CHUNK):
                    left -= len(chunk)
                    macros |= entry.filename == "[Content_Types].xml" and (
                        b"vbaProject" in chunk or b"macroEnabled" in chunk
                    )
                    if left < 0:
                        raise FaultError("too_big")
            if macros:
                raise FaultError("macros")
    if "xl/workbook.xml" not in names:
        raise FaultError("not_table")


def _check_ole(data: bytes) -> None:
    """Look for the names of streams, which an OLE container keeps as UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data or LOCKED.search(data):
        raise FaultError("encrypted")
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise FaultError("macros")
    if "Book".encode("utf-16-le") not in data and "book".encode("utf-16-le") not in data:
        raise FaultError("not_table")


def _workbook(data: bytes, limits: Mapping[str, int]) -> Iterator[object]:
    from python_calamine import (  # noqa: PLC0415 - a csv file does not need it
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    if any(found.typ == SheetTypeEnum.MacroSheet for found in book.sheets_metadata):
        raise FaultError("macros")
    for found in book.sheets_metadata:
        if found.typ == SheetTypeEnum.WorkSheet and found.visible == SheetVisibleEnum.Visible:
            yield from _sheet(book.get_sheet_by_name(found.name), limits)


def _sheet(sheet: CalamineSheet, limits: Mapping[str, int]) -> Iterator[object]:
    height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    merged = [
        (top, left, min(bottom, height - 1), right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    if sum(bottom - top for top, _, bottom, _ in merged) > MERGED_ROWS:
        raise FaultError("too_big")
    yield {"sheet": sheet.name, "merged": merged}
    if not height:
        return
    _check_size(height, width, limits)
    for line, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        if any(cell != "" for cell in cells):
            yield [line, [_plain(cell) for cell in cells]]


def _plain(cell: str | float | date | time | datetime | timedelta) -> str | float | bool:
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, float) and not math.isfinite(cell):
        return repr(cell)
    return cell


def _csv(data: bytes, limits: Mapping[str, int]) -> Iterator[object]:
    text = _decode(data)
    if "\0" in text:
        raise FaultError("not_table")
    if text.lstrip()[:1] == "<":
        raise FaultError("web_page")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    yield {"sheet": "", "merged": []}
    before = 0
    for cells in lines:
        line, before = before + 1, lines.line_num
        if any(cell.strip() for cell in cells):
            _check_size(line, len(cells), limits)
            yield [line, cells]


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, ("utf-16",))
    return _decoded(data, ("utf-8-sig", "gb18030"))


def _decoded(data: bytes, encodings: Sequence[str]) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FaultError("encoding")


def _delimiter(text: str) -> str:
    head = text[:10_000]
    return "\t" if head.count("\t") > head.count(",") else ","


def _check_size(rows: int, columns: int, limits: Mapping[str, int]) -> None:
    if rows > limits["rows"]:
        raise FaultError("too_many_rows")
    if columns > limits["columns"]:
        raise FaultError("too_many_columns")


if __name__ == "__main__":  # pragma: no cover - runs in the child
    given: Mapping[str, int] = json.loads(sys.argv[1])
    limit_process(given)
    lines_out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    write_rows(sys.stdin.buffer.read(), given, lines_out)
