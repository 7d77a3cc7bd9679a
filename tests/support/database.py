"""Real databases for tests: a fresh SQLite file and a fresh PostgreSQL database for each test.

Both are copies of one that was migrated once per test process. PostgreSQL is the one of
`FANGYUAN_TEST_POSTGRES` or of this machine; where there is none a test skips and says so, unless
`FANGYUAN_REQUIRE_POSTGRES=1`, which makes it fail.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from storage.database import Database, sqlite_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SERVER = os.environ.get(
    "FANGYUAN_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
NOW = datetime(2026, 6, 15, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
"""The moment most tests happen at: a Monday morning."""
EngineName = str
ENGINES = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgresql),
]


def later(seconds: float) -> datetime:
    """Return a moment so many seconds after NOW."""
    return NOW + timedelta(seconds=seconds)


def python(script: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start Python in a process of its own, its output and complaints to be read."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


class Server:
    """The PostgreSQL server of the tests, with a migrated database to copy from."""

    def __init__(self) -> None:
        self._engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
        self._template = self.create()
        database = Database(self._template)
        database.migrate()
        database.close()

    def create(self, *, migrated: bool = False) -> str:
        """Make a database and return its address."""
        name = f"fangyuan_test_{os.getpid()}_{secrets.token_hex(4)}"
        copied = make_url(self._template).database if migrated else "template0"
        self._do(f"CREATE DATABASE {name} TEMPLATE {copied} ENCODING 'UTF8'")
        return make_url(SERVER).set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        self._do(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def close(self) -> None:
        """Remove the template and leave."""
        self.drop(self._template)
        self._engine.dispose()

    def _do(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    try:
        running = Server()
    except OperationalError as error:
        reason = str(error.orig).splitlines()[0]
        missing = f"no PostgreSQL at {make_url(SERVER).host}: {reason}"
        if os.environ.get("FANGYUAN_REQUIRE_POSTGRES") == "1":
            pytest.fail(f"FANGYUAN_REQUIRE_POSTGRES=1, but {missing}")
        pytest.skip(f"SKIPPED LOUDLY: {missing}; the SQLite half of the storage tests ran")
    yield running
    running.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    database = Database(sqlite_url(path))
    database.migrate()
    database.close()
    return path


@contextmanager
def _address(request: pytest.FixtureRequest, folder: Path, *, migrated: bool) -> Iterator[str]:
    if request.param == "sqlite":
        path = folder / "office.sqlite"
        if migrated:
            shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield sqlite_url(path)
        return
    server: Server = request.getfixturevalue("server")
    url = server.create(migrated=migrated)
    yield url
    server.drop(url)


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with the newest schema and nothing in it, on each engine in turn."""
    with _address(request, tmp_path, migrated=True) as url:
        opened = Database(url)
        yield opened
        opened.close()


@pytest.fixture
def sqlite(migrated_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A database for what only SQLite has: a file."""
    path = tmp_path / "office.sqlite"
    shutil.copy(migrated_file, path)
    database = Database(sqlite_url(path))
    yield database
    database.close()


@pytest.fixture
def postgresql(server: Server) -> Iterator[Database]:
    """A database for what only PostgreSQL has: writers beside each other."""
    url = server.create(migrated=True)
    database = Database(url)
    yield database
    database.close()
    server.drop(url)


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table, on each engine in turn."""
    with _address(request, tmp_path, migrated=False) as url:
        yield url


@pytest.fixture
def opened() -> Iterator[Callable[[str], Database]]:
    """Open databases by address; all are closed after the test."""
    databases: list[Database] = []

    def open_one(url: str) -> Database:
        databases.append(Database(url))
        return databases[-1]

    yield open_one
    for one in databases:
        one.close()
