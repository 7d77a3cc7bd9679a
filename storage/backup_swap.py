"""Put a restored database in the place of another: at every moment a whole one stands there."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from storage.errors import BackupUnwritableError
from storage.faults import cause

if TYPE_CHECKING:
    from pathlib import Path


def put_in_place(ready: Path, database: Path, aside: Path) -> bool:
    """Put a restored database where another stands, which is kept aside; False: none stood there.

    At every moment a whole database stands in its place: whoever starts after a power cut must not
    find none and begin a new one.

    Raises:
        BackupError: the files cannot be moved; what stood there still does.
    """
    stood = database.exists()
    try:
        if stood:
            _fold_journal(database)
            for ending in ("-wal", "-shm"):
                left = database.with_name(database.name + ending)
                if left.exists():  # only beside a damaged one, which SQLite could not open
                    left.rename(aside.with_name(aside.name + ending))
            _keep_aside(database, aside)
        ready.replace(database)
        make_durable(database.parent)
    except OSError as error:
        raise BackupUnwritableError(database, cause(error)) from error
    return stood


def _keep_aside(database: Path, aside: Path) -> None:
    """Give a database a second name; where a disk knows none, the only one is changed."""
    try:
        os.link(database, aside)
    except FileExistsError:
        raise
    except OSError:
        database.rename(aside)


def _fold_journal(database: Path) -> None:
    """Bring what lies in the journal into the file itself, so that the file alone is whole."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def make_durable(path: Path) -> None:
    """Have a file's content, or a folder's list of files, on the disk before anything goes on."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
