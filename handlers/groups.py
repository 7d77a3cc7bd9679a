"""In a group only rule questions are answered; of cases only how many wait in private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import help_texts, tell
from handlers.answers import sensitive
from handlers.incoming import Edited, Said, Uploaded
from handlers.questions import questions, term_answers
from handlers.views import mine

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Incoming
    from storage.models.people import Person
    from storage.transaction import Transaction


def heard(tx: Transaction, desk: Desk, person: Person, event: Incoming) -> None:
    """Answer what was said to the bot in a group; what was not is left alone."""
    if not event.origin.addressed:
        return
    if isinstance(event, Said | Edited):
        _said(tx, desk, person, event)
    elif isinstance(event, Uploaded):
        _uploaded(tx, desk, person, event)


def _said(tx: Transaction, desk: Desk, person: Person, event: Said | Edited) -> None:
    tx.record(
        "said_in_group",
        f"person:{person.id}",
        actor=f"person:{person.id}",
        data={"message": event.origin.message_id},
        text=event.text,
    )
    text = " ".join(word for word in event.text.split() if not word.startswith("@"))
    question = questions.asked(text)
    if term_answers.answer(tx, desk, person, event.origin, question or text):
        sensitive.remove_if_sensitive(tx, desk, person, event)
        return
    found = questions.look_up(desk, question or text, tx.now.date())
    if question or (found.results and questions.looks_like_one(text)):
        questions.give(tx, desk, person, event.origin, question or text, found)
    else:
        waiting = mine.count(tx, desk, person)
        tell.answer(tx, event.origin, f"有 {waiting} 条，请私聊查看。", person=person)
    sensitive.remove_if_sensitive(tx, desk, person, event)


def _uploaded(tx: Transaction, desk: Desk, person: Person, event: Uploaded) -> None:
    """No file is taken in a group; on an internet door it is removed."""
    removed = desk.clearance(event.origin.door) == "internet" and event.kind != "sticker"
    tx.record(
        "uploaded_in_group",
        f"person:{person.id}",
        actor=f"person:{person.id}",
        data={"kind": event.kind, "size": event.size, "removed": removed},
    )
    if removed:
        tell.remove(tx, event.origin, person=person)
        tell.answer(tx, event.origin, help_texts.FILE_REMOVED, person=person)
