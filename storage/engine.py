"""Connections as both engines need them: durable, one order of writers, a file nobody else reads.

SQLite: WAL, synchronous FULL, foreign keys, recursive triggers (INSERT OR REPLACE then fires the
delete triggers), and BEGIN IMMEDIATE: the driver's defaults lose concurrent updates without an
error (measured: 300 of 400). PostgreSQL: a writer takes an advisory lock, so that a handler that
reads, decides and writes may rely on the same order of things on both engines.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import create_engine, event

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

Mode = Literal["reading", "alone", "beside"]
BUSY_SECONDS = 30
"""How long a writer waits for its turn; an import of a whole office takes a few of them."""
_WRITERS = 0x666779
"""The name of PostgreSQL's advisory lock that writers hold; any number will do, but only one."""
_OPTION = "fangyuan"
_PRAGMAS = (
    f"busy_timeout = {BUSY_SECONDS * 1000}",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    # erased personal text is overwritten, not only unlinked
    "secure_delete = ON",
)


def make(url: URL) -> Engine:
    """Return the engine of an address; nothing is opened yet."""
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url, pool_pre_ping=True, json_serializer=as_json)
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    engine = create_engine(url, json_serializer=as_json)
    event.listen(engine, "do_connect", _keep_private)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def for_mode(engine: Engine, mode: Mode) -> Engine:
    """Return the engine for reading, for writing alone, or for writing beside other writers."""
    if mode == "reading" and engine.dialect.name != "sqlite":
        return engine.execution_options(
            fangyuan=mode, isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    return engine.execution_options(fangyuan=mode)


def as_json(value: object) -> str:
    """Write JSON with its characters as they are: half as long, and readable, in Chinese."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        # half of a surrogate pair, as a broken client may send it
        return json.dumps(value)
    return text


def _keep_private(dialect: Any, record: Any, arguments: list[Any], options: Any) -> None:
    """Make the file, or an existing one, the owner's only; SQLite gives its side files the same.

    One that is there is never opened here: closing it again would drop every lock that this process
    holds on it (https://sqlite.org/howtocorrupt.html, 2.2), and whoever closed the database next
    in another process would delete its journal under the hands of this one.
    """
    del dialect, record, options
    path = Path(str(arguments[0]))
    if path.name == ":memory:":
        return
    with suppress(OSError):
        try:
            os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)


def _prepare_sqlite(connection: Any, record: Any) -> None:
    del record
    # the driver must not begin transactions of its own: "begin" below does
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    # asking first: only the change itself needs the file for a moment alone
    if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()


def _prepare_postgresql(connection: Any, record: Any) -> None:
    del record
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.autocommit = False


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get(_OPTION) == "reading"
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(_OPTION, "alone") == "alone":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
