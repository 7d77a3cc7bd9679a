"""Reports asked for in a chat: counted and written outside any transaction, then sent.

A ledger of years is read in seconds; the writer's lock is not held meanwhile. The full document
lies in the archive, over an internet door goes the one without names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.counting import ledger_facts
from handlers.documents.whole_files import write_whole
from handlers.reports import report_kinds
from knowledge.errors import UserFacingError
from storage import people

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from handlers.desk import Clearance, Desk
    from handlers.reports.report_kinds import Answer
    from storage.models.people import Person
    from storage.transaction import Transaction

FOLDER = "reports"
NO_ARCHIVE = "没有设置数据目录，不能统计。请联系系统管理员"


@dataclass(frozen=True)
class Counted:
    """What a job counted: an answer, the file that goes with it; `fault` says why there is none."""

    answer: Answer | None = None
    path: Path | None = None
    name: str = ""
    fault: str = ""


def read(desk: Desk, data: Mapping[str, Any]) -> Counted:
    """Count and write the files; no transaction may be open."""
    if desk.database is None or desk.archive is None:
        return Counted(fault=NO_ARCHIVE)
    kind = report_kinds.KINDS[data["kind"]]
    clearance: Clearance = data["clearance"]
    try:
        with desk.database.reading() as session:
            asked = report_kinds.Asked(
                session=session,
                desk=desk,
                facts=ledger_facts.read(session),
                data=data,
                clearance=clearance,
            )
            answer = kind(asked)
    except UserFacingError as fault:
        return Counted(fault=str(fault))
    if answer.book is None:
        return Counted(answer)
    folder = desk.archive / FOLDER
    full = write_whole(folder / f"{answer.name}{answer.ending}", answer.book)
    if answer.pointer is None or clearance == "intranet":
        return Counted(answer, full, f"{answer.name}{answer.ending}")
    pointer = write_whole(folder / f"{answer.name}（指引版）{answer.ending}", answer.pointer)
    return Counted(answer, pointer, f"{answer.name}（指引版）{answer.ending}")


def run(tx: Transaction, desk: Desk, data: Mapping[str, Any], counted: Counted) -> None:
    """Send what was counted to who asked for it."""
    person = people.by_id(tx.session, int(data["person"]))
    if person is None:
        return
    answer = counted.answer
    if answer is None:
        tell.say(tx, person, "system", counted.fault)
        return
    if counted.path is not None:
        tx.record(
            "report_made",
            f"report:{data['kind']}",
            actor=f"person:{person.id}",
            data={"name": counted.name, "head": answer.head, "clearance": data["clearance"]},
        )
    pressable = [
        tell.button(tx, person, label, act, "report", data=dict(told))
        for label, act, told in answer.buttons
    ]
    _send(tx, person, counted, answer.text, tell.rows(pressable, per_row=3))
    del desk


def _send(tx: Transaction, person: Person, counted: Counted, text: str, rows: tell.Rows) -> None:
    if counted.path is None or person.door is None or person.chat is None:
        tell.say(tx, person, "answer", text, buttons=rows)
        return
    if len(text) > tell.LONGEST_CAPTION:
        # the words are an answer, the file that goes with them is a document
        tell.say(tx, person, "answer", text, buttons=rows)
        text, rows = counted.name, ()
    tell.document(tx, person, text, counted.path, counted.name, buttons=rows)
