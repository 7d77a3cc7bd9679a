from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage import backup_rotation
from tests.support.database import NOW

if TYPE_CHECKING:
    from pathlib import Path

DAYS = 4
YESTERDAY = 1_700_000_000
TWO_DAYS = 2 * 24 * 60 * 60
UNFINISHED = [
    ".clear-0a1b2c3d",
    ".clear-0a1b2c3d-journal",
    ".fangyuan-20260614-210000.db.0a1b2c3d",
    ".fangyuan-20260614-210000.db.enc.0a1b2c3d",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for day in range(DAYS):
        name = backup_rotation.name_of(NOW - timedelta(days=day), encrypted=bool(day % 2))
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (YESTERDAY - day, YESTERDAY - day))
    return tmp_path


def test_the_newest_stay_encrypted_or_not(folder: Path) -> None:
    gone = backup_rotation.rotate(folder, 2)
    assert sorted(path.name for path in gone) == [
        "fangyuan-20260612-083000.db.enc",
        "fangyuan-20260613-083000.db",
    ]
    assert backup_rotation.newest(folder, NOW) == NOW


def test_one_dated_after_now_does_not_put_off_the_next(folder: Path) -> None:
    (folder / backup_rotation.name_of(NOW + timedelta(days=900), encrypted=False)).touch()
    assert backup_rotation.newest(folder, NOW) == NOW


@pytest.mark.parametrize("name", UNFINISHED)
def test_what_a_power_cut_left_goes_after_a_day(folder: Path, name: str) -> None:
    old, fresh = folder / name, folder / name.replace("0a1b2c3d", "ffffffff")
    for path, age in ((old, TWO_DAYS), (fresh, 60)):
        path.write_text("张某某", encoding="utf-8")
        os.utime(path, (YESTERDAY - age, YESTERDAY - age))
    assert backup_rotation.rotate(folder, DAYS) == []
    assert (old.exists(), fresh.exists()) == (False, True)


@pytest.mark.parametrize(
    "name", ["replaced-20260101-000000.db", "letter.txt", ".clear-all", "a.db"]
)
def test_nothing_else_is_touched(folder: Path, name: str) -> None:
    (folder / name).touch()
    os.utime(folder / name, (YESTERDAY - TWO_DAYS, YESTERDAY - TWO_DAYS))
    backup_rotation.rotate(folder, 1)
    assert (folder / name).exists()
