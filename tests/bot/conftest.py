from __future__ import annotations

from tests.support.database import database, migrated_file, server

__all__ = ["database", "migrated_file", "server"]
