from __future__ import annotations

from tests.support.counting_office import counted, counting
from tests.support.database import database, migrated_file, server, sqlite

__all__ = ["counted", "counting", "database", "migrated_file", "server", "sqlite"]
