"""The jobs of official texts: what each reads outside the transaction, and what it then does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from handlers.official_texts import text_files, text_imports, text_scans, text_sheet
from handlers.official_texts.text_files import TextRead
from handlers.official_texts.text_followers import WARM
from handlers.official_texts.text_imports import FORGET, TEXT_FILE
from handlers.official_texts.text_scans import TEXT_PAGES
from handlers.official_texts.text_sheet import TEXT_SHEET

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.desk import Desk
    from storage.transaction import Transaction


def _open_search(desk: Desk, data: Mapping[str, Any]) -> TextRead:
    del data
    desk.search.ask("期限")
    return TextRead()


def _forget(desk: Desk, data: Mapping[str, Any]) -> TextRead:
    del desk
    Path(str(data["path"])).unlink(missing_ok=True)
    return TextRead()


def _take_file(tx: Transaction, desk: Desk, data: Mapping[str, Any], found: TextRead) -> None:
    if found.scan is not None and found.text is None and not found.fault:
        text_scans.start(tx, data, found.scan)
    else:
        text_imports.take_read(tx, desk, data, found)


def _send_sheet(tx: Transaction, desk: Desk, data: Mapping[str, Any], found: TextRead) -> None:
    del desk
    if found.made is not None:
        text_sheet.send(tx, data, found.made)


def _nothing(tx: Transaction, desk: Desk, data: Mapping[str, Any], found: TextRead) -> None:
    """All was done outside the transaction."""
    del tx, desk, data, found


READERS: Mapping[str, Callable[[Desk, Mapping[str, Any]], TextRead]] = {
    TEXT_FILE: text_files.read_file,
    TEXT_PAGES: text_files.read_pages,
    TEXT_SHEET: lambda desk, data: TextRead(made=text_sheet.make(desk, data)),
    WARM: _open_search,
    FORGET: _forget,
}
RUNNERS: Mapping[str, Callable[[Transaction, Desk, Mapping[str, Any], TextRead], None]] = {
    TEXT_FILE: _take_file,
    TEXT_PAGES: lambda tx, _, data, found: text_scans.take(tx, data, found),
    TEXT_SHEET: _send_sheet,
    WARM: _nothing,
    FORGET: _nothing,
}
