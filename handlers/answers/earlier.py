"""What was recorded of a finding before, for 为什么又提示, and how it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.digest.digest_text import days_words
from handlers.findings import states
from handlers.findings.items import is_open_term
from handlers.objections import objections
from knowledge import chinese
from storage import answers
from storage import objections as objections_table
from storage.models.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.answers.answers import Heard
    from storage.models.answers import Answer
    from storage.models.people import Person
    from storage.transaction import Transaction

STANDING = ("recorded", "accepted", "noted", "insufficient")


def answer_question(tx: Transaction, heard: Heard, findings: Sequence[Finding]) -> None:
    """Answer a question about an item with what was recorded of it before."""
    tell.answer(
        tx,
        heard.event.origin,
        text(tx, findings, str(heard.entry)),
        person=heard.person,
        subjects=[one.number for one in findings],
    )
    note(tx, heard.person, findings)


def note(tx: Transaction, person: Person, findings: Sequence[Finding]) -> None:
    """Put into the ledger that somebody asked about findings."""
    for finding in findings:
        tx.record(
            "question_about_finding",
            f"finding:{finding.number}",
            actor=f"person:{person.id}",
        )


def text(tx: Transaction, findings: Sequence[Finding], entry: str) -> str:
    """Say what was prompted and answered of findings before."""
    lines = [f"您的询问已记录（流水第 {entry} 号）。"]
    return "\n".join([*lines, *(_line(tx, finding) for finding in findings)])


def _line(tx: Transaction, finding: Finding) -> str:
    last = answers.last_of(tx.session, finding.id, standings=STANDING)
    state = states.STATE_WORDS.get(finding.state, finding.state)
    told = f"{chinese.month_day(finding.told_at.date())}首次提示，" if finding.told_at else ""
    said = f"{finding.number}：{_end(finding, tx.now.date())}{told}"
    if last is None:
        return f"{said}此前没有答复记录；目前{state}。"
    when = chinese.month_day(last.said_at.date())
    words = states.INTENT_WORDS.get(last.intent, last.intent)  # type: ignore[call-overload]
    return f"{said}{when}已记录“{words}”（流水第 {last.entry} 号）；目前{state}。"


def _end(finding: Finding, today: date) -> str:
    """Say when an open term ends: who asks about an item mostly asks that."""
    if not is_open_term(finding) or finding.due is None:
        return ""
    left = (finding.due - today).days
    return f"{chinese.month_day(finding.due)}届满，{days_words(left)}；"


def withdraw(
    tx: Transaction, person: Person, ids: Sequence[int], *, why: str = "withdrawn"
) -> list[Answer]:
    """Take claims back: the state before returns where nothing newer was said."""
    taken: list[Answer] = []
    for answer in answers.with_ids(tx.session, ids):
        if answer.person_id != person.id or answer.standing not in answers.STILL_TO_DECIDE:
            continue
        was_recorded = answer.standing == answers.RECORDED
        answer.standing = why
        taken.append(answer)
        if was_recorded:
            _restore(tx, answer)
            _end_objection(tx, answer)
        tx.record(
            f"answer_{why}",
            f"answer:{answer.id}",
            actor=f"person:{person.id}",
            data={"finding": answer.finding_id},
        )
    return taken


def _end_objection(tx: Transaction, answer: Answer) -> None:
    """Who takes an objection back has none on its way, unless somebody gave his opinion already."""
    finding = tx.session.get(Finding, answer.finding_id) if answer.finding_id else None
    known = objections_table.live_of(tx.session, finding.id) if finding else None
    if answer.intent == "objection" and finding is not None and known and not known.opinions:
        objections.end(tx, finding)
        tx.record(
            "objection_given_up",
            f"finding:{finding.number}",
            actor=f"person:{answer.person_id}",
            data={"objection": known.id},
        )


def _restore(tx: Transaction, answer: Answer) -> None:
    finding = tx.session.get(Finding, answer.finding_id) if answer.finding_id else None
    if finding is None or finding.state == "closed":
        return
    if answer.state_before and answers.is_last_word(tx.session, answer):
        finding.state = answer.state_before
        finding.version += 1
        if finding.state in {"new", "sent"}:
            finding.answered_at = None
