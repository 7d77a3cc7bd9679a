"""`fangyuan import`: read export files as one snapshot, show what would change, then do it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from bot.cli.import_report import lines, report
from bot.cli.user import OPERATOR
from bot.office import keep_people, named_most, open_office
from bot.standing import existing, not_before_digest
from handlers.digest import digest
from handlers.imports import import_texts, import_undo, imports
from handlers.imports.import_errors import AlreadyImportedError
from knowledge.errors import UserFacingError
from storage.exports.read import read_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    from bot.office import Office
    from handlers.desk import Desk
    from handlers.imports.imports import Prepared
    from knowledge.cards import Sheet
    from storage.transaction import Transaction


class NoFilesError(UserFacingError):
    """There is nothing to import."""

    def __init__(self) -> None:
        super().__init__("没有给出导出文件。请写明文件名；撤回上一次导入请用 --undo")


class UndoTakesNoFilesError(UserFacingError):
    """Files were named together with --undo."""

    def __init__(self) -> None:
        super().__init__("--undo 只撤回最近一次导入，不能同时给出文件。请分两次运行")


@dataclass(frozen=True)
class Manner:
    """How an import goes: asked about, only shown, done in spite of the guard."""

    as_json: bool = False
    yes: bool = False
    dry_run: bool = False
    force: bool = False

    @property
    def asks(self) -> bool:
        """Tell whether a person sits there and wants to be asked."""
        return not self.yes and not self.as_json and sys.stdin.isatty()


def run(
    root: Path, files: Sequence[Path], day: date | None, manner: Manner, *, now: datetime
) -> None:
    """Read all files or none, and import them, all or nothing."""
    if not files:
        raise NoFilesError
    sheets = read_files(files)
    office = open_office(root, sheets=sheets)
    counted = imports.day_of(sheets, day, now.date())
    try:
        _warn_of_another_office(office, sheets)
        done = _import(office, sheets, counted, manner, now=now)
    except AlreadyImportedError as fault:
        done = str(fault)
    finally:
        office.close()
    if manner.as_json:
        print(json.dumps(report(sheets), ensure_ascii=False))
    else:
        print("\n".join(lines(sheets, counted)))
    print(done, file=sys.stderr)


def _import(
    office: Office, sheets: Sequence[Sheet], day: date, manner: Manner, *, now: datetime
) -> str:
    desk = office.desk()
    if manner.dry_run or manner.asks:
        # shown in a transaction of its own: nobody is asked while the database is locked
        with office.database.transaction(now) as tx:
            prepared = _prepared(tx, desk, sheets, day, manner)
        print(import_texts.preview(prepared), file=sys.stderr)
        if manner.dry_run:
            return "只是预览，没有导入"
        if not typer.confirm("导入吗？", err=True):
            return "没有导入，案卡数据没有变化"
    with office.database.transaction(now) as tx:
        keep_people(tx, office)
        prepared = _prepared(tx, desk, sheets, day, manner)
        imports.commit(tx, desk, prepared, by="命令行", actor=OPERATOR)
        digest.send_pressing(tx, desk)
    return f"{changes(prepared)}。如有误，可用 fangyuan import --undo 撤回"


def _prepared(
    tx: Transaction, desk: Desk, sheets: Sequence[Sheet], day: date, manner: Manner
) -> Prepared:
    as_of = not_before_digest(tx.session, desk.office, day)
    prepared = imports.prepare(tx, desk, sheets, day=day, as_of=as_of)
    if not manner.force:
        imports.guard(tx, desk, prepared)
    return prepared


def changes(prepared: Prepared) -> str:
    """Say in a line what an import changed: 关闭 40，新增 212."""
    compared = prepared.compared
    counts = {
        "关闭": len(compared.closable),
        "新增": len(compared.new),
        "变化": len(compared.changed),
        "提示后改期待核": len(compared.date_changed),
        "未见于导出": len(compared.vanished),
    }
    told = [f"{word} {count}" for word, count in counts.items() if count or word in _ALWAYS]
    return f"已导入（数据截至 {prepared.day}）：{'，'.join(told)}"


_ALWAYS = frozenset({"关闭", "新增"})


def _warn_of_another_office(office: Office, sheets: Sequence[Sheet]) -> None:
    named = named_most(sheets)
    if office.config is not None and named is not None and named != office.name:
        print(
            f"请注意：案卡的承办单位是{named}，配置文件写的是{office.name}，请核对",
            file=sys.stderr,
        )


def undo(root: Path, files: Sequence[Path], *, now: datetime) -> None:
    """Take the last import back, unless something was sent on it."""
    if files:
        raise UndoTakesNoFilesError
    office = open_office(existing(root))
    try:
        with office.database.transaction(now) as tx:
            snapshot = import_undo.undo(tx, office.desk(), actor=OPERATOR)
    finally:
        office.close()
    print(f"已撤回数据截至 {snapshot.day} 的导入", file=sys.stderr)
