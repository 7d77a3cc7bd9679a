"""Files, pictures, voices, stickers: what is taken, what is removed, one sentence for each."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from handlers import help_texts, tell
from handlers.imports.import_offers import ENDINGS, IMPORT_FILE
from handlers.permissions import may
from storage import due_jobs

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Uploaded
    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction


def uploaded(
    tx: Transaction, desk: Desk, person: Person, event: Uploaded, entry: EntryMark
) -> None:
    """Take an export from the officer on a cleared door; answer everything else."""
    origin = event.origin
    internet = desk.clearance(origin.door) == "internet"
    if event.kind in {"voice", "sticker"}:
        tell.answer(tx, origin, help_texts.NOT_READ[event.kind], person=person)
        return
    if internet:
        tell.remove(tx, origin, person=person)
        tx.record(
            "file_removed",
            f"person:{person.id}",
            actor="system",
            data={"kind": event.kind, "size": event.size},
        )
        text = help_texts.FILE_ON_INTERNET if may(person, "import") else help_texts.FILE_REMOVED
        tell.answer(tx, origin, f"{text}（流水第 {entry} 号）", person=person)
        return
    is_table = PurePath(event.file_name).suffix.lower() in ENDINGS
    if event.kind == "document" and is_table and may(person, "import") and event.path:
        due_jobs.plan(
            tx,
            IMPORT_FILE,
            tx.now,
            key=f"preview:{origin.door}:{origin.chat}:{origin.message_id}",
            data={"paths": [event.path], "person": person.id},
        )
        tell.answer(tx, origin, f"已收到文件（流水第 {entry} 号），正在读取。", person=person)
        return
    tell.answer(tx, origin, help_texts.NOT_READ[event.kind], person=person)


def take_attachment(tx: Transaction, desk: Desk, person: Person, event: Uploaded) -> None:
    """A file whose caption answered an item: kept where policy allows, else removed."""
    if desk.clearance(event.origin.door) == "internet":
        tell.remove(tx, event.origin, person=person)
        tx.record(
            "file_removed",
            f"person:{person.id}",
            actor="system",
            data={"kind": event.kind, "size": event.size},
        )
        tell.answer(
            tx,
            event.origin,
            "说明已记录；图片和文件不经互联网通道保存，已从聊天中移除。",
            person=person,
        )
        return
    tx.record(
        "file_kept",
        f"person:{person.id}",
        actor="system",
        data={"kind": event.kind, "size": event.size},
        text=event.path,
    )
