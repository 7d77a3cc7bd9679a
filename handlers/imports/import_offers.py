"""An import in the officer's chat: preview, commit, cancel, take back; and the watched folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.digest import digest
from handlers.imports import import_texts, import_undo, imports
from handlers.imports.import_errors import AlreadyImportedError, ImportGuardError, NotTheNewestError
from handlers.people.addressees import officers
from handlers.permissions import demand
from knowledge.errors import UserFacingError
from storage import buttons, due_jobs, outbox, snapshots
from storage.exports.read import read_file
from storage.models.people import Person

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.findings.patrol import Patrolled
    from handlers.imports.imports import Prepared
    from handlers.press import Press
    from knowledge.cards import Sheet
    from storage.transaction import Transaction

IMPORT_FILE = "import_file"
ENDINGS = frozenset({".csv", ".xlsx", ".xls", ".xlsm", ".xlsb"})


Marks = Mapping[str, Sequence[int]]
"""Size and time of change of each file of the folder, by its name: what was read already."""


@dataclass(frozen=True)
class Read:
    """Exports as read outside the transaction; `faults` are sentences on what was refused.

    `marks` are those of the folder's files, so that no file is read and told of every morning.
    """

    sheets: tuple[Sheet, ...] = ()
    faults: tuple[str, ...] = ()
    marks: Marks = field(default_factory=dict)


def read_paths(paths: Sequence[Path]) -> Read:
    """Read exports; where one is refused none is taken. No transaction may be open."""
    found = _read_each(paths)
    return Read((), found.faults) if found.faults else found


def _read_each(paths: Sequence[Path]) -> Read:
    sheets: list[Sheet] = []
    faults: list[str] = []
    for path in paths:
        try:
            sheets.append(read_file(path))
        except UserFacingError as refused:
            faults.append(str(refused))
    return Read(tuple(sheets), tuple(faults))


def read_folder(desk: Desk, known: Marks) -> Read:
    """Read what is new in the watched folder: a broken file does not keep the others out."""
    marks = {path.name: _mark(path) for path in folder_paths(desk)}
    fresh = [path for path in folder_paths(desk) if known.get(path.name) != marks.get(path.name)]
    return replace(_read_each(fresh), marks=marks)


def _mark(path: Path) -> list[int]:
    state = path.stat()
    return [state.st_size, state.st_mtime_ns]


def folder_paths(desk: Desk) -> list[Path]:
    """Return the exports lying in the watched folder, oldest name first."""
    if desk.exports is None or not desk.exports.is_dir():
        return []
    return sorted(
        path
        for path in desk.exports.iterdir()
        if path.suffix.lower() in ENDINGS and not path.name.startswith((".", "~$"))
    )


def take_folder(tx: Transaction, desk: Desk, found: Read) -> Marks:
    """Import what is new in the watched folder and return which files need not be read again.

    The officers are told what came of it; what the guard stops is offered again each morning.
    """
    told = officers(tx.session, desk.office)
    if found.faults:
        lines = ("导出文件夹里有文件未能导入，其余照常", *found.faults)
        for officer in told:
            tell.say(tx, officer, "system", "\n".join(lines))
        tx.record("import_refused", "folder", actor="system", data={"faults": len(found.faults)})
    if not found.sheets:
        return found.marks
    try:
        prepared = _prepare(tx, desk, found.sheets)
        imports.guard(tx, desk, prepared)
    except AlreadyImportedError:
        return found.marks
    except ImportGuardError as stopped:
        tx.record("import_refused", "folder", actor="system", data={"why": "guard"})
        names = {sheet.name for sheet in found.sheets}
        paths = [path for path in folder_paths(desk) if path.name in names]
        for officer in told:
            _offer(tx, officer, prepared, paths, str(stopped))
        return {name: mark for name, mark in found.marks.items() if name not in names}
    _, patrolled = imports.commit(tx, desk, prepared, by="exports", actor="system")
    for officer in told:
        _report(tx, desk, officer, prepared, patrolled)
    return found.marks


def _prepare(tx: Transaction, desk: Desk, sheets: Sequence[Sheet]) -> Prepared:
    today = tx.now.date()
    day = imports.day_of(sheets, None, today)
    return imports.prepare(tx, desk, sheets, day=day, as_of=max(day, today))


def take_file(tx: Transaction, desk: Desk, data: Mapping[str, Any], found: Read) -> None:
    """Show the officer what his file would change, or import it where he said so."""
    person = tx.session.get_one(Person, int(data["person"]))
    try:
        demand(person, "import")
        if found.faults:
            tell.say(tx, person, "system", "\n".join(found.faults))
            tx.record("import_refused", "file", actor=f"person:{person.id}")
            return
        prepared = _prepare(tx, desk, found.sheets)
        if not data.get("commit"):
            offer(tx, desk, person, prepared, [Path(one) for one in data["paths"]])
            return
        if not data.get("forced"):
            imports.guard(tx, desk, prepared)
    except UserFacingError as refused:
        tx.record("import_refused", "file", actor=f"person:{person.id}")
        tell.say(tx, person, "system", str(refused))
        return
    _, patrolled = imports.commit(tx, desk, prepared, by=person.name, actor=f"person:{person.id}")
    _report(tx, desk, person, prepared, patrolled)
    digest.send_pressing(tx, desk)


def offer(
    tx: Transaction, desk: Desk, person: Person, prepared: Prepared, paths: Sequence[Path]
) -> None:
    """Show the officer what an uploaded export would change, with buttons."""
    try:
        imports.guard(tx, desk, prepared)
        stopped = ""
    except ImportGuardError as guarded:
        stopped = str(guarded)
    _offer(tx, person, prepared, paths, stopped)


def _offer(
    tx: Transaction, person: Person, prepared: Prepared, paths: Sequence[Path], stopped: str
) -> None:
    data = {"paths": [str(path) for path in paths], "forced": bool(stopped)}
    label = "仍要导入" if stopped else "确认导入"
    pressable = (
        tell.button(tx, person, label, "import_commit", "import", data=data),
        tell.button(tx, person, "取消", "import_cancel", "import", data=data),
    )
    lines = ["导入预览", import_texts.preview(prepared), stopped]
    text = "\n".join(line for line in lines if line)
    tell.say(tx, person, "system", text, buttons=(pressable,))


def _report(
    tx: Transaction, desk: Desk, person: Person, prepared: Prepared, patrolled: Patrolled
) -> None:
    """Tell the officer what an import did, with the way back."""
    newest = snapshots.newest(tx.session, desk.office)
    data = {"snapshot": newest.id if newest else None}
    back = tell.button(tx, person, "撤回本次导入", "import_undo", "import", data=data)
    tell.say(tx, person, "system", import_texts.done(prepared, patrolled), buttons=((back,),))


def press_commit(tx: Transaction, desk: Desk, press: Press) -> str:
    """Have the import done; the file is read again outside the transaction."""
    del desk
    demand(press.person, "import")
    if press.row.used_at is not None:
        return press.already()
    buttons.mark_used(tx, press.row, by=press.person.name)
    due_jobs.plan(
        tx,
        IMPORT_FILE,
        tx.now,
        key=f"commit:{press.row.token}",
        data={**press.row.data, "person": press.person.id, "commit": True},
    )
    return "正在导入"


def press_cancel(tx: Transaction, desk: Desk, press: Press) -> str:
    """Do not import."""
    del desk
    demand(press.person, "import")
    if press.row.used_at is not None:
        return press.already()
    buttons.mark_used(tx, press.row, by=press.person.name)
    origin = press.event.origin
    tell.edit(
        tx,
        origin,
        "已取消导入，案卡数据没有变化。",
        person=press.person,
        version=outbox.next_edit_version(tx, origin.door, origin.chat, origin.message_id),
    )
    tx.record("import_cancelled", "import", actor=f"person:{press.person.id}")
    return "已取消"


def press_undo(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take the import back that this button was offered with."""
    demand(press.person, "undo_import")
    if press.row.used_at is not None:
        return press.already()
    newest = snapshots.newest(tx.session, desk.office)
    try:
        if newest is None or newest.id != press.row.data.get("snapshot"):
            raise NotTheNewestError
        snapshot = import_undo.undo(tx, desk, actor=f"person:{press.person.id}")
    except UserFacingError as refused:
        tx.record("undo_refused", "import", actor=f"person:{press.person.id}")
        return str(refused)
    buttons.mark_used(tx, press.row, by=press.person.name)
    return f"已撤回数据截至{snapshot.day}的导入"
