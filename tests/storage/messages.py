"""Messages on their way, for tests of the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from storage import delivery, ledger
from storage.models.messages import OutboxRow
from storage.outbox import Outgoing
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from storage.database import Database
    from storage.outbox import Kind


def message(kind: Kind = "digest", text: str = "A01 提示", **more: Any) -> Outgoing:
    fields = {"person_id": 1, "door": "telegram", "chat": "7", **more}
    return Outgoing(kind=kind, text=text, **fields)


def put(database: Database, *messages: Outgoing, at: float = 0) -> list[int]:
    """Write messages in one transaction and return the numbers of their rows."""
    with database.transaction(later(at)) as tx:
        rows = [tx.send(one) for one in messages]
    return [row.id for row in rows if row is not None]


def claim(database: Database, id_: int, at: float = 0) -> bool:
    with database.transaction(later(at), alone=False) as tx:
        return delivery.claim(tx, id_) is not None


def deliver(database: Database, id_: int, message_id: int | None = 100, at: float = 0) -> None:
    """Take a message and have it arrive."""
    assert claim(database, id_, at)
    with database.transaction(later(at), alone=False) as tx:
        delivery.sent(tx, id_, message_id)


def lose(database: Database, id_: int, at: float = 0) -> None:
    """Take a message and never learn what became of it."""
    assert claim(database, id_, at)
    with database.transaction(later(at), alone=False) as tx:
        delivery.unknown(tx, id_, "超时")


def refuse(database: Database, id_: int, at: float = 0, *, final: bool = False) -> None:
    """Take a message and have it refused."""
    assert claim(database, id_, at)
    with database.transaction(later(at), alone=False) as tx:
        delivery.not_sent(tx, id_, "对方服务出错", final=final)


def line(database: Database, at: float = 0, **more: Any) -> list[int]:
    with database.reading() as session:
        return delivery.sendable(session, later(at), **more)


def row_of(database: Database, id_: int) -> OutboxRow:
    with database.reading() as session:
        return session.get_one(OutboxRow, id_)


def rows(database: Database) -> list[OutboxRow]:
    with database.reading() as session:
        return list(session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def said(database: Database) -> list[tuple[str, str, str]]:
    """What the ledger says became of messages: act, row, reason."""
    with database.reading() as session:
        found = [ledger.content_of(entry) for entry in ledger.tail(session, 0)]
    return [
        (
            one["act"].removeprefix("message_"),
            one["object"].partition(":")[2],
            one["data"]["reason"],
        )
        for one in found
        if one["act"].startswith("message_") and "reason" in one["data"]
    ]


__all__ = ["NOW", "claim", "deliver", "line", "lose", "message", "put", "refuse", "row_of", "rows"]
