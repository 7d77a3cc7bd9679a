from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.cases import DAY, detained, write_list
from tests.support.command import Commands, program

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def fangyuan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Commands:
    return Commands(tmp_path / "home", capsys, monkeypatch)


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imported")
    rows = [
        detained(1),
        detained(2, 受理日期="2026-06-09", 到期日期="2026-06-16", 嫌疑人姓名="钱多多"),
        detained(3, 承办检察官="许亦", 检察官助理=""),
        detained(4, 承办检察官="", 检察官助理=""),
    ]
    export = write_list(folder / "list.csv", rows)
    done = program("--home", folder / "home", "import", export, "--date", DAY.isoformat())
    assert done.returncode == 0, done.stderr.decode()
    return folder / "home"


@pytest.fixture
def home(fangyuan: Commands, imported: Path) -> Commands:
    shutil.copytree(imported, fangyuan.home)
    return fangyuan
