"""`fangyuan knowledge`: import official texts, and list what the office has."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.cli import knowledge_scans
from bot.cli.user import OPERATOR
from handlers.official_texts import text_words
from handlers.official_texts.text_records import record_import
from knowledge.errors import KnowledgeError
from knowledge.laws import head, review, shelf
from knowledge.search.opening import load_search
from storage.official_texts.read import Scan, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from knowledge.laws.model import OfficialText


class OneTextError(KnowledgeError):
    """A title or a day was given for several files."""

    def __init__(self) -> None:
        super().__init__("--title 和 --effective 一次只能用于一份文本，请分开导入")


class NothingGivenError(KnowledgeError):
    """There is nothing to import."""

    def __init__(self) -> None:
        super().__init__("没有给出文件。请写明文件名；扫描件改好后用 --from-correction 文件夹")


@dataclass(frozen=True)
class Wanted:
    """What to import: files, or a folder of corrected pages; and what is said of it instead."""

    files: Sequence[Path] = ()
    correction: Path | None = None
    title: str | None = None
    effective: datetime | None = None


def import_texts(
    wanted: Wanted, home: Path, *, yes: bool, confirm: Callable[[str], bool], now: datetime
) -> None:
    """Read all files, show what was read, and store them all; any fault stores none.

    Asks before it stores only at a terminal. Scanned files are read into folders where a person
    corrects them, and nothing is imported.
    """
    texts = _read(wanted, home)
    if not texts:
        return
    stored = shelf.texts(home)
    found = [review.review(text, stored) for text in texts]
    for one in found:
        print("\n  ".join(text_words.preview(one, now.date())))
    new = [one.text for one in found if one.known is None]
    if not new:
        print("都已导入过，没有变化。")
        return
    if not yes and sys.stdin.isatty() and not confirm(f"导入以上 {len(new)} 份文本？"):
        print("没有导入。")
        return
    _store(home, new, now)


def _store(home: Path, texts: Sequence[OfficialText], now: datetime) -> None:
    # only an import that changes something needs the database
    from bot.cli import knowledge_links  # noqa: PLC0415

    # opened first: where the office cannot be opened nothing is stored
    office = knowledge_links.if_there_is_one(home)
    kept = [(text, shelf.put(home, text)) for text in texts]
    load_search(home)
    print(f"已导入 {len(texts)} 份文本，检索已更新。")
    if office is not None:
        with office.database.transaction(now) as tx:
            for text, aside in kept:
                record_import(tx, text, aside, actor=OPERATOR)
        knowledge_links.after_import(office, now=now)
        office.close()


def _read(wanted: Wanted, home: Path) -> list[OfficialText]:
    if wanted.correction is not None:
        texts = [knowledge_scans.corrected(home, wanted.correction)]
    else:
        if not wanted.files:
            raise NothingGivenError
        read_ones = [read(path) for path in wanted.files]
        scans = [one for one in read_ones if isinstance(one, Scan)]
        if scans:
            knowledge_scans.recognise(home, scans)
            return []
        texts = [one for one in read_ones if not isinstance(one, Scan)]
    return _as_said(texts, wanted)


def _as_said(texts: list[OfficialText], wanted: Wanted) -> list[OfficialText]:
    """Put the title and the day that a person gave in the place of those that were read."""
    if wanted.title is None and wanted.effective is None:
        return texts
    if len(texts) != 1:
        raise OneTextError
    (text,) = texts
    if wanted.title is not None:
        text = replace(text, title=head.clean_title(wanted.title))
    if wanted.effective is not None:
        text = replace(text, version=wanted.effective.date().isoformat())
    return [text]


def list_texts(home: Path, now: datetime) -> None:
    """Print one line per stored text: its version, how much it has, whether it is in force."""
    stored = shelf.texts(home)
    for text in stored:
        standing = text_words.standing(text, stored, now.date())
        told = (text_words.version(text), text_words.count(text), standing)
        print(f"《{text.title}》，{'，'.join(told)}")
    if not stored:
        print("尚未导入文本。导入：fangyuan knowledge import 文件")
