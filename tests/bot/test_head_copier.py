from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from bot.clock import SystemClock
from bot.config import parse
from bot.head_copier import following, heads_beside
from bot.home import Home
from storage import head_copies, ledger
from storage.database import Database, sqlite_url
from storage.errors import HeadFileError
from tests.support.database import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_url(tmp_path / "office.sqlite"))
    database.migrate()
    yield database
    database.close()


def record(database: Database) -> None:
    with database.transaction(NOW) as tx:
        tx.record("notice_issued", "finding:A01", actor="person:1")


def test_what_was_committed_has_left_when_the_bot_ends(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "second"
    folder.mkdir()
    with following(database, folder, SystemClock()):
        for _ in range(3):
            record(database)
    heads = head_copies.read(folder / "heads")
    assert heads[-1].size == 3
    assert ledger.verify(database, heads).covered == 3


def test_without_a_second_folder_nothing_is_written(database: Database, tmp_path: Path) -> None:
    with following(database, None, SystemClock()):
        record(database)
    assert list(tmp_path.glob("**/heads")) == []


def test_a_folder_that_is_gone_is_said_once_and_made_up_for(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "second"
    with caplog.at_level(logging.ERROR), following(database, folder, SystemClock()):
        record(database)
        record(database)
    assert [one.levelname for one in caplog.records] == ["ERROR"]
    assert "第二存放处" in caplog.text
    folder.mkdir()
    with following(database, folder, SystemClock()):
        record(database)
    assert head_copies.read(folder / "heads")[-1].size == 3


def test_a_configured_folder_without_heads_is_a_fault(tmp_path: Path) -> None:
    home = Home(tmp_path)
    content = {"office": {"name": "甲"}, "ledger": {"second_folder": "second"}}
    config = parse(content, tmp_path / "config.yaml")
    with pytest.raises(HeadFileError, match="second"):
        heads_beside(home, config)
    assert heads_beside(home, None) == []
