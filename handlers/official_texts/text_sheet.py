"""The list of official texts as a workbook: one sheet of texts, one of what they hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.official_texts import text_words
from knowledge.laws import shelf
from storage import people

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from handlers.desk import Desk
    from handlers.documents.workbook import Row
    from knowledge.laws.model import OfficialText
    from storage.transaction import Transaction

TEXT_SHEET = "text_sheet"
TITLE = "要点库文本清单"
_BEGINNING = 60
_TEXTS = (
    *(("序号", 6), ("标题", 48), ("类型", 8), ("版本", 12), ("条（点）数", 10)),
    *(("状态", 30), ("编号情况", 30)),
)
_ITEMS = (("标题", 36), ("版本", 12), ("条（点）", 18), ("所在编章", 36), ("开头", 60))


def make(desk: Desk, data: Mapping[str, Any]) -> Path | None:
    """Write the workbook into the archive; no transaction may be open."""
    # openpyxl is slow to load, and few ask for the list
    from handlers.documents import workbook  # noqa: PLC0415
    from handlers.documents.workbook import Column, Table  # noqa: PLC0415

    if desk.home is None or desk.archive is None:
        return None
    stored = shelf.texts(desk.home)
    today = date.fromisoformat(str(data["today"]))
    texts = Table("文本", tuple(Column(*one) for one in _TEXTS), tuple(_text_rows(stored, today)))
    items = Table("条目", tuple(Column(*one) for one in _ITEMS), tuple(_item_rows(stored)))
    folder = desk.archive / "texts"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{TITLE}{today.isoformat()}.xlsx"
    title = f"{desk.office}{TITLE}（{today.isoformat()}）"
    path.write_bytes(workbook.write([texts, items], title=title, ledger_head=str(data["head"])))
    return path


def _text_rows(stored: Sequence[OfficialText], today: date) -> Iterator[Row]:
    for place, text in enumerate(stored, 1):
        standing = text_words.standing(text, stored, today)
        gaps = f"缺第 {text_words.numbers(text.gaps)} 条" if text.gaps else ""
        twice = f"第 {text_words.numbers(text.repeated)} 条重复" if text.repeated else ""
        odd = "；".join(part for part in (gaps, twice, *text.remarks) if part) or "连续"
        count = len(text.articles)
        yield place, text.title, text.kind, text.day or text.version, count, standing, odd


def _item_rows(stored: Sequence[OfficialText]) -> Iterator[Row]:
    for text in stored:
        for one in text.articles:
            headings = "—".join(one.headings)
            beginning = one.text[:_BEGINNING]
            yield text.title, text.day or text.version, one.label, headings, beginning


def send(tx: Transaction, data: Mapping[str, Any], path: Path) -> None:
    """Send the workbook to whom asked for it."""
    person = people.by_id(tx.session, int(data["person"]))
    if person is not None:
        tell.document(tx, person, TITLE, path, path.name)
