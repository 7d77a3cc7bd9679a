"""A text that was asked for is taken for that, unless it plainly speaks of something else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import tell
from handlers.awaiting import Given
from handlers.campaigns import campaign_drafting
from handlers.feedback import feedback_presses, feedback_review
from handlers.incoming import Said
from handlers.monitoring import pictures, problem_presses
from handlers.notices import instructions, notice_presses, receipts
from handlers.objections import objection_presses
from handlers.official_texts import text_presses, text_shelf
from handlers.people import delegation_presses, roster_presses
from handlers.permissions import RefusedError
from handlers.prompts import prompt_presses
from handlers.questions import question_aliases, questions
from handlers.reports import report_presses
from handlers.review import outcome_presses
from knowledge.errors import UserFacingError
from storage import awaited, outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.answers.answers import Heard
    from handlers.desk import Desk
    from storage.models.prompts import AwaitedText
    from storage.transaction import Transaction

PATIENCE = timedelta(hours=2)
CANCEL = frozenset({"取消", "不填了", "算了"})
NUMBER_FIRST = re.compile(r"[A-Za-z]{1,3}\d{2}(?![\dA-Za-z])")
TAKERS: Mapping[str, Callable[[Transaction, Desk, Given], str]] = {
    outcome_presses.NOTE: outcome_presses.take_note,
    prompt_presses.ANSWER: prompt_presses.take_answer,
    notice_presses.NUMBER: notice_presses.take_number,
    receipts.DELIVERED: receipts.take_day,
    feedback_presses.TYPED: feedback_presses.take,
    feedback_review.FOLLOW_UP: feedback_review.take_day,
    instructions.INSTRUCTION: instructions.take_instruction,
    roster_presses.TYPED: roster_presses.take,
    objection_presses.TYPED: objection_presses.take,
    problem_presses.TYPED: problem_presses.take,
    pictures.PICTURE: pictures.take_text,
    campaign_drafting.TYPED: campaign_drafting.take,
    delegation_presses.TYPED: delegation_presses.take,
    report_presses.TYPED: report_presses.take,
    report_presses.RECEIPT: report_presses.take_receipt,
    question_aliases.OTHER: question_aliases.take_other,
    text_presses.TYPED: text_presses.take_typed,
    text_shelf.REPEALED_ON: text_shelf.take_day,
}
"""Who takes a text; he returns what to answer, "" where he has asked the next question himself."""


def hear(tx: Transaction, desk: Desk, heard: Heard) -> bool:
    """Take a text that was asked for; False: nothing was, or the text is about something else."""
    row = awaited.of(tx.session, heard.person.id)
    if row is None or not isinstance(heard.event, Said) or not heard.text:
        return False
    if tx.now - row.asked_at > PATIENCE or row.act not in TAKERS:
        awaited.forget(tx, heard.person.id)
        return False
    if _speaks_of_something_else(tx, heard, row):
        return False
    given = Given(
        heard.person, heard.event.origin, row.object, dict(row.data), heard.text, heard.entry
    )
    act = row.act
    awaited.forget(tx, heard.person.id)
    if heard.text in CANCEL:
        _answer(tx, given, "已取消，未作登记。")
        return True
    try:
        said = TAKERS[act](tx, desk, given)
    except RefusedError:
        raise
    except UserFacingError as refused:
        # the question stands: a slip in a number is typed again
        awaited.ask(tx, heard.person.id, act, given.object, given.data)
        said = f"{refused}。"
    if said:
        _answer(tx, given, said)
    return True


def _answer(tx: Transaction, given: Given, text: str) -> None:
    tell.answer(tx, given.origin, text, person=given.person, kind="confirmation")


def _speaks_of_something_else(tx: Transaction, heard: Heard, row: AwaitedText) -> bool:
    """A question, a text that begins with another item's number, or one that quotes a digest."""
    if questions.asked(heard.text) is not None:
        return True
    named = NUMBER_FIRST.match(heard.text)
    if named is not None and not row.object.endswith(f":{named[0].upper()}"):
        return True
    quoted = heard.event.reply_to
    if quoted is None:
        return False
    origin = heard.event.origin
    original = outbox.original_of(tx, origin.door, origin.chat, quoted)
    return original is not None and original.kind == "digest"
