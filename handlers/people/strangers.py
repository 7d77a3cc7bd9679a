"""Somebody who is bound to nobody: a code binds him, anything else gets one sentence."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import help_texts, tell
from handlers.incoming import Edited, Pressed, Said, Uploaded
from handlers.people.accounts import CODE_LENGTH, CODE_LETTERS, bind, hash_of
from storage import invites, settings
from storage.models.people import Person

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Incoming, Origin
    from storage.models.people import Invite
    from storage.transaction import Transaction

TRIES = 5
TRY_WINDOW = timedelta(minutes=10)
ANSWERS_A_DAY = 5
_CODE = re.compile(rf"(?<![0-9A-Z])[{CODE_LETTERS}]{{{CODE_LENGTH}}}(?![0-9A-Z])")


def met(tx: Transaction, desk: Desk, event: Incoming) -> None:
    """Answer a stranger; what he sent is kept, he is told five times a day at most."""
    origin = event.origin
    if isinstance(event, Said) and (code := code_in(event.text)):
        _try_code(tx, event, code)
        return
    answered = not origin.in_group and _may_answer(tx, desk, origin)
    tx.record(
        "stranger",
        _object(origin),
        actor="stranger",
        data={"kind": type(event).__name__.lower(), "answered": answered},
        text=_words(event),
    )
    if isinstance(event, Pressed):
        tell.toast(tx, origin, event.press_id, "您尚未绑定，请先绑定")
    elif answered:
        tell.answer(tx, origin, help_texts.STRANGER)


def _words(event: Incoming) -> str | None:
    if isinstance(event, Said | Edited):
        return event.text
    return event.caption or None if isinstance(event, Uploaded) else None


def _object(origin: Origin) -> str:
    return f"account:{origin.door}:{origin.account}"


def _may_answer(tx: Transaction, desk: Desk, origin: Origin) -> bool:
    """Count the answers of a day; a press is answered by its toast anyway."""
    name = f"stranger:{origin.door}:{origin.account}"
    today = tx.now.date().isoformat()
    day, said = settings.read(tx.session, desk.office, name, [today, 0])
    said = said if day == today else 0
    if said >= ANSWERS_A_DAY:
        return False
    settings.write(tx.session, desk.office, name, [today, said + 1])
    return True


def code_in(text: str) -> str | None:
    """Return the binding code in a text, however it is written: with /start, in small letters."""
    match = _CODE.search(text.upper().removeprefix("/START").strip())
    return match.group(0) if match else None


def _try_code(tx: Transaction, event: Said, code: str) -> None:
    origin = event.origin
    invited = invites.usable(tx.session, hash_of(code), tx.now)
    tries = invites.tries_since(
        tx.session, tx.now - TRY_WINDOW, door=origin.door, account=origin.account
    )
    refused = _why_refused(invited, tries, in_group=origin.in_group)
    invites.note_try(tx, door=origin.door, account=origin.account, succeeded=not refused)
    if invited is not None and (origin.in_group or not refused):
        invited.used_at = tx.now
    if refused or invited is None:
        tx.record("binding_refused", _object(origin), actor="stranger", data={"tries": tries + 1})
        tell.answer(tx, origin, refused)
        return
    person = tx.session.get_one(Person, invited.person_id)
    bind(
        tx,
        person,
        door=origin.door,
        account=origin.account,
        chat=origin.chat,
        actor=f"person:{person.id}",
    )
    tell.answer(tx, origin, help_texts.welcome(person), person=person)
    tell.remove(tx, origin, person=person)


def _why_refused(invited: Invite | None, tries: int, *, in_group: bool) -> str:
    if in_group:
        return help_texts.CODE_IN_GROUP
    if tries >= TRIES:
        return help_texts.TOO_MANY_TRIES
    return help_texts.BAD_CODE if invited is None else ""
