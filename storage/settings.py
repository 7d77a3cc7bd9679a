"""Read and change the switches of an office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.models.settings import Setting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def read(session: Session, office: str, name: str, default: object = None) -> Any:
    """Return a switch's value, the default where it was never set."""
    row = session.get(Setting, (office, name))
    return default if row is None else row.value


def write(session: Session, office: str, name: str, value: Any) -> None:
    """Set a switch."""
    row = session.get(Setting, (office, name))
    if row is None:
        session.add(Setting(office=office, name=name, value=value))
        # only a flushed row is found again by its key
        session.flush()
    else:
        row.value = value
