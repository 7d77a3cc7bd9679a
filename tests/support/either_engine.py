"""The office of the handlers' tests on SQLite and on PostgreSQL in turn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.notices.notice_policy import NoticePolicy
from tests.support.office_desk import at_work_on

if TYPE_CHECKING:
    from pathlib import Path

    from storage.database import Database
    from tests.support.office_desk import OfficeAtWork


@pytest.fixture
def office(database: Database, tmp_path: Path) -> OfficeAtWork:
    """An office on a Monday morning, with an archive and numbers drawn for its notices."""
    at_work = at_work_on(database, tmp_path / "exports")
    at_work.desk = replace(
        at_work.desk,
        archive=tmp_path / "archive",
        notices=NoticePolicy(numbering="drawn", short_name="海东检"),
    )
    return at_work
