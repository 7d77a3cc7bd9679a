"""Asking for a text where nothing can be chosen: the next text of the person is taken for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers import tell
from storage import awaited

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.incoming import Origin
    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction

CANCEL = "不想填写请发送“取消”。"


@dataclass(frozen=True)
class Given:
    """A text that was asked for, with what it is for and the ledger entry that keeps it."""

    person: Person
    origin: Origin
    object: str
    data: Mapping[str, Any]
    text: str
    entry: EntryMark


def ask(
    tx: Transaction,
    person: Person,
    origin: Origin,
    act: str,
    object_: str,
    *,
    question: str,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Ask a question whose answer is the person's next text."""
    awaited.ask(tx, person.id, act, object_, data or {})
    tell.answer(tx, origin, f"{question}{CANCEL}", person=person)
