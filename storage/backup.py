"""Backups: one checked file, and the way back, after which nothing is sent before a person says so.

A copy of the file of a running database lacks what its journal holds (measured: 40 of 40 copies,
each of which SQLite called sound), so SQLite's own backup makes it.
"""

from __future__ import annotations

import glob
import os
import secrets
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, cast

from storage import backup_cipher, ledger, quarantine, schema
from storage.backup_swap import make_durable
from storage.database import Database, sqlite_url
from storage.errors import (
    BackupEngineError,
    BackupError,
    BackupUnwritableError,
    DamagedDatabaseError,
    EncryptedBackupError,
    ForeignDatabaseError,
    StorageError,
    TargetTakenError,
)
from storage.faults import cause

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from storage.ledger import Head


def backup(database: Database, target: Path) -> Head:
    """Make a backup while others go on writing, check it, and return the head of its ledger.

    Raises:
        BackupEngineError: the database is PostgreSQL; pg_dump does it there.
        TargetTakenError: a file stands there already.
        BackupError: it cannot be written, the database is damaged, or its chain is broken.
    """
    if not database.is_sqlite:
        raise BackupEngineError
    with _new_file(target) as unfinished:
        with database.reading() as session, closing(sqlite3.connect(unfinished)) as copy:
            driver = cast("sqlite3.Connection", session.connection().connection.driver_connection)
            driver.backup(copy)
            # what is damaged is copied as it is; a restore would refuse it, and too late
            if not _is_sound(copy):
                raise DamagedDatabaseError(database.where)
        return _checked(unfinished, target)


def backup_encrypted(database: Database, target: Path, passphrase: bytes, room: Path) -> Head:
    """Make an encrypted backup; the clear one lies in `room`, the owner's only, for a moment.

    Raises:
        BackupEngineError, TargetTakenError, BackupError: as `backup` does.
    """
    with _new_file(target) as unfinished, _passing(room) as clear:
        head = backup(database, clear)
        backup_cipher.encrypt(clear, unfinished, passphrase)
        return head


def restore(
    source: Path,
    target: Path,
    *,
    now: datetime,
    actor: str = "system",
    passphrase: bytes | None = None,
) -> Head:
    """Put a backup where no database is yet, quarantined, and return the head it came with.

    Raises:
        EncryptedBackupError: it is encrypted and no passphrase was given.
        TargetTakenError: a database is there already.
        BackupError: the backup is damaged.
        SchemaTooNewError: a newer release made it.
    """
    if not source.is_file():
        raise BackupError(source, "没有这个文件")
    if not source.stat().st_size:
        # SQLite takes an empty file for an empty database
        raise BackupError(source, "这是空文件")
    if backup_cipher.is_encrypted(source):
        if passphrase is None:
            raise EncryptedBackupError(source)
        with _passing(target.parent) as clear:
            backup_cipher.decrypt(source, clear, passphrase)
            return restore(clear, target, now=now, actor=actor)
    with _new_file(target) as unfinished:
        _copy(source, unfinished)
        database = Database(sqlite_url(unfinished))
        try:
            _demand_ours(database, source)
            database.migrate()
            verdict = ledger.verify(database)
            if verdict.problem is not None:
                raise BackupError(source, verdict.problem)
            with database.transaction(now) as tx:
                data = {"head": verdict.head.printed}
                tx.record("restored", "office", actor=actor, data=data)
                quarantine.enter(tx, actor=actor)
        finally:
            database.close()
        return verdict.head


def is_quarantined(database: Database) -> bool:
    """Tell whether nothing is sent because the database came from a backup."""
    with database.reading() as session:
        return quarantine.is_quarantined(session)


def _checked(unfinished: Path, target: Path) -> Head:
    database = Database(sqlite_url(unfinished))
    try:
        verdict = ledger.verify(database)
    except StorageError as error:
        raise BackupError(target, str(error)) from error
    finally:
        database.close()
    if verdict.problem is not None:
        raise BackupError(target, verdict.problem)
    # back to one file without side files
    with closing(sqlite3.connect(unfinished)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return verdict.head


def _copy(source: Path, unfinished: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(unfinished)) as new,
        ):
            old.backup(new)
            sound = _is_sound(new)
    except sqlite3.Error as error:
        if "full" in str(error):
            raise BackupUnwritableError(unfinished.parent, cause(error)) from error
        raise BackupError(source, "不是数据库文件或已损坏") from error
    if not sound:
        raise BackupError(source, "文件已损坏")


def _is_sound(copy: sqlite3.Connection) -> bool:
    """Tell whether every page and every index of a copy is in order."""
    try:
        return copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError as error:
        if "malformed" not in str(error):
            raise
        return False


def _demand_ours(database: Database, source: Path) -> None:
    """Refuse a database that is not ours, naming the backup and not the copy that is looked at."""
    try:
        with database.reading() as session:
            version = schema.standing(session.connection(), str(source))
    except ForeignDatabaseError as error:
        raise BackupError(source, "里面不是方圆的数据") from error
    if version is None:
        raise BackupError(source, "里面没有数据")


@contextmanager
def _passing(folder: Path) -> Iterator[Path]:
    """Name a file that is gone afterwards."""
    path = folder / f".clear-{secrets.token_hex(4)}"
    try:
        yield path
    finally:
        _remove(path)


@contextmanager
def _new_file(target: Path) -> Iterator[Path]:
    """Give a private file to be filled; it becomes the target whole, or not at all."""
    if target.exists():
        raise TargetTakenError(target)
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield unfinished
        make_durable(unfinished)
        unfinished.rename(target)
        make_durable(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise BackupUnwritableError(target, cause(error)) from error
    finally:
        _remove(unfinished)


def _remove(path: Path) -> None:
    """Remove a file and what SQLite may have laid beside it."""
    # the name may hold what a pattern takes for a sign
    for left in path.parent.glob(f"{glob.escape(path.name)}*"):
        left.unlink()
