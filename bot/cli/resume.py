"""`fangyuan resume`: a restored database may send again, because a person has looked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.cli.user import OPERATOR
from bot.office import open_office
from bot.standing import existing
from storage import delivery, quarantine

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

NOTHING = "没有因恢复备份而停止发送，无须恢复"


def run(root: Path, *, now: datetime) -> None:
    """End the quarantine that a restore began."""
    office = open_office(existing(root))
    try:
        with office.database.transaction(now) as tx:
            released = quarantine.release(tx, actor=OPERATOR) is not None
            waiting = delivery.waiting(tx.session, now)
            undelivered = len(delivery.failed_rows(tx.session))
    finally:
        office.close()
    print(_told(waiting, undelivered) if released else NOTHING, file=sys.stderr)


def _told(waiting: int, undelivered: int) -> str:
    told = f"已恢复发送，{waiting} 条待发消息随即发出"
    if undelivered:
        # what the original may have sent since the backup was made
        told += f"；未送达的 {undelivered} 条没有再发，请专员在聊天里发送 /未送达 逐条决定"
    return told
