"""`fangyuan ledger verify / export`: check the chain, write it out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.cli.ending import DONE, FOUND_PROBLEMS
from bot.cli.user import OPERATOR
from bot.head_copier import heads_beside
from bot.office import keep_people, open_office
from bot.standing import existing
from handlers import permissions
from handlers.people import accounts
from knowledge.errors import UserFacingError
from storage import head_copies, ledger, ledger_export, ledger_file, ledger_rows
from storage.errors import HeadFileError, LedgerFileError
from storage.faults import cause
from storage.ledger_check import report, window

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.office import Office
    from storage.ledger_check import Verdict
    from storage.ledger_export import Files
    from storage.ledger_head import Head


class BadHeadError(UserFacingError):
    """A head given on the command line is none."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"看不懂校验值“{text}”，请照每日提示或文书页脚所印填写，如 318:0a1b2c3d4e5f6071"
        )


class TextsOfDatabaseError(UserFacingError):
    """The texts file was given together with a database, which has its own."""

    def __init__(self) -> None:
        super().__init__("--texts 只用于导出的流水；数据库里的旁存文字本来就会核对，请去掉 --texts")


def verify(
    root: Path,
    file: Path | None,
    *,
    heads: Sequence[str],
    head_files: Sequence[Path],
    texts: Path | None,
) -> int:
    """Check an export, a database, or the home's own ledger; 1 where something is wrong."""
    published = [_head(text) for text in heads]
    for path in head_files:
        published += head_copies.read(path)
    verdict = _verdict(root, file, published, texts)
    if not verdict.ok:
        print(report(verdict), file=sys.stderr)
        return FOUND_PROBLEMS
    print(window(verdict))
    print(report(verdict))
    return DONE


def export(root: Path, files: Files, *, by: str | None, now: datetime) -> None:
    """Write the ledger out, whole or not at all; the ledger says who took a copy."""
    office = open_office(existing(root))
    try:
        actor = OPERATOR if by is None else _reader(office, by, now)
        head = ledger_export.export(office.database, files, now=now, actor=actor)
    finally:
        office.close()
    told = "、".join(str(path) for path in (files.chain, files.texts, files.sheet) if path)
    print(f"已导出流水 {head.size} 条到 {told}，末条校验值 {head.printed}", file=sys.stderr)


def _verdict(root: Path, file: Path | None, heads: list[Head], texts: Path | None) -> Verdict:
    if file is None:
        if texts is not None:
            raise TextsOfDatabaseError
        return _of_home(root, heads)
    try:
        stored = ledger_rows.is_sqlite(file)
    except OSError as error:
        raise LedgerFileError(file, cause(error)) from error
    if not stored:
        return ledger_file.verify_file(file, heads, texts)
    if texts is not None:
        raise TextsOfDatabaseError
    return ledger_rows.verify_sqlite(file, heads)


def _of_home(root: Path, heads: list[Head]) -> Verdict:
    office = open_office(existing(root))
    try:
        try:
            heads = heads + heads_beside(office.home, office.config)
        except HeadFileError as fault:
            print(fault, file=sys.stderr)
        return ledger.verify(office.database, heads)
    finally:
        office.close()


def _reader(office: Office, name: str, now: datetime) -> str:
    """Return the ledger's word for a person, who must be allowed to read the ledger."""
    with office.database.transaction(now) as tx:
        keep_people(tx, office)
        person = accounts.find_typed(tx, office.name, name)
        permissions.demand(person, "read_ledger")
        return f"person:{person.id}"


def _head(text: str) -> Head:
    head = ledger.Head.parse(text)
    if head is None:
        raise BadHeadError(text)
    return head
