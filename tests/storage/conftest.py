from __future__ import annotations

from tests.support.database import (
    database,
    empty_url,
    migrated_file,
    opened,
    postgresql,
    server,
    sqlite,
)

__all__ = ["database", "empty_url", "migrated_file", "opened", "postgresql", "server", "sqlite"]
