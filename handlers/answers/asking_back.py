"""Ask back when an answer could mean more than one item; guessing is never done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.answers import recording
from handlers.findings.case_reference import reference
from storage.models.answers import Answer

if TYPE_CHECKING:
    from handlers.answers.answer_context import Situation
    from handlers.answers.answers import Heard
    from handlers.desk import Desk
    from knowledge.replies.model import Understanding
    from storage.models.findings import Finding
    from storage.transaction import Transaction

MOST_CANDIDATES = 12


def ask(
    tx: Transaction,
    desk: Desk,
    heard: Heard,
    situation: Situation,
    understanding: Understanding,
) -> None:
    """Ask which item was meant; the words are kept, a button binds them."""
    candidates = _candidates(situation, understanding)
    pending = _keep(tx, heard, understanding)
    clearance = desk.clearance(heard.event.origin.door)
    pressable = [
        tell.button(
            tx,
            heard.person,
            f"{one.number} {reference(one, situation.findings, clearance)}",
            "bind",
            f"finding:{one.id}",
            data={"answer": pending.id},
        )
        for one in candidates
    ]
    pressable.append(
        tell.button(tx, heard.person, "都不是", "bind_none", "answer", data={"answer": pending.id})
    )
    tell.answer(
        tx,
        heard.event.origin,
        f"您的话已留存（流水第 {heard.entry} 号）。请问说的是哪一条？点一下即可。",
        person=heard.person,
        buttons=tell.rows(pressable, per_row=1),
        subjects=[one.number for one in candidates],
    )
    tx.record(
        "asked_back",
        f"person:{heard.person.id}",
        actor="system",
        data={
            "candidates": [one.number for one in candidates],
            "why": understanding.reason,
            "said_in": heard.entry,
        },
    )


def _keep(tx: Transaction, heard: Heard, understanding: Understanding) -> Answer:
    first = understanding.readings[0] if understanding.readings else None
    pending = Answer(
        finding_id=None,
        person_id=heard.person.id,
        said_at=tx.now,
        intent=first.intent if first else "explanation",
        field=first.field if first else None,
        value=first.value if first else None,
        standing="asking",
        door=heard.event.origin.door,
        chat=heard.event.origin.chat,
        message_id=heard.event.origin.message_id,
    )
    tx.session.add(pending)
    tx.session.flush()
    entry = heard.entry
    tx.after_numbering(lambda: recording.keep_entry(pending, entry))
    return pending


def _candidates(situation: Situation, understanding: Understanding) -> list[Finding]:
    named = [situation.finding(one.finding) for one in understanding.readings]
    chosen = [one for one in named if one is not None] or list(situation.findings)
    unique: dict[tuple[str, str], Finding] = {}
    for one in chosen:
        unique.setdefault((one.case_no, one.item), one)
    return list(unique.values())[:MOST_CANDIDATES]
