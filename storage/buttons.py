"""Buttons: a random token on the phone, what it stands for in the database."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from storage.models.messages import ButtonRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from storage.transaction import Transaction

TOKEN_BYTES = 12
"""96 bits: cannot be guessed, and 16 characters fit the 64 bytes a button may carry."""


def create(
    tx: Transaction,
    *,
    act: str,
    object: str,  # noqa: A002 - the ledger's word for what an act is about
    person_id: int | None,
    version: int = 1,
    data: Mapping[str, Any] | None = None,
    expires_at: datetime | None = None,
) -> str:
    """Make a button and return its token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    tx.session.add(
        ButtonRow(
            token=token,
            act=act,
            object=object,
            person_id=person_id,
            version=version,
            data=dict(data or {}),
            made_at=tx.now,
            expires_at=expires_at,
        )
    )
    return token


def find(tx: Transaction, token: str) -> ButtonRow | None:
    """Return what a token stands for."""
    return tx.session.get(ButtonRow, token)


def mark_used(tx: Transaction, row: ButtonRow, *, by: str) -> None:
    """Note the first use; later presses are told of it."""
    row.used_at, row.used_by = tx.now, by
