"""Write the ledger out: the chain as JSON lines, on wish the texts beside it and a workbook."""

from __future__ import annotations

import os
import secrets
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage import ledger, ledger_file
from storage.errors import ExportTargetError, LedgerFileError
from storage.faults import cause
from storage.models.ledger import LedgerEntry, LedgerText

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path
    from typing import Any, TextIO

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from storage.database import Database
    from storage.ledger_head import Head

EXPORTED = "ledger_exported"
"""The act of the entry that says who took a copy, and of what."""


@dataclass(frozen=True)
class Files:
    """Where an export goes; `texts` holds personal data, `sheet` is for reading only."""

    chain: Path
    texts: Path | None = None
    sheet: Path | None = None

    @property
    def kinds(self) -> list[str]:
        """What is written, in the words of the ledger."""
        return list(self.named)

    @property
    def named(self) -> dict[str, Path]:
        """The files by their kind."""
        found = {"chain": self.chain, "texts": self.texts, "xlsx": self.sheet}
        return {kind: path for kind, path in found.items() if path is not None}


def export(database: Database, files: Files, *, now: datetime, actor: str) -> Head:
    """Record that an export is taken, write its files whole or not at all, return its head.

    All files show one state of the ledger, with the entry that tells of this export as the last
    or nearly so. Where a file cannot be opened nothing is recorded.

    Raises:
        ExportTargetError: something else stands in a file's place, or two would be one.
        LedgerFileError: a file cannot be written.
    """
    _demand_room(files)
    with ExitStack() as stack:
        unfinished = {kind: stack.enter_context(_whole(path)) for kind, path in files.named.items()}
        with database.transaction(now) as tx:
            tx.record(EXPORTED, "ledger", actor=actor, data={"files": files.kinds})
        with database.reading() as session:
            _write(session, files, unfinished)
            return ledger.head(session)


_BEGINNINGS = {"chain": b'{"sequence":1,', "texts": b'{"sequence": ', "xlsx": b"PK"}
"""How an earlier export begins, which a new one may replace."""


def _demand_room(files: Files) -> None:
    """Refuse to write over a database, a backup, a configuration, or one file over another."""
    places = [path.resolve() for path in files.named.values()]
    for kind, path in files.named.items():
        if places.count(path.resolve()) > 1:
            raise ExportTargetError(path, "写了不止一次，几种内容不能放进同一个文件")
        try:
            begins = _beginning(path)
        except OSError as error:
            raise _unwritable(path, error) from error
        if begins and not begins.startswith(_BEGINNINGS[kind]):
            raise ExportTargetError(path, "已存在，又不是以前的导出，没有覆盖")


def _beginning(path: Path) -> bytes:
    if not path.exists():
        return b""
    if not path.is_file():
        # a folder, or a device such as /dev/stdout, whose place a file must not take
        raise ExportTargetError(path, "不是普通的文件")
    with path.open("rb") as file:
        return file.read(16)


def _write(session: Session, files: Files, unfinished: Mapping[str, Path]) -> None:
    entries = session.scalar(select(func.count()).select_from(LedgerEntry)) or 0
    with ExitStack() as stack:
        file = stack.enter_context(_durable(unfinished["chain"], files.chain))
        beside = None
        if files.texts is not None:
            beside = stack.enter_context(_durable(unfinished["texts"], files.texts))
        for seq, previous, digest, body, salt, text in _rows(session):
            file.add(ledger_file.line(seq, previous, digest, body, entries))
            if beside is not None and salt is not None and text is not None:
                beside.add(ledger_file.text_line(seq, salt, text))
    if files.sheet is not None:
        _write_sheet(session, unfinished["xlsx"])


def _write_sheet(session: Session, path: Path) -> None:
    """Read once more for the workbook: one that is left half made complains at length."""
    # openpyxl takes 0.2 s to import, and most exports want no workbook
    from storage.ledger_sheet import LedgerSheet  # noqa: PLC0415

    book = LedgerSheet()
    for seq, previous, digest, body, _, text in _rows(session):
        book.add(seq, previous, digest, body, has_text=text is not None)
    book.save(path)


def _rows(session: Session) -> Generator[Row[*tuple[Any, ...]]]:
    query = (
        select(
            LedgerEntry.seq,
            LedgerEntry.previous,
            LedgerEntry.hash,
            LedgerEntry.body,
            LedgerText.salt,
            LedgerText.text,
        )
        .join(LedgerText, LedgerText.seq == LedgerEntry.seq, isouter=True)
        .order_by(LedgerEntry.seq)
        .execution_options(yield_per=1000)
    )
    with session.execute(query) as result:
        yield from result


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a private file to be filled; it takes the place of an older one whole, or not at all."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        # on a disk that can only be read even what is not there cannot be removed
        with suppress(OSError):
            unfinished.unlink()


class _Lines:
    """A file that is written line by line, and that names itself where one does not fit."""

    def __init__(self, file: TextIO, path: Path) -> None:
        self._file, self._path = file, path

    def add(self, line: str) -> None:
        try:
            self._file.write(line + "\n")
        except OSError as error:
            raise _unwritable(self._path, error) from error


@contextmanager
def _durable(unfinished: Path, path: Path) -> Iterator[_Lines]:
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            yield _Lines(file, path)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> LedgerFileError:
    return LedgerFileError(path, cause(error))
