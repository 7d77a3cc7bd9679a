"""What a session knows for the length of its transaction: its moment, and what was looked up once.

A question of permission is asked of a person for every row of a list; who stands in for whom does
not change between two rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

T = TypeVar("T")
MOMENT = "moment"


def set_moment(session: Session, moment: datetime) -> None:
    """Tell a session when its transaction happens."""
    session.info[MOMENT] = moment


def moment_of(session: Session) -> datetime | None:
    """Return when a session's transaction happens; None: it only reads, at no particular time."""
    return cast("datetime | None", session.info.get(MOMENT))


def remembered(session: Session, key: tuple[str, ...], look: Callable[[], T]) -> T:
    """Return what was looked up under a key before, else look now."""
    if key not in session.info:
        session.info[key] = look()
    return cast("T", session.info[key])


def forget(session: Session, kind: str) -> None:
    """Forget everything whose key begins with a word: it was changed."""
    for key in [one for one in session.info if isinstance(one, tuple) and one[0] == kind]:
        del session.info[key]
