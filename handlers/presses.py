"""Buttons: each token stands for one act; a second press says what is already recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import commands, tell
from handlers.answers import answer_presses
from handlers.desk_presses import DESK_ACTS, DESK_DECISIONS
from handlers.digest import item_presses
from handlers.incoming import Said
from handlers.permissions import RefusedError
from handlers.press import Press
from handlers.questions.question_feedback import QUESTION_DECISIONS
from handlers.questions.question_presses import QUESTION_ACTS
from handlers.review.officer_presses import DECISIONS, OFFICER_ACTS
from knowledge.errors import UserFacingError
from storage import buttons as buttons_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.desk import Desk
    from handlers.incoming import Pressed
    from storage.models.people import Person
    from storage.transaction import Transaction

GONE = "这个按钮已失效，请发送 /我的 查看最新内容"


def pressed(tx: Transaction, desk: Desk, person: Person, event: Pressed) -> None:
    """Do what a button stands for; every press is answered."""
    row = buttons_table.find(tx, event.token)
    if row is None or row.act not in ACTS:
        tx.record("press_unknown", "button", actor=f"person:{person.id}")
        tell.toast(tx, event.origin, event.press_id, GONE)
        return
    press = Press(event, row, person)
    if row.person_id is not None and row.person_id != person.id:
        _refused(tx, press, "not_addressee")
        tell.toast(tx, event.origin, event.press_id, "这个按钮不是发给您的")
        return
    try:
        said = _act(tx, desk, press)
    except RefusedError as refused:
        _refused(tx, press, refused.act)
        said = str(refused)
    except UserFacingError as refused:
        _refused(tx, press, type(refused).__name__)
        said = str(refused)
    tell.toast(tx, event.origin, event.press_id, said)


def _act(tx: Transaction, desk: Desk, press: Press) -> str:
    decides = press.row.act in DECISIONS | DESK_DECISIONS | QUESTION_DECISIONS
    if decides and press.row.used_at is not None:
        return press.already()
    said = ACTS[press.row.act](tx, desk, press)
    if decides:
        buttons_table.mark_used(tx, press.row, by=press.person.name)
    return said


def _refused(tx: Transaction, press: Press, why: str) -> None:
    tx.record(
        "press_refused",
        press.row.object,
        actor=f"person:{press.person.id}",
        data={"act": press.row.act, "why": why},
    )


def _command(tx: Transaction, desk: Desk, press: Press) -> str:
    text = str(press.row.data["text"])
    origin = press.event.origin
    tx.record(
        "command_pressed",
        f"person:{press.person.id}",
        actor=f"person:{press.person.id}",
        data={"command": text},
    )
    commands.run(tx, desk, press.person, Said(origin, text), text)
    return text


ACTS: Mapping[str, Callable[[Transaction, Desk, Press], str]] = {
    **OFFICER_ACTS,
    **QUESTION_ACTS,
    **DESK_ACTS,
    "open": item_presses.open_item,
    "back": item_presses.go_back,
    "ack_all": item_presses.acknowledge_all,
    "answer_ack": item_presses.answer,
    "answer_corrected": item_presses.answer,
    "answer_explanation": item_presses.answer,
    "answer_objection": item_presses.answer,
    "answer_wrong_person": item_presses.answer,
    "withdraw": answer_presses.withdraw,
    "confirm_answer": answer_presses.confirm,
    "bind": answer_presses.bind,
    "bind_none": answer_presses.bind_none,
    "command": _command,
}
