"""Write messages to people as outbox rows; nothing is sent here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import buttons
from storage.outbox import Kind, Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from handlers.digest.digest_parts import Part
    from handlers.incoming import Origin
    from storage.models.people import Person
    from storage.transaction import Transaction

__all__ = ["Kind"]
Rows = tuple[tuple[tuple[str, str], ...], ...]
PER_ROW = 4
LONGEST_CAPTION = 900
"""Characters beside a file; the messenger takes 1,024."""


def button(
    tx: Transaction,
    person: Person,
    label: str,
    act: str,
    object_: str,
    *,
    version: int = 1,
    data: Mapping[str, object] | None = None,
) -> tuple[str, str]:
    """Make one button: its label and the random token that stands for the act."""
    token = buttons.create(
        tx, act=act, object=object_, person_id=person.id, version=version, data=data or {}
    )
    return (label, token)


def record_button(
    tx: Transaction,
    person: Person,
    record: tuple[str, int, int],
    label: str,
    act: str,
    data: dict[str, object],
) -> tuple[str, str]:
    """Make a button on a record as it now stands: its kind, its id and its version."""
    kind, id_, version = record
    told: dict[str, object] = {kind: id_, "label": label, **data}
    return button(tx, person, label, act, f"{kind}:{id_}", version=version, data=told)


def rows(pressable: Iterable[tuple[str, str]], per_row: int = PER_ROW) -> Rows:
    """Lay buttons out in rows."""
    flat = tuple(pressable)
    return tuple(flat[start : start + per_row] for start in range(0, len(flat), per_row))


def say(
    tx: Transaction,
    person: Person,
    kind: Kind,
    text: str,
    *,
    buttons: Rows = (),
    reply_to: int | None = None,
    subjects: Sequence[str] = (),
    key: str | None = None,
) -> None:
    """Say something to a bound person in his private chat; an unbound one gets nothing."""
    if person.door is None or person.chat is None:
        tx.record(
            "message_withheld",
            f"person:{person.id}",
            actor="system",
            data={"kind": kind, "subjects": list(subjects), "why": "not_bound"},
        )
        return
    tx.send(
        Outgoing(
            person_id=person.id,
            door=person.door,
            chat=person.chat,
            kind=kind,
            text=text,
            buttons=buttons,
            reply_to=reply_to,
            subjects=tuple(subjects),
            dedup_key=key,
        )
    )


def document(
    tx: Transaction,
    person: Person,
    text: str,
    path: Path | None,
    name: str,
    *,
    kind: Kind = "document",
    buttons: Rows = (),
    key: str | None = None,
) -> None:
    """Send a file to a bound person in his private chat; an unbound one gets nothing.

    A file carries few words: a longer text goes before it, with the buttons.
    """
    if person.door is None or person.chat is None:
        say(tx, person, kind, text)
        return
    if len(text) > LONGEST_CAPTION:
        words_key = f"{key}:text" if key else None
        say(tx, person, kind, text, buttons=buttons, key=words_key)
        text, buttons = name, ()
    tx.send(
        Outgoing(
            person_id=person.id,
            door=person.door,
            chat=person.chat,
            kind=kind,
            text=text,
            buttons=buttons,
            document=path,
            file_name=name if path else None,
            dedup_key=key,
        )
    )


def answer(
    tx: Transaction,
    origin: Origin,
    text: str,
    *,
    kind: Kind = "answer",
    person: Person | None = None,
    buttons: Rows = (),
    subjects: Sequence[str] = (),
) -> None:
    """Answer a message in the chat it came from, quoting it."""
    tx.send(
        Outgoing(
            person_id=person.id if person else None,
            door=origin.door,
            chat=origin.chat,
            kind=kind,
            text=text,
            buttons=buttons,
            reply_to=origin.message_id,
            subjects=tuple(subjects),
        )
    )


def toast(tx: Transaction, origin: Origin, press_id: str, text: str) -> None:
    """Show the short answer to a press."""
    tx.send(
        Outgoing(
            person_id=None,
            door=origin.door,
            chat=origin.chat,
            kind="toast",
            text=text[:200],
            press_id=press_id,
        )
    )


def edit(
    tx: Transaction,
    origin: Origin,
    text: str,
    *,
    person: Person,
    version: int,
    buttons: Rows = (),
    subjects: Sequence[str] = (),
) -> None:
    """Replace the message the press came from."""
    tx.send(
        Outgoing(
            person_id=person.id,
            door=origin.door,
            chat=origin.chat,
            kind="edit",
            text=text,
            buttons=buttons,
            edit_of=(origin.message_id, version),
            subjects=tuple(subjects),
        )
    )


def remove(tx: Transaction, origin: Origin, *, person: Person | None = None) -> None:
    """Take a message out of the chat it stands in."""
    tx.send(
        Outgoing(
            person_id=person.id if person else None,
            door=origin.door,
            chat=origin.chat,
            kind="delete",
            text="",
            edit_of=(origin.message_id, 1),
        )
    )


def digest_part(
    tx: Transaction,
    person: Person,
    part: Part,
    *,
    key: str,
    acknowledged: Sequence[str] = (),
    prefix: str = "",
    kind: Kind = "digest",
) -> None:
    """Send one part of a digest with a button per item; the last one takes 全部知悉 for all."""
    pressable = [
        button(
            tx,
            person,
            item.lead.number,
            "open",
            f"finding:{item.lead.id}",
            data={"findings": [one.id for one in item.findings]},
        )
        for item in part.items
    ]
    if acknowledged:
        numbers = {"numbers": list(acknowledged)}
        pressable.append(button(tx, person, "全部知悉", "ack_all", "digest", data=numbers))
    say(
        tx,
        person,
        kind,
        prefix + part.text,
        buttons=rows(pressable),
        subjects=[one.number for item in part.items for one in item.findings],
        key=key,
    )
