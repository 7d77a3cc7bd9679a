"""What became of a send, written down: sent, not sent, unknown, postponed, blocked or moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.door import (
    BlockedError,
    LaterError,
    MovedError,
    RefusedError,
    SendError,
    UncertainError,
    UnreachableError,
)
from storage import delivery, people

if TYPE_CHECKING:
    from bot.parcel import Parcel
    from handlers.incoming import Origin
    from storage.transaction import Transaction


def write_down(tx: Transaction, *, parcel: Parcel, result: int | SendError | None) -> None:
    """Record the result of a send under its named reason."""
    if not isinstance(result, SendError):
        delivery.sent(tx, parcel.id, result)
    elif isinstance(result, BlockedError):
        _blocked(tx, parcel, result.reason)
    elif isinstance(result, MovedError):
        delivery.moved(tx, parcel.id, result.chat)
    elif isinstance(result, UncertainError):
        delivery.unknown(tx, parcel.id, result.reason)
    elif isinstance(result, (LaterError, UnreachableError)) and not parcel.is_toast:
        delivery.postponed(tx, parcel.id, result.reason)
    else:
        delivery.not_sent(tx, parcel.id, result.reason, final=True)


def _blocked(tx: Transaction, parcel: Parcel, reason: str) -> None:
    """The person cannot be reached: it is noted once, and a person must see what was not sent."""
    delivery.not_sent(tx, parcel.id, reason, final=True)
    reader = people.in_chat(tx.session, parcel.door, parcel.message.chat)
    if reader is not None and not reader.unreachable:
        reader.unreachable = True
        tx.record(
            "person_unreachable", f"person:{reader.id}", actor="system", data={"reason": reason}
        )


def heard_from(tx: Transaction, origin: Origin) -> None:
    """Note that somebody who had blocked the bot writes again: he can be reached."""
    person = people.by_account(tx.session, origin.door, origin.account)
    if person is not None and person.unreachable and not origin.in_group:
        person.unreachable = False
        tx.record("person_reachable", f"person:{person.id}", actor="system")


def asked_to_wait(result: int | SendError | None) -> float:
    """Return for how many seconds the messenger wants to be left alone by a chat."""
    return result.wait.total_seconds() if isinstance(result, LaterError) else 0.0


def no_door(name: str) -> RefusedError:
    """Return the result of a send through a door that is not open."""
    return RefusedError(f"消息通道 {name} 没有打开")


def no_file(fault: OSError) -> RefusedError:
    """Return the result of a send whose document is not there."""
    return RefusedError(f"附件无法读取：{fault.strerror or type(fault).__name__}")
