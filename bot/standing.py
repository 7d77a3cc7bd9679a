"""Where an office stands when a command only looks: which day it is, whose finding one is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from knowledge.errors import UserFacingError
from storage import people, settings, snapshots

if TYPE_CHECKING:
    from pathlib import Path

    from storage.models.people import Person
    from storage.session import Session

DIGEST_DAY = "digest_day"
"""The setting that holds the day of the last digest."""


class NoHomeError(UserFacingError):
    """A command that only looks was pointed at a folder that is not there."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"数据目录 {root} 不存在。请先运行 fangyuan init，或用 --home 指定正确的目录"
        )


def existing(root: Path) -> Path:
    """Return the home if it is there: looking must not make one out of a slip of the pen.

    Raises:
        NoHomeError: it is not.
    """
    if not root.is_dir():
        raise NoHomeError(root)
    return root


def as_of(session: Session, office: str, today: date) -> date:
    """Return the day an office stands at: its newest snapshot's, else today (design, As-of day)."""
    newest = snapshots.newest(session, office)
    return not_before_digest(session, office, newest.day if newest else today)


def not_before_digest(session: Session, office: str, day: date) -> date:
    """Return a day, or the last digest's where that is later: findings never go back in time."""
    told = settings.read(session, office, DIGEST_DAY)
    return max(day, date.fromisoformat(told)) if told else day


def person_of(session: Session, office: str, name: str | None) -> Person | None:
    """Return the one person of a name; of two with one name neither is taken."""
    found = people.named(session, office, name)
    return found[0] if len(found) == 1 else None
