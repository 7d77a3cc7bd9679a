"""`fangyuan resume`: a restored database may send again, because a person has looked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.cli.user import OPERATOR
from bot.office import open_office
from bot.standing import existing
from storage import quarantine

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


def run(root: Path, *, now: datetime) -> None:
    """End the quarantine that a restore began."""
    office = open_office(existing(root))
    try:
        with office.database.transaction(now) as tx:
            released = quarantine.release(tx, actor=OPERATOR) is not None
    finally:
        office.close()
    told = "已恢复发送" if released else "没有因恢复备份而停止发送，无须恢复"
    print(told, file=sys.stderr)
