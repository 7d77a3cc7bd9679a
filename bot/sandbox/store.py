"""The sandbox's memory: one SQLite file, written before any answer is sent."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SCHEMA = """
create table if not exists settings (key text primary key, value text not null);
create table if not exists counters (name text primary key, value integer not null);
create table if not exists people (
    id integer primary key, name text not null, role text, place integer not null,
    blocked integer not null default 0);
create table if not exists chats (
    id integer primary key, type text not null, title text not null,
    facts text not null default '{}');
create table if not exists members (
    chat integer not null, person integer not null, status text not null,
    primary key (chat, person)) without rowid;
create table if not exists messages (
    chat integer not null, id integer not null, sender integer not null, reply_to integer,
    body text not null, reactions text not null default '{}',
    deleted integer not null default 0, primary key (chat, id)) without rowid;
create table if not exists files (
    id text primary key, unique_id text not null, kind text not null, name text not null,
    mime text not null, size integer not null, path text not null unique);
create table if not exists updates (
    id integer primary key, kind text not null, body text not null);
create table if not exists queries (
    id text primary key, kind text not null, person integer not null, data text not null,
    answer text);
"""


class Store:
    """Tables of the sandbox in one file; every change happens inside `transaction`."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        # WAL with NORMAL survives the death of the process (not of the machine's power) and
        # costs no fsync per commit: https://www.sqlite.org/pragma.html#pragma_synchronous
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = normal")
        self._connection.executescript(_SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything done inside, or nothing."""
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    def run(self, statement: str, *values: object) -> None:
        """Execute one changing statement."""
        self._connection.execute(statement, values)

    def rows(self, statement: str, *values: object) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, *values: object) -> sqlite3.Row | None:
        """Return the first row of a query, if there is one."""
        found: sqlite3.Row | None = self._connection.execute(statement, values).fetchone()
        return found

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a remembered value."""
        found = self.row("select value from settings where key = ?", key)
        return default if found is None else json.loads(found["value"])

    def remember(self, key: str, value: Any) -> None:
        """Remember a value under a key; None forgets it."""
        if value is None:
            self.run("delete from settings where key = ?", key)
            return
        self.run(
            "insert into settings values (?, ?) on conflict do update set value = excluded.value",
            key,
            dumps(value),
        )

    def draw(self, counter: str, *, first: int = 1) -> int:
        """Return the next number of a counter; no number is ever given twice."""
        found = self.row(
            "insert into counters values (?, ?) on conflict do update set value = value + 1"
            " returning value",
            counter,
            first,
        )
        return int(found["value"]) if found is not None else first

    def draw_update_id(self) -> int:
        """Return a new update id, above those of an earlier sandbox in the same place."""
        return self.draw("update", first=int(time.time()))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def dumps(value: Any) -> str:
    """Return compact JSON with Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
