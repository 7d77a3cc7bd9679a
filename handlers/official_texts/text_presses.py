"""The buttons under an official text that was read, by the act they name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from handlers import awaiting
from handlers.imports.import_offers import IMPORT_FILE
from handlers.official_texts import text_followers, text_shelf, text_words
from handlers.official_texts.text_imports import LAST, TEXT_FILE, forget
from handlers.official_texts.text_records import REFUSED, TAKEN_BACK, object_of
from handlers.permissions import demand
from handlers.redraw import redraw
from knowledge.laws import shelf
from knowledge.laws.typed import read_correction
from storage import buttons, due_jobs, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.awaiting import Given
    from handlers.desk import Desk
    from handlers.press import Press
    from storage.transaction import Transaction

TYPED = "text_correction"
HOW = "请写明正确的标题或施行日期，例如：图书借阅管理办法 2024-05-01。只写要改的也可以。"
TAKEN = "已选择导入，没有取消；不需要了请点“撤回本次导入”"
NO_EXPORT_HERE = "互联网通道不接收案卡导出文件，请放入数据目录的 exports 文件夹"
NO_TABLE = "案卡导出请发送系统导出的 csv、xlsx、xls 文件，Word 和 PDF 不能作为案卡读入"


def press_commit(tx: Transaction, desk: Desk, press: Press) -> str:
    """Have the text imported; the file is read again outside the transaction."""
    del desk
    demand(press.person, "keep_texts")
    if press.row.used_at is not None:
        return press.already()
    buttons.mark_used(tx, press.row, by=press.person.name)
    key = f"commit:{press.row.token}"
    data = {**press.row.data, "person": press.person.id, "commit": True, "key": key}
    due_jobs.plan(tx, TEXT_FILE, tx.now, key=key, data=data)
    return "正在导入"


def press_drop(tx: Transaction, desk: Desk, press: Press) -> str:
    """Do not import."""
    del desk
    demand(press.person, "keep_texts")
    if press.row.used_at is not None:
        return press.already()
    beside = [buttons.find(tx, one) for one in press.row.data.get("beside", [])]
    if any(one is not None and one.used_at is not None for one in beside):
        return TAKEN
    for row in (press.row, *beside):
        if row is not None:
            buttons.mark_used(tx, row, by=press.person.name)
    forget(tx, press.row.data)
    tx.record(REFUSED, press.row.object, actor=f"person:{press.person.id}", data={"why": "dropped"})
    redraw(tx, press, "没有导入，要点库没有变化。")
    return "没有导入"


def press_rename(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for the title or the day that was read wrongly."""
    del desk
    demand(press.person, "keep_texts")
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        TYPED,
        press.row.object,
        question=HOW,
        data=dict(press.row.data),
    )
    return "请写明正确的标题或日期"


def take_typed(tx: Transaction, desk: Desk, given: Given) -> str:
    """Show the text again under the title and the day that were typed."""
    del desk
    demand(given.person, "keep_texts")
    title, version = read_correction(given.text)
    said = {key: value for key, value in (("title", title), ("version", version)) if value}
    key = f"typed:{given.origin.door}:{given.origin.chat}:{given.origin.message_id}"
    data = {**given.data, **said, "person": given.person.id, "key": key}
    due_jobs.plan(tx, TEXT_FILE, tx.now, key=key, data=data)
    return ""


def press_export(tx: Transaction, desk: Desk, press: Press) -> str:
    """Read the file as a case export after all."""
    demand(press.person, "import")
    if press.row.used_at is not None:
        return press.already()
    if desk.clearance(press.event.origin.door) == "internet":
        return NO_EXPORT_HERE
    path = Path(str(press.row.data.get("path", "")))
    if path.suffix not in {".txt", ".md"} or not path.is_file():
        return NO_TABLE
    buttons.mark_used(tx, press.row, by=press.person.name)
    table = path.with_suffix(".csv")
    path.rename(table)
    data = {"paths": [str(table)], "person": press.person.id}
    due_jobs.plan(tx, IMPORT_FILE, tx.now, key=f"preview:{press.row.token}", data=data)
    return "正在按案件导出读取"


def press_undo(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take the last imported text back; what it had taken the place of stands there again."""
    demand(press.person, "keep_texts")
    if press.row.used_at is not None:
        return press.already()
    kept = dict(press.row.data)
    if desk.home is None or settings.read(tx.session, desk.office, LAST) != kept:
        return "之后又有新的导入，只能撤回最近一次"
    found = [
        one
        for one in shelf.texts(desk.home)
        if (one.title, one.version) == (kept["title"], kept["version"])
    ]
    buttons.mark_used(tx, press.row, by=press.person.name)
    settings.write(tx.session, desk.office, LAST, None)
    for text in found:
        shelf.take_back(desk.home, text, kept["aside"])
        entry = tx.record(TAKEN_BACK, object_of(text), actor=f"person:{press.person.id}")
        text_followers.tell_all(tx, press.person, text, f"undo:{press.row.token}")
        back = "，原来的文本已恢复" if kept["aside"] else ""
        redraw(
            tx,
            press,
            f"已撤回导入的《{text.title}》{text_words.version(text)}（流水第 {entry} 号）{back}。",
        )
    return "已撤回" if found else "这份文本已不在要点库中"


TEXT_ACTS: Mapping[str, Callable[[Transaction, Desk, Press], str]] = {
    "text_commit": press_commit,
    "text_drop": press_drop,
    "text_rename": press_rename,
    "text_export": press_export,
    "text_undo": press_undo,
    "text_list": text_shelf.press_list,
    "text_open": text_shelf.press_open,
    "text_contents": text_shelf.press_contents,
    "text_repeal": text_shelf.press_repeal,
    "text_restore": text_shelf.press_restore,
    "text_sheet": text_shelf.press_sheet,
}
