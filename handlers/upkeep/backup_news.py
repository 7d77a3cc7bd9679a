"""A backup was made, or could not be made: recorded, and the officers told of a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.people.addressees import officers

if TYPE_CHECKING:
    from handlers.desk import Desk
    from storage.ledger_head import Head
    from storage.transaction import Transaction


def made(tx: Transaction, name: str, head: Head) -> None:
    """Record a backup with the head of the ledger in it."""
    data = {"file": name, "entries": head.size, "head": head.printed}
    tx.record("backup_made", "office", actor="system", data=data)


def failed(tx: Transaction, desk: Desk, reason: str) -> None:
    """Record that there is no backup, and say it where somebody reads it."""
    tx.record("backup_failed", "office", actor="system", data={"reason": reason})
    text = f"今天的备份没有完成：{reason}。请联系系统管理员，当天处理。"
    for officer in officers(tx.session, desk.office):
        tell.say(tx, officer, "system", text, key=f"backup:{tx.now.date()}:{officer.id}")
