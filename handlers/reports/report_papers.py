"""The job of a work report: counted, written, rendered outside any transaction, then sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.counting import ledger_facts
from handlers.counting.ranges import Range
from handlers.documents import page_picture
from handlers.documents.whole_files import write_whole
from handlers.people import addressees
from handlers.reports import report_flow, report_view, work_report
from handlers.reports.work_report import Signatures
from knowledge.errors import UserFacingError
from storage import due_jobs, people, work_reports

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from handlers.desk import Clearance, Desk
    from handlers.reports.work_report import Counted, Papers
    from storage.models.people import Person
    from storage.models.work_reports import WorkReport
    from storage.transaction import Transaction

JOB = "work_report"
DRAFT, PREVIEW, SIGNED = "draft", "preview", "signed"
FOLDER = "work_reports"
POINTER = "（指引版）"
NO_ARCHIVE = "没有设置数据目录，不能生成报告。请联系系统管理员"


@dataclass(frozen=True)
class Prepared:
    """What the job made: the words of a draft, or the files; `fault` says why there is nothing."""

    name: str = ""
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    document: Path | None = None
    pointer: Path | None = None
    book: Path | None = None
    picture: Path | None = None
    sha256: str = ""
    fault: str = ""


def plan(tx: Transaction, desk: Desk, report: WorkReport, use: str, reader: Person) -> None:
    """Plan the job at once."""
    names = {one.id: one.name for one in people.everybody(tx.session, report.office)}
    signed = use == SIGNED
    data = {
        "report": report.id,
        "use": use,
        "reader": reader.id,
        "clearance": desk.clearance(reader.door or ""),
        "kind": report.kind,
        "department": report.department,
        "range": [report.year, report.month, report.months],
        "texts": dict(report.texts),
        "day": tx.now.date().isoformat(),
        "drafter": names.get(report.drafted_by, ""),
        "checker": names.get(report.checked_by or 0, ""),
        "signer": names.get(report.signed_by or 0, "") if signed else "",
    }
    key = f"{report.id}:{report.version}:{use}:{reader.id}:{tx.now.isoformat()}"
    due_jobs.plan(tx, JOB, tx.now, key=key, data=data)


def read(desk: Desk, data: Mapping[str, Any]) -> Prepared:
    """Count, write and render; no transaction may be open."""
    if desk.database is None or desk.archive is None:
        return Prepared(fault=NO_ARCHIVE)
    year, month, months = data["range"]
    during = Range(year, month, months, desk.reports.month)
    signed = Signatures(data["drafter"], data["checker"], data["signer"])
    try:
        with desk.database.reading() as session:
            facts = ledger_facts.read(session)
            counted = work_report.count(
                desk, facts, data["kind"], during, department=data["department"]
            )
            if data["use"] == DRAFT:
                return Prepared(counted.words.name, _words(counted))
            counted = work_report.edited(counted, data["texts"])
            day = during.end.fromisoformat(data["day"])
            made = work_report.papers(desk, session, counted, day=day, signed=signed)
    except UserFacingError as fault:
        return Prepared(fault=str(fault))
    return _written(desk.archive / FOLDER, data, counted, made)


def run(tx: Transaction, desk: Desk, data: Mapping[str, Any], prepared: Prepared) -> None:
    """Keep what was made, and send it to who waits for it."""
    report = work_reports.by_id(tx.session, int(data["report"]))
    reader = people.by_id(tx.session, int(data["reader"]))
    if report is None or reader is None:
        return
    if prepared.fault:
        tell.say(tx, reader, "system", f"报告没有生成：{prepared.fault}")
        return
    if data["use"] == DRAFT:
        report.name = prepared.name
        report.words = [[heading, list(paragraphs)] for heading, paragraphs in prepared.words]
        text, buttons = report_view.draft(tx, reader, report)
        tell.say(tx, reader, "answer", text, buttons=buttons)
    elif data["use"] == PREVIEW:
        _send(tx, reader, data["clearance"], prepared, f"《{report.name}》预览")
        if prepared.picture is not None and data["clearance"] == "intranet":
            tell.document(tx, reader, f"《{report.name}》首页", prepared.picture, "首页.png")
    else:
        _keep(tx, desk, report, reader, prepared)


def _keep(
    tx: Transaction, desk: Desk, report: WorkReport, reader: Person, prepared: Prepared
) -> None:
    report.document, report.pointer = str(prepared.document), str(prepared.pointer)
    report.book, report.sha256 = str(prepared.book), prepared.sha256
    report_flow.note(tx, report, None, "report_archived", sha256=prepared.sha256)
    for one in recipients(tx, report, reader):
        text, buttons = report_view.signed(tx, one, report)
        _send(tx, one, desk.clearance(one.door or ""), prepared, text, buttons)


def recipients(tx: Transaction, report: WorkReport, reader: Person) -> list[Person]:
    """Return who gets a signed report: who drafted it, and a department's head his own."""
    drafter = addressees.author(tx.session, report.drafted_by)
    found = [drafter or reader]
    if report.kind == "department":
        heads = addressees.holders(tx.session, report.office, "head", department=report.department)
        found += [one.person for one in heads]
    return list({one.id: one for one in found}.values())


def _words(counted: Counted) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((part.heading, part.paragraphs) for part in counted.words.parts)


def _written(folder: Path, data: Mapping[str, Any], counted: Counted, made: Papers) -> Prepared:
    draft = "" if data["use"] == SIGNED else "草稿-"
    stem = f"{draft}{data['report']}-{made.name}"
    shown = made.full if data["clearance"] == "intranet" else made.pointer
    png = page_picture.picture(shown) if data["use"] == PREVIEW else None
    return Prepared(
        name=counted.words.name,
        document=write_whole(folder / f"{stem}.docx", made.full),
        pointer=write_whole(folder / f"{stem}{POINTER}.docx", made.pointer),
        book=write_whole(folder / f"{stem}附表.xlsx", made.book),
        picture=write_whole(folder / f"{stem}.png", png) if png else None,
        sha256=hashlib.sha256(made.full).hexdigest(),
    )


def _send(
    tx: Transaction,
    reader: Person,
    clearance: Clearance,
    prepared: Prepared,
    text: str,
    buttons: tell.Rows = (),
) -> None:
    """Send the document; over an internet door figures only, and no list of cases."""
    internet = clearance == "internet"
    path = prepared.pointer if internet else prepared.document
    name = f"{prepared.name}{POINTER if internet else ''}.docx"
    tell.document(tx, reader, text, path, name, buttons=buttons)
    if not internet and prepared.book is not None:
        tell.document(tx, reader, "附表和流水依据", prepared.book, f"{prepared.name}附表.xlsx")
