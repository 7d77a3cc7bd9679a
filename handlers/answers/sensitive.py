"""Names and identity numbers that came in over an internet door: bound first, then removed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers import tell
from storage import findings, settings

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from knowledge.cards import CardSet
    from storage.models.people import Person
    from storage.session import Session
    from storage.transaction import Transaction

SENSITIVE_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
"""An identity number: 17 digits and a digit or X (GB 11643)."""
REMOVED = "您的消息含姓名或证件号码，已从聊天中移除，原话只存在本院。以后请写编号，如 A01。"
NAMES = "names_in_cards"
_SPACES = re.compile(r"\s+")


def is_sensitive(text: str, names: frozenset[str]) -> bool:
    """Tell whether a text holds a name of the cards or an identity number (design, point 16)."""
    plain = _SPACES.sub("", text)
    return SENSITIVE_NUMBER.search(plain) is not None or any(name in plain for name in names)


def remove_if_sensitive(tx: Transaction, desk: Desk, person: Person, event: Said | Edited) -> None:
    """On an internet door take a text with names or id numbers out of the chat, and say so."""
    origin = event.origin
    if desk.clearance(origin.door) != "internet":
        return
    if not is_sensitive(event.text, names_in_cards(tx.session, desk.office)):
        return
    tell.remove(tx, origin, person=person)
    tx.record(
        "message_removed",
        f"person:{person.id}",
        actor="system",
        data={"message": origin.message_id, "why": "name_or_id_number"},
    )
    tell.answer(tx, origin, REMOVED, person=person)


def names_in_cards(session: Session, office: str) -> frozenset[str]:
    """Return the names of suspects and cases as they stand in the cards and the findings."""
    found = findings.parties_named(session, office)
    found |= set(settings.read(session, office, NAMES, []))
    return frozenset(name for name in found if len(name) > 1)


def keep_names(tx: Transaction, office: str, cards: CardSet) -> None:
    """Keep the names of the card set in one row: taking every card apart per message is slow."""
    names = {card.text(field) for card in cards.cards for field in ("嫌疑人姓名", "案件名称")}
    settings.write(tx.session, office, NAMES, sorted(name for name in names if name))
