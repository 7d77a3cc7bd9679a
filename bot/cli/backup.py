"""`fangyuan backup / restore`: a checked copy of the database, and the way back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from bot import backups
from bot.cli.user import OPERATOR
from bot.config import BackupPart, load_if_there
from bot.home import Home
from bot.home_lock import held
from bot.office import open_office
from bot.standing import existing
from storage import backup, backup_swap
from storage.errors import BackupEngineError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


def run(
    root: Path, out: Path | None, *, encrypt: Path | None, keep: int | None, now: datetime
) -> None:
    """Make a backup, while the bot goes on working; in the home's own folder old ones go.

    What is not said is as for the nightly backup: a copy in clear beside encrypted ones, or fewer
    of them kept, is nobody's wish.
    """
    home = Home(existing(root))
    office = open_office(root)
    try:
        manner = office.config.backup if office.config else BackupPart()
        words = home.root / manner.passphrase_file if manner.passphrase_file else None
        passphrase = backups.passphrase_in(encrypt or words)
        keep = manner.keep if keep is None else keep
        made = backups.make(
            home, office.database, now=now, keep=keep, passphrase=passphrase, out=out
        )
    finally:
        office.close()
    print(made.path)
    told = f"，已删去较早的备份 {made.removed} 份" if made.removed else ""
    print(
        f"已备份并核验，流水 {made.head.size} 条，末条校验值 {made.head.printed}{told}",
        file=sys.stderr,
    )


def restore(root: Path, source: Path, *, yes: bool, decrypt: Path | None, now: datetime) -> None:
    """Put a backup in the database's place; what stood there is kept beside the backups."""
    home = Home(existing(root))
    passphrase = backups.passphrase_in(decrypt)
    config = load_if_there(root)
    if config is not None and config.database and not config.database.startswith("sqlite"):
        raise BackupEngineError
    with held(root):
        if _declined(home, yes=yes):
            print("没有恢复，数据库没有变化", file=sys.stderr)
            return
        ready = home.root / f"restored-{now:%Y%m%d-%H%M%S}.db"
        head = backup.restore(source, ready, now=now, actor=OPERATOR, passphrase=passphrase)
        aside = backups.folder_of(home) / f"replaced-{now:%Y%m%d-%H%M%S}.db"
        stood = backup_swap.put_in_place(ready, home.database, aside)
    kept = f"；原数据库已另存为 {aside}" if stood else ""
    print(
        f"已从备份恢复，流水 {head.size} 条，末条校验值 {head.printed}{kept}。"
        "现在不发送任何消息，核对后请运行 fangyuan resume",
        file=sys.stderr,
    )


def _declined(home: Home, *, yes: bool) -> bool:
    if yes or not home.database.exists() or not sys.stdin.isatty():
        return False
    return not typer.confirm("备份之后的记录将不在恢复的数据库里，继续吗？", err=True)
