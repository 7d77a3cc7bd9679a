from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from storage.backup_swap import put_in_place
from storage.errors import BackupUnwritableError

if TYPE_CHECKING:
    from pathlib import Path


def database(path: Path, said: str) -> Path:
    """Make a small database; what was said last still lies in its journal."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE words (said TEXT)")
        connection.execute("INSERT INTO words VALUES (?)", (said,))
        connection.commit()
    return path


def left_with_its_journal(path: Path, said: str) -> None:
    """Write to a database and leave its journal beside it, as a killed process does."""
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO words VALUES (?)", (said,))
    connection.commit()
    kept = {
        one: one.read_bytes()
        for one in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm"))
    }
    connection.close()
    for one, content in kept.items():
        one.write_bytes(content)


def words(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT said FROM words")]


def test_the_restored_one_stands_there_and_the_other_is_kept_whole(tmp_path: Path) -> None:
    old = database(tmp_path / "office.db", "before")
    left_with_its_journal(old, "in the journal")
    ready, aside = database(tmp_path / "ready.db", "restored"), tmp_path / "aside.db"
    assert put_in_place(ready, old, aside)
    assert words(old) == ["restored"]
    assert words(aside) == ["before", "in the journal"]
    assert not ready.exists()


def test_where_it_fails_the_old_one_still_stands_whole(tmp_path: Path) -> None:
    old = database(tmp_path / "office.db", "before")
    left_with_its_journal(old, "in the journal")
    with pytest.raises(BackupUnwritableError, match="没有写成"):
        put_in_place(tmp_path / "gone.db", old, tmp_path / "aside.db")
    assert words(old) == ["before", "in the journal"]


def test_nothing_is_kept_where_nothing_stood(tmp_path: Path) -> None:
    ready = database(tmp_path / "ready.db", "restored")
    assert not put_in_place(ready, tmp_path / "office.db", tmp_path / "aside.db")
    assert words(tmp_path / "office.db") == ["restored"]
    assert not (tmp_path / "aside.db").exists()


def test_what_is_no_database_is_kept_with_what_lay_beside_it(tmp_path: Path) -> None:
    damaged = tmp_path / "office.db"
    damaged.write_bytes(b"SQLite format 3\0" + b"\xff" * 500)
    damaged.with_name("office.db-wal").write_bytes(b"rest")
    ready, aside = database(tmp_path / "ready.db", "restored"), tmp_path / "aside.db"
    assert put_in_place(ready, damaged, aside)
    assert words(damaged) == ["restored"]
    assert aside.read_bytes().endswith(b"\xff")
