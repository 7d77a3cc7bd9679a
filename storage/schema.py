"""Tell which version a database's schema has, without loading the migrations."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from storage.errors import ForeignDatabaseError, SchemaTooNewError

if TYPE_CHECKING:
    from sqlalchemy import Connection

VERSIONS = Path(__file__).parent / "migrations" / "versions"
_OURS = {"alembic_version", "ledger_head"}


@cache
def versions() -> tuple[str, ...]:
    """Return the versions this release knows, oldest first; a file's name begins with its own."""
    return tuple(sorted(path.name[:4] for path in VERSIONS.glob("[0-9]*.py")))


def newest() -> str:
    """Return the version this release works with."""
    return versions()[-1]


def standing(connection: Connection, where: str) -> str | None:
    """Return the version a database stands at; None: it is empty.

    Raises:
        SchemaTooNewError: a newer release made it.
        ForeignDatabaseError: another program did.
    """
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if not tables >= _OURS:
        raise ForeignDatabaseError(where)
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if found not in versions():
        raise SchemaTooNewError(where)
    return str(found)
