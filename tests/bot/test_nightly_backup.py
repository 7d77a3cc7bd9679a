from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, cast

import pytest
from sqlalchemy import select

from bot.clock import ZONE, SimulatedClock
from bot.config import BackupPart, Config, OfficePart
from bot.nightly_backup import NightlyBackup, last_evening
from bot.office import open_office
from bot.transactions import Transactions
from storage import backup_cipher
from storage.models.ledger import LedgerEntry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.app import App
    from bot.office import Office
    from handlers.desk import Desk

AFTERNOON = datetime(2026, 6, 15, 15, 0, tzinfo=ZONE)


@dataclass
class _Working:
    """As much of the app as a backup needs: its transactions and its desk."""

    work: Transactions
    desk: Desk


class Evening:
    """An office on real files whose clock is moved by hand."""

    def __init__(self, folder: Path) -> None:
        config = Config(office=OfficePart(name="云川市北宽区人民检察院"))
        self.office: Office = open_office(folder / "home", config=config)
        self.clock = SimulatedClock(folder / "clock.json", AFTERNOON - timedelta(hours=1))
        self.work = Transactions(self.office.database, self.clock)
        self.nightly = self.begin()

    def begin(self, **manner: object) -> NightlyBackup:
        app = cast("App", _Working(self.work, self.office.reading_desk()))
        self.nightly = NightlyBackup(app, self.office, BackupPart.model_validate(manner))
        return self.nightly

    async def look_at(self, moment: datetime) -> list[str]:
        """Look at a moment and return the names of the backups that lie there."""
        self.clock.move_to(moment)
        await self.nightly.look()
        return sorted(path.name for path in self.office.home.backups.glob("fangyuan-*"))

    def acts(self) -> list[str]:
        with self.office.database.reading() as session:
            return list(session.scalars(select(LedgerEntry.act).order_by(LedgerEntry.seq)))


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    made = Evening(tmp_path)
    yield made
    made.work.close()
    made.office.close()


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (AFTERNOON, AFTERNOON.replace(day=14, hour=21)),
        (AFTERNOON.replace(hour=21), AFTERNOON.replace(hour=21)),
        (AFTERNOON.replace(hour=23), AFTERNOON.replace(hour=21)),
    ],
    ids=["before", "at the moment", "after"],
)
def test_the_last_evening_is_todays_only_once_it_has_come(now: datetime, due: datetime) -> None:
    assert last_evening(now, time(21)) == due


async def test_a_missed_evening_is_made_up_for_and_each_evening_makes_one(
    evening: Evening,
) -> None:
    assert len(await evening.look_at(AFTERNOON)) == 1
    assert len(await evening.look_at(AFTERNOON + timedelta(hours=5))) == 1
    assert len(await evening.look_at(AFTERNOON + timedelta(hours=6, minutes=1))) == 2
    assert len(await evening.look_at(AFTERNOON + timedelta(hours=6, minutes=2))) == 2
    assert len(await evening.look_at(AFTERNOON + timedelta(days=1, hours=7))) == 3
    assert evening.acts().count("backup_made") == 3


async def test_only_so_many_are_kept(evening: Evening) -> None:
    evening.begin(keep=2)
    for day in range(4):
        names = await evening.look_at(AFTERNOON + timedelta(days=day, hours=7))
    assert [name[9:17] for name in names] == ["20260617", "20260618"]


async def test_a_passphrase_makes_it_encrypted(evening: Evening) -> None:
    (evening.office.home.root / "words").write_text("a long passphrase", encoding="utf-8")
    evening.begin(passphrase_file="words")
    (name,) = await evening.look_at(AFTERNOON)
    assert backup_cipher.is_encrypted(evening.office.home.backups / name)


async def test_a_failure_is_told_once_a_day_and_tried_again_the_next(evening: Evening) -> None:
    evening.begin(passphrase_file="missing")
    for minutes in range(3):
        assert await evening.look_at(AFTERNOON + timedelta(minutes=minutes)) == []
    assert evening.acts().count("backup_failed") == 1
    assert await evening.look_at(AFTERNOON + timedelta(days=1)) == []
    assert evening.acts().count("backup_failed") == 2


async def test_what_was_backed_up_is_the_office(evening: Evening) -> None:
    (name,) = await evening.look_at(AFTERNOON)
    path = evening.office.home.backups / name
    with closing(sqlite3.connect(path)) as copy:
        assert copy.execute("SELECT count(*) FROM ledger_head").fetchone() == (1,)
