"""Write the ledger out: the chain as JSON lines, on wish the texts beside it and a workbook."""

from __future__ import annotations

import os
import secrets
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage import ledger, ledger_file
from storage.errors import ExportTargetError, LedgerFileError
from storage.faults import reason
from storage.models.ledger import LedgerEntry, LedgerText

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
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
        chain = stack.enter_context(_whole(files.chain))
        texts = stack.enter_context(_whole(files.texts)) if files.texts else None
        sheet = stack.enter_context(_whole(files.sheet)) if files.sheet else None
        with database.transaction(now) as tx:
            tx.record(EXPORTED, "ledger", actor=actor, data={"files": files.kinds})
        with database.reading() as session:
            _write(session, chain, texts, sheet)
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
            raise LedgerFileError(path, reason(error.strerror or str(error))) from error
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


def _write(session: Session, chain: Path, texts: Path | None, sheet: Path | None) -> None:
    entries = session.scalar(select(func.count()).select_from(LedgerEntry)) or 0
    book = None
    if sheet is not None:
        # openpyxl takes 0.2 s to import, and most exports want no workbook
        from storage.ledger_sheet import LedgerSheet  # noqa: PLC0415

        book = LedgerSheet()
    with ExitStack() as stack:
        file = stack.enter_context(_durable(chain))
        beside = stack.enter_context(_durable(texts)) if texts else None
        for row in _rows(session):
            seq, previous, digest, body, salt, text = row
            file.write(ledger_file.line(seq, previous, digest, body, entries) + "\n")
            if beside is not None and salt is not None and text is not None:
                beside.write(ledger_file.text_line(seq, salt, text) + "\n")
            if book is not None:
                book.add(seq, previous, digest, body, has_text=text is not None)
    if book is not None and sheet is not None:
        book.save(sheet)


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
        raise LedgerFileError(path, reason(error.strerror or str(error))) from error
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _durable(path: Path) -> Iterator[TextIO]:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
