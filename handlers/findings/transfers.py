"""A case went to another prosecutor: the old one hears it in one line, the new one with history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import tell
from handlers.findings import states
from handlers.people import addressees
from handlers.words_beside import Words, write_words
from knowledge import chinese
from storage import answers, handovers, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.desk import Desk
    from storage.models.answers import Answer
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.session import Session
    from storage.transaction import Transaction

STANDING = ("recorded", "accepted", "noted", "insufficient")


@dataclass(frozen=True)
class Moved:
    """A finding whose case went from one prosecutor, by the name and department in the card."""

    finding: Finding
    name: str | None
    department: str | None


Whose = tuple[str | None, str | None, str | None]
"""Prosecutor, department and type of a case, as its card names them."""


def whose(finding: Finding) -> Whose:
    """Return whose case a finding is about, before a patrol takes its card over."""
    return (finding.prosecutor, finding.department, finding.case_type)


def note(tx: Transaction, finding: Finding, before: Whose) -> Moved | None:
    """Note that a case is another's now: what was answered was answered by somebody else."""
    if whose(finding) == before:
        return None
    prosecutor, department, _ = before
    moved = not (
        is_same_person(tx.session, finding.office, finding.prosecutor, prosecutor)
        or _was_handed_over(tx.session, finding, prosecutor)
    )
    if moved:
        finding.shown_on = finding.shown_as = None
        finding.moved_on = tx.now.date()
        finding.version += 1
        states.reset_state(finding)
    tx.record(
        "finding_moved",
        f"finding:{finding.number}",
        actor="system",
        data={
            "case_no": finding.case_no,
            "case_type": finding.case_type,
            "department": finding.department,
        },
        text=write_words(
            Words(
                case_name=finding.case_name,
                prosecutor=finding.prosecutor,
                said=f"承办检察官由{prosecutor or '空白'}变为{finding.prosecutor or '空白'}",
            ),
            minor=finding.minor,
        ),
    )
    return Moved(finding, prosecutor, department) if moved else None


def tell_old(tx: Transaction, desk: Desk, moved: Iterable[Moved]) -> None:
    """Tell each old prosecutor in one line which items he was prompted of went to another."""
    gone: dict[int, tuple[Person, list[str]]] = {}
    for one in sorted(moved, key=lambda each: each.finding.id):
        if one.finding.told_at is None or one.name is None:
            continue
        reader = _meant(tx.session, desk, one)
        if reader is None:
            tx.record(
                "not_told",
                f"finding:{one.finding.number}",
                actor="system",
                data={"why": "old_prosecutor_not_reachable"},
            )
            continue
        gone.setdefault(reader.id, (reader, []))[1].append(one.finding.number)
    for reader, numbers in gone.values():
        text = f"{'、'.join(numbers)} 的案件已变更承办检察官，条目已转出，您不必再答复。"
        tell.say(tx, reader, "prompt", text, subjects=numbers)


def is_same_person(session: Session, office: str, one: str | None, other: str | None) -> bool:
    """Tell whether two names in cards are one person's, an alias and the name."""
    if one == other:
        return True
    meant, also = people.named(session, office, one), people.named(session, office, other)
    return len(meant) == 1 and [each.id for each in meant] == [each.id for each in also]


def _was_handed_over(session: Session, finding: Finding, before: str | None) -> bool:
    """Tell whether the card only now says what the office did itself: both know, answers stand."""
    handed = handovers.of_case(session, finding.office, finding.case_no, before)
    receiver = people.by_id(session, handed.receiver_id) if handed is not None else None
    return receiver is not None and finding.prosecutor in {receiver.name, *receiver.aliases}


def note_line(finding: Finding) -> str:
    """Say in a digest that an item was prompted before, of somebody else."""
    if finding.moved_on is None or finding.told_at is None:
        return ""
    told = chinese.month_day(finding.told_at.date())
    return f"本案承办检察官已变更，此前已于{told}提示过"


def history(tx: Transaction, findings: Sequence[Finding]) -> list[str]:
    """Say what was prompted and answered before a case moved, names left out."""
    lines = []
    for finding in findings:
        if finding.moved_on is None:
            continue
        told = finding.told_at
        before = f"，此前已于{chinese.month_day(told.date())}提示过" if told else ""
        moved = chinese.month_day(finding.moved_on)
        lines.append(f"{finding.number} 承办检察官{moved}变更{before}")
        lines += [_answered(one) for one in _before_the_move(tx.session, finding)]
    return lines


def _before_the_move(session: Session, finding: Finding) -> list[Answer]:
    return [
        one
        for one in answers.of_finding(session, finding.id, standings=STANDING)
        if finding.moved_on is not None and one.said_at.date() <= finding.moved_on
    ]


def _answered(answer: Answer) -> str:
    when = chinese.month_day(answer.said_at.date())
    words = states.INTENT_WORDS.get(answer.intent, answer.intent)  # type: ignore[call-overload]
    return f"    {when}答复：{words}（流水第 {answer.entry} 号）"


def _meant(session: Session, desk: Desk, moved: Moved) -> Person | None:
    found = people.named(session, desk.office, moved.name)
    if len(found) > 1:
        found = [one for one in found if one.department == moved.department]
    if len(found) != 1:
        return None
    reader = addressees.reader(session, found[0], "prosecutor").person
    return reader if people.is_reachable(reader) else None
