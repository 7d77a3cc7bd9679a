"""What a person says in his private chat: a command, an answer, or a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import awaited_texts, commands, courtesies
from handlers.answers import answers, sensitive
from handlers.incoming import Edited, Said
from handlers.people import delegation_command
from handlers.questions import questions, term_answers
from knowledge.replies.intents import form_of

if TYPE_CHECKING:
    from handlers.desk import Desk
    from knowledge.search.model import Answer
    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction


def note(tx: Transaction, person: Person, event: Said | Edited) -> EntryMark:
    """Keep what was said, before anything is made of it."""
    return tx.record(
        "edited" if isinstance(event, Edited) else "said",
        f"person:{person.id}",
        actor=f"person:{person.id}",
        data={"message": event.origin.message_id, "reply_to": event.reply_to},
        text=event.text,
    )


def said(
    tx: Transaction, desk: Desk, person: Person, event: Said | Edited, entry: EntryMark
) -> None:
    """Do what a text asks for; names and id numbers are removed once it was understood."""
    text = event.text.strip()
    _understand(tx, desk, answers.Heard(person, event, text, entry))
    sensitive.remove_if_sensitive(tx, desk, person, event)


def _understand(tx: Transaction, desk: Desk, heard: answers.Heard) -> None:
    """A text is a command, a courtesy, a question that says so, an answer, else a question."""
    person, event, text = heard.person, heard.event, heard.text
    if isinstance(event, Said | Edited) and commands.run(tx, desk, person, event, text):
        return
    if awaited_texts.hear(tx, desk, heard):
        return
    if len(text) > answers.MOST_CHARACTERS:
        answers.too_long(tx, heard)
        return
    if not event.reply_to and (
        courtesies.hear(tx, heard) or delegation_command.hear(tx, desk, heard)
    ):
        return
    look_up = questions.looked_up_once(desk, text, tx.now.date())
    question = text if questions.names_a_provision(text) else questions.asked(text)
    if question is not None:
        questions.reply(tx, desk, person, event.origin, question)
    elif term_answers.answer(tx, desk, person, event.origin, text):
        return
    elif not answers.hear(tx, desk, heard, look_up):
        _question_after_all(tx, desk, heard, look_up())


def _question_after_all(tx: Transaction, desk: Desk, heard: answers.Heard, found: Answer) -> None:
    asks = form_of(heard.text) != "statement" or questions.is_a_subject(heard.text)
    fits = found.certain or (asks and bool(found.results))
    if fits or questions.looks_like_one(heard.text):
        questions.give(tx, desk, heard.person, heard.event.origin, heard.text, found)
    else:
        answers.not_understood(tx, heard)
