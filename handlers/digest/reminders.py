"""A promise is reminded of on the promised day, unless it was kept or taken back."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.answers import answer_context
from handlers.findings.case_reference import reference
from handlers.people import addressees
from knowledge import chinese
from storage import due_jobs, people
from storage import findings as findings_table
from storage.models.answers import Answer
from storage.models.findings import Finding
from storage.models.people import Person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.desk import Desk
    from handlers.people.addressees import Reader
    from storage.transaction import Transaction

REMINDER = "reminder"


def plan(tx: Transaction, desk: Desk, answer: Answer) -> None:
    """Plan the reminder of a promise on its day, at the time of the digest."""
    day = _day(answer.value)
    if answer.intent != "commitment" or day is None or day <= tx.now.date():
        return
    at = datetime.combine(
        desk.calendar.next_workday(day), desk.manners.digest_time, tzinfo=tx.now.tzinfo
    )
    due_jobs.plan(tx, REMINDER, at, key=f"answer:{answer.id}", data={"answer": answer.id})


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def remind(tx: Transaction, desk: Desk, data: Mapping[str, Any]) -> None:
    """Remind of a promise; why it is not done stands in the ledger."""
    answer = tx.session.get(Answer, int(data["answer"]))
    finding = tx.session.get(Finding, answer.finding_id) if answer and answer.finding_id else None
    person = tx.session.get(Person, answer.person_id) if answer else None
    if answer is None or finding is None or person is None:
        return
    reason = _why_not(answer, finding, person)
    tx.record(
        "reminder_withheld" if reason else "reminded",
        f"finding:{finding.number}",
        actor="system",
        data={"answer": answer.id, "why": reason or "promised_day"},
    )
    if reason:
        return
    reader = _reader(tx, answer, person)
    others = answer_context.owned_by(tx.session, desk.office, reader.person)
    case = reference(finding, others, desk.clearance(reader.person.door or ""))
    whose = f"{person.name}" if reader.person.id != person.id else "您"
    tell.say(
        tx,
        reader.person,
        "prompt",
        reader.told(
            f"{finding.number} {case}：{whose}{chinese.month_day(answer.said_at.date())}答复"
            f"{chinese.month_day(tx.now.date())}办理，特此提醒。办好后请直接回复本消息。"
        ),
        subjects=[finding.number],
        key=f"reminder:{answer.id}",
    )


def _reader(tx: Transaction, answer: Answer, person: Person) -> Reader:
    """Return who keeps a promise today: its giver, who stands in for him, or whose case it is.

    A stand-in's promise is his principal's once that one is back.
    """
    principal = people.by_id(tx.session, answer.principal_id)
    return addressees.reader(tx.session, principal or person, "prosecutor", "assistant", "head")


def _why_not(answer: Answer, finding: Finding, person: Person) -> str | None:
    if answer.standing != "recorded":
        return answer.standing
    if finding.state == findings_table.CLOSED:
        return "closed"
    if finding.state != "acknowledged":
        return "answered_since"
    return None if people.is_reachable(person) else "unreachable"
