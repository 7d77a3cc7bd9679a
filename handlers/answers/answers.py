"""Answers in ordinary words: bound to the right item, recorded as claims, shown back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import help_texts, tell
from handlers.answers import answer_context, asking_back, earlier, recording
from handlers.permissions import may
from knowledge.replies import reader
from storage import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handlers.desk import Desk
    from handlers.incoming import Edited, Said, Uploaded
    from knowledge.replies.model import Reading, Understanding
    from knowledge.search.model import Answer
    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction

MOST_CHARACTERS = 2000
"""A longer text is kept whole, but not read: nobody answers one item in 2,000 characters."""
UNKNOWN_INPUTS = 5


@dataclass(frozen=True)
class Heard:
    """A text of a person, with what it quotes and the ledger entry that keeps it."""

    person: Person
    event: Said | Edited | Uploaded
    text: str
    entry: EntryMark


def hear(tx: Transaction, desk: Desk, heard: Heard, look_up: Callable[[], Answer]) -> bool:
    """Read a text as an answer; False: it says nothing about the person's items.

    `look_up` searches the rules for the text, where that must be known.
    """
    situation = answer_context.of_event(tx, desk, heard.person, heard.event)
    if not situation.context.items:
        return False
    understanding = reader.read(heard.text, situation.context)
    if asks_of_rules(understanding, look_up):
        return False
    if understanding.ask:
        asking_back.ask(tx, desk, heard, situation, understanding)
        return True
    bound = bind(heard.person, situation, claims(understanding))
    if bound:
        recording.record_and_confirm(tx, desk, heard, bound)
        return True
    return _hear_question(tx, heard, situation, understanding) or _hear_whole_digest(
        tx, heard, understanding
    )


def asks_of_rules(understanding: Understanding, look_up: Callable[[], Answer]) -> bool:
    """Tell whether a text asks, and points at no item: then it is about the rules.

    Who has one item open may still ask what the rules say: 聋人能用速裁吗 answers no prompt. Where
    the matter leads to an item, the rules must have something to say to it, since 为什么 alone asks
    of the item; and a bare subject must be one for certain.
    """
    if not understanding.by_matter:
        return False
    only_asks = all(one.intent == "question" for one in understanding.readings)
    if only_asks and understanding.reason == "none_named":
        return True
    found = look_up()
    if not found.results:
        return False
    is_question = understanding.form == "question"
    return is_question or (found.certain and (only_asks or understanding.form == "subject"))


def claims(understanding: Understanding) -> list[Reading]:
    """Return the readings that say something to be recorded."""
    return [one for one in understanding.readings if one.intent not in {"none", "question"}]


def _hear_question(
    tx: Transaction,
    heard: Heard,
    situation: answer_context.Situation,
    understanding: Understanding,
) -> bool:
    """A question about a bound item is answered with what was said about it before."""
    asked = [one for one in understanding.readings if one.intent == "question"]
    known = [one for reading in asked for one in situation.meant(reading)]
    if not known:
        return False
    earlier.answer_question(tx, heard, known)
    return True


def _hear_whole_digest(tx: Transaction, heard: Heard, understanding: Understanding) -> bool:
    """收到 where everything is due today or over: nothing to record but the words."""
    if not any(one.intent == "ack" and one.finding is None for one in understanding.readings):
        return False
    tell.answer(
        tx,
        heard.event.origin,
        f"已留存（流水第 {heard.entry} 号）。手上的条目今日届满或已超期，请写明编号逐条答复。",
        person=heard.person,
    )
    return True


def bind(
    person: Person, situation: answer_context.Situation, readings: Iterable[Reading]
) -> list[recording.Bound]:
    """Turn readings into claims on findings; what is said of one finding holds for its item."""
    readings = list(readings)
    spoken_of = {one.finding for one in readings}
    found: dict[int, recording.Bound] = {}
    for reading in readings:
        for finding in situation.meant(reading):
            if not may(person, "answer", finding):
                continue
            found[finding.id] = recording.Bound(
                finding, reading.intent, reading.field, reading.value
            )
            if reading.finding is None:
                continue
            for other in situation.beside(finding):
                if other.number not in spoken_of and may(person, "answer", other):
                    follower = recording.Bound(other, reading.intent, follows=True)
                    found.setdefault(other.id, follower)
    return list(found.values())


def too_long(tx: Transaction, heard: Heard) -> None:
    """Answer a text nobody could have meant as an answer to one item."""
    tell.answer(
        tx,
        heard.event.origin,
        f"文字过长（{len(heard.text)}字），已全文留存（流水第 {heard.entry} 号），但未能读出意思。"
        "请用一两句话写明编号和情况，例如：A01 已改，审结日期 5月27日。",
        person=heard.person,
    )


def not_understood(tx: Transaction, heard: Heard) -> None:
    """Say that a text was not understood, five times a day at most; it is kept all the same."""
    office, name = heard.person.office, f"unread:{heard.person.id}"
    today = tx.now.date().isoformat()
    day, said = settings.read(tx.session, office, name, [today, 0])
    said = said if day == today else 0
    answered = said < UNKNOWN_INPUTS
    tx.record(
        "not_understood",
        f"person:{heard.person.id}",
        actor="system",
        data={"answered": answered, "why": None if answered else "five_a_day"},
    )
    if not answered:
        return
    settings.write(tx.session, office, name, [today, said + 1])
    tell.answer(
        tx,
        heard.event.origin,
        help_texts.NOT_UNDERSTOOD.format(entry=heard.entry),
        person=heard.person,
    )
