"""Texts that people were asked to type: one question each, the newest wins, taken once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.models.prompts import AwaitedText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from storage.transaction import Transaction


def ask(
    tx: Transaction,
    person_id: int,
    act: str,
    object: str,  # noqa: A002 - the ledger's word for what an act is about
    data: Mapping[str, Any],
) -> None:
    """Note what a person's next text is for."""
    row = tx.session.get(AwaitedText, person_id)
    if row is None:
        row = AwaitedText(person_id=person_id)
        tx.session.add(row)
    row.act, row.object, row.data, row.asked_at = act, object, dict(data), tx.now
    tx.session.flush()


def of(session: Session, person_id: int) -> AwaitedText | None:
    """Return what a person was asked to type."""
    return session.get(AwaitedText, person_id)


def forget(tx: Transaction, person_id: int) -> None:
    """The text came, or is no longer asked for."""
    row = tx.session.get(AwaitedText, person_id)
    if row is not None:
        tx.session.delete(row)
        tx.session.flush()
