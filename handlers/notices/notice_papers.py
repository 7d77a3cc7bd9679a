"""Papers of notices: facts gathered in a transaction, rendered outside, then stored and sent.

A due job carries the frozen facts in its data: `read` renders them with no transaction open, `run`
keeps the paths of what was made and sends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.documents import page_picture
from handlers.documents.errors import DocumentError
from handlers.documents.rendering import render
from handlers.documents.whole_files import write_whole
from handlers.notices import notice_texts, paper_facts
from storage import due_jobs, ledger, notices, people

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from handlers.desk import Clearance, Desk
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction

PAPER = "notice_paper"
FOLDER = "notices"
KEPT = "archive"
"""The use of a paper that goes nowhere: it lies in the archive, to be printed."""
NO_ARCHIVE = "没有设置数据目录，文书没有生成。请联系系统管理员"
CASE_OFFICE = "案件管理部门"


@dataclass(frozen=True)
class Made:
    """What was rendered: the full paper, its pointer version, a picture for the reader's door.

    `fault` says why there is nothing.
    """

    full: Path | None = None
    pointer: Path | None = None
    picture: Path | None = None
    fault: str = ""


def read(desk: Desk, data: Mapping[str, Any]) -> Made:
    """Render a paper and write it into the archive; no transaction may be open."""
    if desk.archive is None:
        return Made(fault=NO_ARCHIVE)
    folder = desk.archive / FOLDER
    stem = folder / data["file"]
    facts = paper_facts.READERS[data["paper"]](data["facts"])
    try:
        full = render(data["paper"], facts, templates=desk.templates, clearance="intranet")
        pointer = None
        if data["use"] != KEPT:
            pointer = render(data["paper"], facts, templates=desk.templates, clearance="internet")
    except DocumentError as fault:
        return Made(fault=str(fault))
    shown = {"internet": pointer, "intranet": full}.get(data["pictured"])
    return Made(
        full=_written(stem, ".docx", full),
        pointer=_written(stem, "-pointer.docx", pointer),
        picture=_written(stem, ".png", page_picture.picture(shown) if shown else None),
    )


def _written(stem: Path, ending: str, content: bytes | None) -> Path | None:
    if content is None:
        return None
    return write_whole(stem.with_name(stem.name + ending), content)


def plan(
    tx: Transaction,
    notice: Notice,
    paper: str,
    use: str,
    facts: Mapping[str, Any],
    *,
    pictured: Clearance | None = None,
    **more: object,
) -> None:
    """Plan the making of a paper at once; `use` says what happens with it."""
    data = {
        "notice": notice.id,
        "paper": paper,
        "use": use,
        "file": f"{notice.id}-{paper}-{use}",
        "facts": dict(facts),
        "pictured": pictured,
        **more,
    }
    # a preview may be asked for again, after a template was put right; two taps at once are one
    again = tx.now.isoformat() if use == "preview" else ""
    key = f"{notice.id}:{paper}:{use}:{notice.version}:{more.get('person', '')}:{again}"
    due_jobs.plan(tx, PAPER, tx.now, key=key, data=data)


def plan_preview(tx: Transaction, desk: Desk, notice: Notice, reader: Person) -> None:
    """Plan a preview for one reader, with a picture of the page where that can be made."""
    plan(
        tx,
        notice,
        "notice",
        "preview",
        facts(tx, desk, notice),
        pictured=desk.clearance(reader.door or "") if page_picture.is_available() else None,
        person=reader.id,
    )


def plan_issue(tx: Transaction, desk: Desk, notice: Notice) -> None:
    """Plan the papers of an issued notice; a grave one also brings the report to the chief."""
    plan(tx, notice, "notice", "issue", facts(tx, desk, notice))
    if notice.grave:
        plan(tx, notice, "chief_report", "report", facts(tx, desk, notice))


def facts(tx: Transaction, desk: Desk, notice: Notice) -> dict[str, Any]:
    """Gather what the papers of a notice say, ready to be kept as JSON."""
    items = [one.facts for one in notices.items(tx.session, notice.id)]
    watcher = people.by_id(tx.session, notice.drafted_by)
    return {
        "office": desk.office,
        "number": notice.number,
        "department": notice.department,
        "sender": sender(watcher),
        "items": items,
        "grave": notice.grave,
        "watcher": notice_texts.who(tx, notice, "drafted_by") or "流程监控专员",
        "approver": notice_texts.who(tx, notice, "approved_by"),
        "reason": _reason(items),
        "day": tx.now.date().isoformat(),
        "ledger_head": ledger_head(tx),
        "draft": notice.number is None,
    }


def sender(watcher: Person | None) -> str:
    """Name the case-management office as it is called here."""
    return (watcher.department if watcher else "") or CASE_OFFICE


def ledger_head(tx: Transaction) -> str:
    """Return the ledger's head as it is printed in footers."""
    head = ledger.head(tx.session)
    return f"{head.size}:{head.hash[:16]}"


def _reason(items: list[dict[str, Any]]) -> str:
    rules = "、".join(dict.fromkeys(str(one["rule"]) for one in items))
    return f"涉及{rules}，经流程监控专员认定情节严重。"


def file_name(notice: Notice, title: str, ending: str) -> str:
    """Name a paper as it travels."""
    return f"{title}（{notice_texts.name(notice)}）{ending}".replace("/", "-")
