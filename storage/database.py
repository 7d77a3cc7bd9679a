"""The database of an office: one schema, SQLite or PostgreSQL, one writer at a time.

To add a table: put a class derived from `storage.models.base.Base` into a module under
`storage/models/` (any module there is found), then add the next file under
`storage/migrations/versions/` by hand or with `python -m storage.migrations.draft "what changed"`.
A test holds the migrated schema equal to the classes on both engines.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, cast

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from storage import engine as engines
from storage import schema
from storage.errors import BadAddressError, DatabaseBusyError
from storage.faults import translating
from storage.session import Session
from storage.transaction import Transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path


class WroteWhileReadingError(RuntimeError):
    """A read session was used to change something; the change would have been lost."""


class Database:
    """Opens transactions; after each commit the callbacks of `on_commit` are called."""

    def __init__(self, url: str) -> None:
        """Make the engine; nothing is opened yet.

        Raises:
            BadAddressError: `url` is no address of a database, or its driver is missing.
        """
        try:
            self.url = make_url(url)
            self.engine = engines.make(self.url)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise BadAddressError from error
        self.wake: list[Callable[[], None]] = []
        self._reading = engines.for_mode(self.engine, "reading")
        self._alone = engines.for_mode(self.engine, "alone")
        self._beside = engines.for_mode(self.engine, "beside")
        # SQLite lets waiting writers sleep and try again: those of one process queue here instead
        self._turns = Lock()

    @property
    def is_sqlite(self) -> bool:
        """Tell which of the two engines this is."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def where(self) -> str:
        """The file, or the address without its password, for people to read."""
        if self.is_sqlite:
            return str(self.url.database)
        return self.url.render_as_string(hide_password=True)

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Call back after every commit, from the thread that committed."""
        self.wake.append(callback)

    def migrate(self) -> None:
        """Bring the schema to the newest version, all or nothing; a newest one is left alone.

        Raises:
            SchemaTooNewError: a newer release made this database.
            ForeignDatabaseError: another program did.
        """
        with translating(self.where):
            with self._reading.connect() as connection:
                standing = schema.standing(connection, self.where)
            if standing == schema.newest():
                return
            # Alembic takes 0.2 s to import, and most starts find nothing to do
            from storage.migrations.runner import upgrade  # noqa: PLC0415

            upgrade(self)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session on one state of the database; a change in it is refused at the end."""
        with (
            translating(self.where),
            Session(self._reading, expire_on_commit=False, autoflush=False) as session,
        ):
            yield session
            if session.new or session.dirty or session.deleted:
                raise WroteWhileReadingError

    @contextmanager
    def transaction(self, now: datetime, *, alone: bool = True) -> Iterator[Transaction]:
        """Open one transaction: committed on leaving, rolled back on an exception.

        `alone` False lets it run beside other writers on PostgreSQL: only for what a unique key or
        a row's own lock decides, such as an update that came in or what became of a message.

        Raises:
            DatabaseBusyError: other writers did not finish in time.
        """
        engine = self._alone if alone else self._beside
        with (
            translating(self.where),
            self._turn(),
            Session(engine, expire_on_commit=False) as session,
        ):
            transaction = Transaction(session, now)
            # the writer's lock is taken now, not at the first statement: nothing is read before it
            session.connection()
            yield transaction
            transaction.settle()
            session.commit()
        for callback in tuple(self.wake):
            callback()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        if not self._turns.acquire(timeout=engines.BUSY_SECONDS):
            raise DatabaseBusyError(self.where, engines.BUSY_SECONDS)
        try:
            yield
        finally:
            self._turns.release()

    def settle_files(self) -> None:
        """Fold SQLite's journal into its file, so that what was erased is in neither."""
        if self.is_sqlite:
            with translating(self.where), self._reading.connect() as connection:
                # a checkpoint inside a transaction is refused
                connection.rollback()
                driver = cast("sqlite3.Connection", connection.connection.driver_connection)
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def sqlite_url(path: Path) -> str:
    """Return the address of a SQLite file."""
    return f"sqlite+pysqlite:///{path}"
