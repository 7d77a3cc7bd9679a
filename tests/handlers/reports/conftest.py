from __future__ import annotations

from tests.support.counting_office import counted, counting
from tests.support.database import database, migrated_file, server, sqlite
from tests.support.recounted_reports import reports

__all__ = ["counted", "counting", "database", "migrated_file", "reports", "server", "sqlite"]
