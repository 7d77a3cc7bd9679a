"""《流程监控工作报告》: made of facts and a layout, in full and as the version that may travel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from handlers.counting import statistics
from handlers.documents.rendering import render
from handlers.documents.work_report_facts import WorkReportFacts
from handlers.registers import books, register, shown
from handlers.reports import common, composing, layout, of_department, placeholders, report_lists

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from handlers.counting.facts import Facts
    from handlers.counting.ranges import Range
    from handlers.counting.statistics import Statistics
    from handlers.desk import Clearance, Desk
    from handlers.reports.composing import Written
    from storage.session import Session

Kind = Literal["monthly", "department", "quarterly", "yearly"]
SENDER = "案件管理办公室"


@dataclass(frozen=True)
class Signatures:
    """Who drafted, checked and signed, and under which number it stands in the ledger."""

    drafter: str = ""
    checker: str = ""
    signer: str = ""
    number: str = ""

    @property
    def is_draft(self) -> bool:
        """Tell whether nobody has signed yet."""
        return not self.signer


@dataclass(frozen=True)
class Counted:
    """A range counted for a report, with its words still to be edited."""

    kind: Kind
    during: Range
    department: str
    facts: Facts
    figures: Statistics
    words: Written


@dataclass(frozen=True)
class Papers:
    """A report as files: in full, for an internet door, and its figures with their proof."""

    name: str
    full: bytes
    pointer: bytes
    book: bytes
    pointer_book: bytes


def count(desk: Desk, facts: Facts, kind: Kind, during: Range, *, department: str = "") -> Counted:
    """Count a range and write its words from the layout.

    Raises:
        DocumentError, YamlError: the office's own layout or lines cannot be used.
    """
    own = of_department.narrowed(facts, department) if department else facts
    figures = statistics.compute(own, during, desk.reports.lines, office=desk.office)
    often, single = common.of_range(own, during, desk.rules)
    context = placeholders.of(figures, own, often, single, department)
    words = composing.write(layout.load(kind, desk.templates), context)
    return Counted(kind, during, department, own, figures, words)


def edited(counted: Counted, texts: Mapping[str, str]) -> Counted:
    """Return a report with paragraphs as somebody rewrote them; a key is PART.PARAGRAPH, from 0."""
    parts = tuple(
        replace(
            part,
            paragraphs=tuple(
                texts.get(f"{place}.{number}", text) for number, text in enumerate(part.paragraphs)
            ),
        )
        for place, part in enumerate(counted.words.parts)
    )
    return replace(counted, words=replace(counted.words, parts=parts))


def papers(
    desk: Desk, session: Session, counted: Counted, *, day: date, signed: Signatures
) -> Papers:
    """Make a report's files; takes a second or two, no transaction may be open.

    Raises:
        DocumentError: a template cannot be used, or a chart cannot be drawn.
    """
    facts = _facts(desk, session, counted, day=day, signed=signed)
    return Papers(
        name=file_name(counted),
        full=_rendered(facts, desk.templates, "intranet"),
        pointer=_rendered(facts, desk.templates, "internet"),
        book=books.statistics_book(counted.figures, "intranet"),
        pointer_book=books.statistics_book(counted.figures, "internet"),
    )


def file_name(counted: Counted) -> str:
    """Name a report's file, without its ending."""
    to = f"（{counted.department}）" if counted.department else ""
    return f"{counted.words.name}{to}"


def _facts(
    desk: Desk, session: Session, counted: Counted, *, day: date, signed: Signatures
) -> WorkReportFacts:
    known = shown.load(
        session,
        desk.office,
        "intranet",
        entries=register.entries(counted.facts),
        cases=register.cases(counted.facts),
    )
    return WorkReportFacts(
        office=desk.office,
        name=counted.words.name,
        during=counted.during.written,
        sender=SENDER,
        made_on=day,
        ledger_head=counted.figures.head,
        parts=composing.parts(counted.words, counted.figures),
        tables=composing.annexes(counted.words, counted.figures),
        lists=tuple(
            report_lists.LISTS[key](counted.facts, counted.during, known)
            for key in counted.words.lists
            if key in report_lists.LISTS
        ),
        addressee=counted.words.addressee,
        drafter=signed.drafter,
        checker=signed.checker,
        signer=signed.signer,
        number=signed.number,
        draft=signed.is_draft,
    )


def _rendered(facts: WorkReportFacts, templates: Path | None, clearance: Clearance) -> bytes:
    return render("work_report", facts, templates=templates, clearance=clearance)
