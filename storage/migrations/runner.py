"""Bring a database to the newest schema, in one transaction."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from storage import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from storage.database import Database

SCRIPTS = schema.VERSIONS.parent


class BrokenReferenceError(RuntimeError):
    """A migration left rows that point nowhere; it was rolled back."""


def configuration(connection: Connection) -> Config:
    """Return the configuration of Alembic for a connection."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def upgrade(database: Database, revision: str = "head") -> None:
    """Run what is missing; two processes that start together take turns.

    Raises:
        SchemaTooNewError: the database knows a version that this release does not.
        ForeignDatabaseError: the database is another program's.
    """
    with (
        database.engine.connect() as connection,
        _foreign_keys_off(connection, database),
        connection.begin(),
    ):
        schema.standing(connection, database.where)
        command.upgrade(configuration(connection), revision)
        if database.is_sqlite:
            _demand_references(connection)


@contextmanager
def _foreign_keys_off(connection: Connection, database: Database) -> Iterator[None]:
    """SQLite rebuilds a table by copy and drop, which must not cascade.

    The switch has no effect inside a transaction (sqlite.org/lang_altertable.html, section 7).
    """
    if not database.is_sqlite:
        yield
        return
    driver = connection.connection
    driver.cursor().execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.cursor().execute("PRAGMA foreign_keys = ON")


def _demand_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise BrokenReferenceError(str(broken[0]))
