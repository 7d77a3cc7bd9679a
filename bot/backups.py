"""Backups of a home: made, checked, the old ones making room; by hand or every evening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.home import OWNER_ONLY, HomeUnusableError
from storage import backup, backup_cipher, backup_rotation

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.home import Home
    from storage.database import Database
    from storage.ledger_head import Head


@dataclass(frozen=True)
class Made:
    """A backup as it lies there: its file, the head of its ledger, how many older ones went."""

    path: Path
    head: Head
    removed: int


def make(
    home: Home,
    database: Database,
    *,
    now: datetime,
    keep: int,
    passphrase: bytes | None = None,
    out: Path | None = None,
) -> Made:
    """Make a backup while the bot goes on working; in the home's own folder old ones go.

    Raises:
        BackupEngineError, BackupError: the database is a server's, or the copy cannot be made.
        HomeUnusableError: the folder of backups cannot be made.
    """
    folder = folder_of(home)
    target = out or folder / backup_rotation.name_of(now, encrypted=passphrase is not None)
    if passphrase is None:
        head = backup.backup(database, target)
    else:
        head = backup.backup_encrypted(database, target, passphrase, folder)
    gone = backup_rotation.rotate(folder, keep) if out is None else []
    return Made(target, head, len(gone))


def passphrase_in(path: Path | None) -> bytes | None:
    """Read a passphrase where there is a file for it.

    Raises:
        PassphraseError: the file cannot be read, or its words are too short.
    """
    return backup_cipher.read_passphrase(path) if path else None


def folder_of(home: Home) -> Path:
    """Make the folder of backups where it is not there yet.

    Raises:
        HomeUnusableError: it cannot be made.
    """
    try:
        home.backups.mkdir(mode=OWNER_ONLY, exist_ok=True)
    except OSError as error:
        raise HomeUnusableError(home.root, error.strerror or str(error)) from error
    return home.backups
