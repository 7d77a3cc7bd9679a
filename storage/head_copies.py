"""Heads outside the database: a file in a second folder, on another volume or machine.

Whoever changes the ledger afterwards would have to change this file too, and every printed head.
A line holds `SIZE:HASH MOMENT`; lines are only added.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from storage.errors import HeadCopyError, HeadFileError
from storage.faults import cause
from storage.ledger_head import Head

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

FILE = "heads"


def append(folder: Path, head: Head, moment: datetime) -> None:
    """Add a head to the file in a folder, which must be there: it may be a volume not mounted.

    Raises:
        HeadCopyError: it cannot be written.
    """
    line = f"{head.size}:{head.hash} {moment.isoformat(timespec='seconds')}\n".encode()
    try:
        if not folder.is_dir():
            raise HeadCopyError(folder, "没有这个目录，可能没有挂载")
        number = os.open(folder / FILE, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(number, "r+b") as file:
            os.write(file.fileno(), _start(file.fileno()) + line)
            os.fsync(file.fileno())
    except OSError as error:
        raise HeadCopyError(folder, cause(error)) from error


def _start(number: int) -> bytes:
    """A line that a power cut left unfinished is ended first."""
    size = os.fstat(number).st_size
    return b"" if not size or os.pread(number, 1, size - 1) == b"\n" else b"\n"


def read(path: Path) -> list[Head]:
    """Read the heads of such a file, or of an earlier export of the ledger.

    What is no head is passed over: a line may have been left unfinished.

    Raises:
        HeadFileError: the file cannot be read or holds no head at all.
    """
    try:
        with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
            heads = [head for head in map(_head, file) if head is not None]
    except OSError as error:
        raise HeadFileError(path, cause(error)) from error
    if not heads:
        raise HeadFileError(path, "里面没有校验值")
    return heads


def _head(line: str) -> Head | None:
    if not line.startswith("{"):
        return Head.find(line)
    try:
        row = json.loads(line)
        return Head(int(row["sequence"]), str(row["hash"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
