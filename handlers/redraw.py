"""A press turns the message it came from into something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from storage import outbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.press import Press
    from storage.transaction import Transaction


def redraw(
    tx: Transaction,
    press: Press,
    text: str,
    *,
    buttons: tell.Rows = (),
    subjects: Sequence[str] = (),
) -> None:
    """Show another text and other buttons in the pressed message.

    A message that carries a file stays as it is, the paper and its words together: the text then
    comes as an answer to it.
    """
    origin = press.event.origin
    original = outbox.original_of(tx, origin.door, origin.chat, origin.message_id)
    if original is not None and original.document is not None:
        tell.answer(tx, origin, text, person=press.person, buttons=buttons, subjects=subjects)
        return
    tell.edit(
        tx,
        origin,
        text,
        person=press.person,
        version=outbox.next_edit_version(tx, origin.door, origin.chat, origin.message_id),
        buttons=buttons,
        subjects=subjects,
    )
