from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from storage import backup, backup_cipher, ledger
from storage.database import sqlite_url
from storage.errors import (
    BackupError,
    EncryptedBackupError,
    PassphraseError,
    WrongPassphraseError,
)
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage.database import Database

WORDS = b"a long passphrase"
MEBIBYTE = 1 << 20


@pytest.fixture
def saved(sqlite: Database, tmp_path: Path) -> Path:
    with sqlite.transaction(NOW) as tx:
        tx.record("claim", "finding:A01", actor="person:1", text="张某某已到案")
    room = tmp_path / "room"
    room.mkdir()
    path = tmp_path / "saved.enc"
    backup.backup_encrypted(sqlite, path, WORDS, room)
    assert list(room.iterdir()) == []
    return path


def test_an_encrypted_backup_holds_nothing_in_clear(saved: Path) -> None:
    content = saved.read_bytes()
    assert backup_cipher.is_encrypted(saved)
    assert not any(word in content for word in (b"SQLite", "张某某".encode(), b"ledger"))


def test_it_comes_back_whole_and_quarantined(
    saved: Path, tmp_path: Path, opened: Callable[[str], Database]
) -> None:
    target = tmp_path / "back.sqlite"
    backup.restore(saved, target, now=later(60), passphrase=WORDS)
    database = opened(sqlite_url(target))
    assert ledger.verify(database).ok
    assert backup.is_quarantined(database)
    assert list(tmp_path.glob(".clear-*")) == []


def test_without_the_passphrase_it_is_refused(saved: Path, tmp_path: Path) -> None:
    with pytest.raises(EncryptedBackupError, match="--decrypt"):
        backup.restore(saved, tmp_path / "back.sqlite", now=NOW)
    with pytest.raises(WrongPassphraseError, match=r"口令不对.*请核对口令文件"):
        backup.restore(saved, tmp_path / "back.sqlite", now=NOW, passphrase=b"another passphrase")
    assert not (tmp_path / "back.sqlite").exists()


@pytest.mark.parametrize("size", [0, 1, MEBIBYTE, MEBIBYTE + 1, 3 * MEBIBYTE])
def test_what_is_encrypted_is_decrypted_to_the_same(tmp_path: Path, size: int) -> None:
    plain, secret, back = (tmp_path / name for name in ("plain", "secret", "back"))
    plain.write_bytes(os.urandom(size))
    backup_cipher.encrypt(plain, secret, WORDS)
    backup_cipher.decrypt(secret, back, WORDS)
    assert back.read_bytes() == plain.read_bytes()


PIECE = MEBIBYTE + 16
HEAD = len(backup_cipher.MAGIC) + 23
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "a bit": lambda content: content[:HEAD] + bytes([content[HEAD] ^ 1]) + content[HEAD + 1 :],
    "the salt": lambda content: content[:12] + bytes([content[12] ^ 1]) + content[13:],
    "cut at a piece": lambda content: content[: HEAD + PIECE],
    "cut": lambda content: content[:-1],
    "reordered": lambda content: (
        content[:HEAD]
        + content[HEAD + PIECE : HEAD + 2 * PIECE]
        + content[HEAD : HEAD + PIECE]
        + content[HEAD + 2 * PIECE :]
    ),
    "longer": lambda content: content + b"x",
    "only a head": lambda content: content[:HEAD],
    "half a head": lambda content: content[:12],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_any_damage_is_noticed(tmp_path: Path, damage: str) -> None:
    plain, secret = tmp_path / "plain", tmp_path / "secret"
    plain.write_bytes(os.urandom(2 * MEBIBYTE + 100))
    backup_cipher.encrypt(plain, secret, WORDS)
    secret.write_bytes(DAMAGE[damage](secret.read_bytes()))
    with pytest.raises(BackupError, match="secret"):
        backup_cipher.decrypt(secret, tmp_path / "back", WORDS)


@pytest.mark.parametrize("content", [None, b"", b"too short\n", b"\xff" * 20])
def test_a_passphrase_that_protects_nothing_is_refused(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "words"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PassphraseError, match="words"):
        backup_cipher.read_passphrase(path)


def test_the_end_of_the_line_is_no_part_of_the_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "words"
    path.write_text("方圆备份口令十二个字以上\r\n", encoding="utf-8", newline="")
    assert backup_cipher.read_passphrase(path).decode() == "方圆备份口令十二个字以上"


@pytest.mark.parametrize(
    "content",
    [
        b"a long passphrase",
        b"a long passphrase\r\n",
        b"\xef\xbb\xbfa long passphrase\nkeep me safe",
    ],
)
def test_the_passphrase_is_the_first_line_and_no_more(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "words"
    path.write_bytes(content)
    assert backup_cipher.read_passphrase(path) == WORDS


def test_what_is_decrypted_is_its_owners_alone(saved: Path, tmp_path: Path) -> None:
    backup_cipher.decrypt(saved, tmp_path / "clear", WORDS)
    assert (tmp_path / "clear").stat().st_mode & 0o777 == 0o600
