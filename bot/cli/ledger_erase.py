"""`fangyuan ledger erase`: personal texts that are over their time, erased after a look at them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from bot.cli.user import OPERATOR
from bot.office import open_office
from bot.standing import existing
from handlers.upkeep import retention
from storage import retention as records

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

_REASON = "保管期满"


def run(root: Path, before: date, *, yes: bool, now: datetime) -> None:
    """Say what would be erased, ask, erase.

    Raises:
        TooEarlyError: the day is less than a year ago.
    """
    office = open_office(existing(root))
    try:
        with office.database.transaction(now) as tx:
            found = records.overdue(tx.session, retention.moment(tx, before))
        if found.nothing:
            print(f"{before} 以前没有可以清除的文字", file=sys.stderr)
            return
        if not yes and not _agreed(before, found):
            print("没有清除", file=sys.stderr)
            return
        with office.database.transaction(now) as tx:
            done = retention.erase(tx, before, reason=_REASON, actor=OPERATOR)
        office.database.settle_files()
    finally:
        office.close()
    print(retention.in_words(done), file=sys.stderr)


def _agreed(before: date, found: records.Overdue) -> bool:
    told = (
        f"将清除 {before} 以前的个人文字 {found.texts} 段、来信原文 {found.updates} 条、"
        f"消息原文 {found.messages} 条，不能恢复；归档文书的文字保留。继续吗？"
    )
    if not sys.stdin.isatty():
        print(f"{told}请加 --yes", file=sys.stderr)
        return False
    return typer.confirm(told, err=True)
