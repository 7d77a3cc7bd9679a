from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.home_lock import held

if TYPE_CHECKING:
    from tests.support.command import Commands, Outcome


@pytest.fixture
def home(fangyuan: Commands) -> Commands:
    fangyuan("init")
    assert fangyuan("user", "list").code == 0
    return fangyuan


def entries(home: Commands) -> int:
    return int(home("ledger", "verify").out.split("共 ")[1].split(" ")[0])


def made(home: Commands, *arguments: object) -> Path:
    outcome: Outcome = home("backup", *arguments)
    assert outcome.code == 0
    return Path(outcome.out.strip())


def test_a_backup_lies_in_the_home_for_its_owner_only(home: Commands) -> None:
    path = made(home)
    assert path.parent == home.home / "backups"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_backup_is_never_written_over_something(home: Commands, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine", encoding="utf-8")
    outcome = home("backup", "--out", there)
    assert outcome.code == 2
    assert "没有覆盖" in outcome.sentence
    assert there.read_text(encoding="utf-8") == "mine"


def test_restoring_brings_the_old_state_back_and_keeps_the_newer_one(home: Commands) -> None:
    path = made(home)
    before = entries(home)
    home("user", "invite", "周岚")
    assert entries(home) == before + 1
    outcome = home("restore", path)
    assert outcome.code == 0
    assert "fangyuan resume" in outcome.sentence
    assert [one.name[:9] for one in (home.home / "backups").glob("replaced-*.db")] == ["replaced-"]
    assert home("ledger", "verify").code == 0
    # restored and quarantined
    assert entries(home) == before + 2


def test_sending_is_resumed_once(home: Commands) -> None:
    home("restore", made(home))
    assert "已恢复发送" in home("resume").sentence
    assert "无须恢复" in home("resume").sentence


@pytest.mark.parametrize("content", [None, b"", b"no database" * 500])
def test_what_is_no_backup_leaves_everything_as_it_was(
    home: Commands, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "broken.db"
    if content is not None:
        path.write_bytes(content)
    before = entries(home)
    outcome = home("restore", path)
    assert outcome.code == 2
    assert str(path) in outcome.sentence
    assert entries(home) == before
    assert list(home.home.glob("restored-*")) == []


def test_a_home_at_work_is_not_replaced(home: Commands) -> None:
    path = made(home)
    with held(home.home):
        outcome = home("restore", path)
    assert outcome.code == 2
    assert "另一个方圆进程" in outcome.sentence


def test_another_engine_is_pointed_to_its_own_tools(home: Commands) -> None:
    path = made(home)
    (home.home / "config.yaml").write_text(
        "office: {name: 甲}\ndatabase: postgresql+psycopg://nobody@127.0.0.1/none",
        encoding="utf-8",
    )
    assert "pg_dump" in home("restore", path).sentence


def test_a_home_without_a_database_takes_a_backup_of_another(
    home: Commands, tmp_path: Path
) -> None:
    path = made(home, "--out", tmp_path / "copy.db")
    before = entries(home)
    home.home = tmp_path / "new"
    home("init")
    outcome = home("restore", path)
    assert outcome.code == 0
    assert "另存" not in outcome.sentence
    assert entries(home) == before + 2


def test_only_the_newest_backups_stay_and_nothing_else_is_touched(home: Commands) -> None:
    folder = home.home / "backups"
    folder.mkdir()
    for day in range(1, 5):
        (folder / f"fangyuan-2026010{day}-080000.db").touch()
    others = {folder / "replaced-20260101-080000.db", folder / "notes.txt"}
    for path in others:
        path.touch()
    newest = made(home, "--keep", 2)
    assert set(folder.iterdir()) == {
        *others,
        newest,
        folder / "fangyuan-20260104-080000.db",
    }


def test_an_encrypted_backup_needs_its_passphrase(home: Commands, tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.write_text("a long passphrase\n", encoding="utf-8")
    path = made(home, "--encrypt", words)
    before = entries(home)
    assert "--decrypt" in home("restore", path).sentence
    assert home("restore", path, "--decrypt", words).code == 0
    assert entries(home) == before + 2
    words.write_text("short", encoding="utf-8")
    assert "口令" in home("backup", "--encrypt", words).sentence


def test_what_is_not_said_is_as_for_the_nightly_backup(home: Commands) -> None:
    folder = home.home / "backups"
    folder.mkdir()
    for day in range(1, 5):
        (folder / f"fangyuan-2026010{day}-080000.db").touch()
    (home.home / "words").write_text("a long passphrase\n", encoding="utf-8")
    config = home.home / "config.yaml"
    text = config.read_text(encoding="utf-8")
    part = "\nbackup: {keep: 3, passphrase_file: words}\n"
    config.write_text(text + part, encoding="utf-8")
    path = made(home)
    assert path.name.endswith(".db.enc")
    assert len(list(folder.iterdir())) == 3
    assert made(home, "--out", home.home / "alone.enc").read_bytes()[:9] == b"FYBACKUP1"
