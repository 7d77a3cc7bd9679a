"""What somebody with the database's password can do to the ledger, for tests that must notice."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text

from storage.ledger_guards import SQLITE, removals
from storage.ledger_head import FIRST, chained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from storage.database import Database


@contextmanager
def unguarded(database: Database) -> Iterator[Connection]:
    """Open a transaction under which the guards of the ledger are off, as an administrator can."""
    off, on = _SWITCHES["sqlite" if database.is_sqlite else "postgresql"]
    with database.engine.begin() as connection:
        for statement in off:
            connection.exec_driver_sql(statement)
        yield connection
        for statement in on:
            connection.exec_driver_sql(statement)


_SWITCHES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sqlite": (removals("sqlite"), SQLITE),
    "postgresql": (
        ("ALTER TABLE ledger DISABLE TRIGGER ALL",),
        ("ALTER TABLE ledger ENABLE TRIGGER ALL",),
    ),
}


def rehash(connection: Connection, *, with_head: bool = True) -> None:
    """Chain the whole ledger anew, so that it looks untouched from inside."""
    previous = FIRST
    rows = connection.execute(text("SELECT seq, body FROM ledger ORDER BY seq")).all()
    for place, (seq, body) in enumerate(rows, start=1):
        fresh = chained(place, previous, body)
        connection.execute(
            text("UPDATE ledger SET seq = :place, previous = :before, hash = :h WHERE seq = :seq"),
            {"place": place, "before": previous, "h": fresh, "seq": seq},
        )
        previous = fresh
    if with_head:
        connection.execute(
            text("UPDATE ledger_head SET size = :size, hash = :hash"),
            {"size": len(rows), "hash": previous},
        )


def _edit(connection: Connection) -> None:
    connection.execute(text("UPDATE ledger SET body = replace(body, '沟通', '协商') WHERE seq = 4"))


def _edit_column(connection: Connection) -> None:
    connection.execute(text("UPDATE ledger SET act = 'finding_closed' WHERE seq = 4"))


def _delete(connection: Connection) -> None:
    connection.execute(text("DELETE FROM ledger WHERE seq = 4"))


def _insert(connection: Connection) -> None:
    for seq in range(10, 3, -1):
        connection.execute(
            text("UPDATE ledger SET seq = :to WHERE seq = :seq"), {"seq": seq, "to": seq + 1}
        )
    connection.execute(
        text(
            "INSERT INTO ledger (seq, moment, act, object, body, previous, hash) "
            "SELECT 4, moment, act, object, body, previous, hash FROM ledger WHERE seq = 3"
        )
    )


def _swap(connection: Connection) -> None:
    for seq, to in ((4, 99), (5, 4), (99, 5)):
        connection.execute(
            text("UPDATE ledger SET seq = :to WHERE seq = :seq"), {"seq": seq, "to": to}
        )


ATTACKS: dict[str, Callable[[Connection], None]] = {
    "edit": _edit,
    "edit_column": _edit_column,
    "delete": _delete,
    "insert": _insert,
    "swap": _swap,
}
"""Attacks on the fourth of ten entries."""
