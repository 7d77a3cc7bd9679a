"""Every event's way: who is it, what may he, which handler; one transaction, opened by bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import groups, presses, speech, tell
from handlers.answers import answers, edits, reactions, uploads
from handlers.feedback import feedback_presses
from handlers.incoming import Edited, Pressed, Reacted, Uploaded
from handlers.monitoring import pictures
from handlers.official_texts import text_imports
from handlers.people import strangers
from handlers.permissions import RefusedError
from handlers.questions import questions
from storage import people

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Incoming
    from storage.models.people import Person
    from storage.transaction import Transaction


def handle(tx: Transaction, desk: Desk, event: Incoming) -> None:
    """Do what an event asks for."""
    person = people.by_account(tx.session, event.origin.door, event.origin.account)
    if person is None:
        strangers.met(tx, desk, event)
        return
    try:
        _of_person(tx, desk, person, event)
    except RefusedError as refused:
        tx.record(
            "refused",
            f"person:{person.id}",
            actor=f"person:{person.id}",
            data={"act": refused.act},
        )
        tell.answer(tx, event.origin, str(refused), person=person)


def _of_person(tx: Transaction, desk: Desk, person: Person, event: Incoming) -> None:
    if isinstance(event, Pressed):
        presses.pressed(tx, desk, person, event)
    elif isinstance(event, Reacted):
        reactions.reacted(tx, person, event)
    elif event.origin.in_group:
        groups.heard(tx, desk, person, event)
    elif isinstance(event, Uploaded):
        _uploaded(tx, desk, person, event)
    elif isinstance(event, Edited):
        edits.edited(tx, desk, person, event)
    else:
        speech.said(tx, desk, person, event, speech.note(tx, person, event))


def _uploaded(tx: Transaction, desk: Desk, person: Person, event: Uploaded) -> None:
    entry = tx.record(
        "uploaded",
        f"person:{person.id}",
        actor=f"person:{person.id}",
        data={"kind": event.kind, "size": event.size, "message": event.origin.message_id},
        text="\n".join(part for part in (event.file_name, event.caption) if part),
    )
    if feedback_presses.take_file(tx, desk, person, event, entry):
        return
    if pictures.take_file(tx, desk, person, event, entry):
        return
    if text_imports.take_file(tx, desk, person, event, entry):
        return
    caption = event.caption.strip()
    bound = bool(caption) and answers.hear(
        tx,
        desk,
        answers.Heard(person, event, caption, entry),
        questions.looked_up_once(desk, caption, tx.now.date()),
    )
    if bound:
        uploads.take_attachment(tx, desk, person, event)
    else:
        uploads.uploaded(tx, desk, person, event, entry)
