from __future__ import annotations

from tests.support.database import database, migrated_file, server
from tests.support.either_engine import office

__all__ = ["database", "migrated_file", "office", "server"]
