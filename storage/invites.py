"""One-time codes that bind a person to an account, and the tries that were made with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage.models.people import BindingTry, Invite

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy.orm import Session

    from storage.transaction import Transaction


def make(tx: Transaction, person_id: int, code_hash: str, *, life: timedelta) -> Invite:
    """Keep a code, as a hash only; the person's older ones die."""
    end_all(tx, person_id)
    invite = Invite(
        person_id=person_id, code_hash=code_hash, created_at=tx.now, expires_at=tx.now + life
    )
    tx.session.add(invite)
    return invite


def end_all(tx: Transaction, person_id: int) -> None:
    """Let every unused code of a person die."""
    for one in tx.session.scalars(
        select(Invite).where(Invite.person_id == person_id, Invite.used_at.is_(None))
    ):
        one.used_at = tx.now


def usable(session: Session, code_hash: str, now: datetime) -> Invite | None:
    """Return the invitation of a code that is neither used nor too old."""
    return session.scalars(
        select(Invite).where(
            Invite.code_hash == code_hash, Invite.used_at.is_(None), Invite.expires_at > now
        )
    ).one_or_none()


def note_try(tx: Transaction, *, door: str, account: str, succeeded: bool) -> None:
    """Count a try to bind an account with a code."""
    tx.session.add(BindingTry(door=door, account=account, tried_at=tx.now, succeeded=succeeded))


def tries_since(session: Session, moment: datetime, *, door: str, account: str) -> int:
    """Return how often an account tried to bind itself after a moment."""
    return session.scalars(
        select(func.count())
        .select_from(BindingTry)
        .where(
            BindingTry.door == door,
            BindingTry.account == account,
            BindingTry.tried_at > moment,
        )
    ).one()
