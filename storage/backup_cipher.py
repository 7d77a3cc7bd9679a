"""Encrypted backups: AES-256-GCM in pieces, the key drawn from a passphrase by scrypt.

Layout: `FYBACKUP1`, 16 bytes of salt, 7 random bytes, then pieces of one MiB with their tags. The
nonce of a piece is these 7 bytes, its number, and whether it is the last: pieces cannot be
reordered, dropped or cut off unnoticed. The head of the file is authenticated with every piece.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from storage.errors import BackupError, PassphraseError, WrongPassphraseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC = b"FYBACKUP1"
SHORTEST = 12
"""Characters a passphrase must have: the file may lie where anybody can try."""
_SALT, _PREFIX, _TAG = 16, 7, 16
_PIECE = 1 << 20
# https://datatracker.ietf.org/doc/html/rfc7914: 128 MB of memory for each guess
_COST = {"n": 1 << 17, "r": 8, "p": 1}


def read_passphrase(path: Path) -> bytes:
    """Read a passphrase from the first line of a file; neither a mark before it nor its end count.

    Raises:
        PassphraseError: there is none, or it is too short.
    """
    try:
        # Windows' editors put a mark before the text, which nobody would type anew
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PassphraseError(path, "无法读取") from error
    words = lines[0] if lines else ""
    if len(words) < SHORTEST:
        raise PassphraseError(path, f"口令不足 {SHORTEST} 个字符")
    return words.encode()


def is_encrypted(path: Path) -> bool:
    """Tell whether a backup is an encrypted one, by its first bytes."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def encrypt(source: Path, target: Path, passphrase: bytes) -> None:
    """Write a file encrypted, then read it back and hold it against the source.

    Raises:
        BackupError: what was written is not what was meant.
    """
    salt, prefix = os.urandom(_SALT), os.urandom(_PREFIX)
    head = MAGIC + salt + prefix
    cipher = _cipher(passphrase, salt)
    with source.open("rb") as plain, target.open("wb") as file:
        file.write(head)
        for number, piece, last in _pieces(plain, _PIECE):
            file.write(cipher.encrypt(_nonce(prefix, number, last=last), piece, head))
        file.flush()
        os.fsync(file.fileno())
    with source.open("rb") as plain:
        meant = hashlib.file_digest(plain, "sha256").digest()
    if _digest(target, passphrase) != meant:
        raise BackupError(target, "写入后核对不符")


def decrypt(source: Path, target: Path, passphrase: bytes) -> None:
    """Write an encrypted file in clear.

    Raises:
        BackupError: the passphrase is another one, or the file is damaged.
    """
    # the owner's alone, whatever the folder lets others see
    number = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(number, "wb") as plain:
        for piece in _opened(source, passphrase):
            plain.write(piece)


def _digest(path: Path, passphrase: bytes) -> bytes:
    found = hashlib.sha256()
    for piece in _opened(path, passphrase):
        found.update(piece)
    return found.digest()


def _opened(path: Path, passphrase: bytes) -> Iterator[bytes]:
    with path.open("rb") as file:
        head = file.read(len(MAGIC) + _SALT + _PREFIX)
        salt, prefix = head[len(MAGIC) : -_PREFIX], head[-_PREFIX:]
        if not head.startswith(MAGIC) or len(salt) != _SALT:
            raise BackupError(path, "不是加密的备份")
        cipher = _cipher(passphrase, salt)
        for number, piece, last in _pieces(file, _PIECE + _TAG):
            try:
                yield cipher.decrypt(_nonce(prefix, number, last=last), piece, head)
            except InvalidTag as error:
                raise WrongPassphraseError(path) from error


def _pieces(file: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    number, piece = 0, file.read(size)
    while True:
        following = file.read(size)
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _cipher(passphrase: bytes, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, **_COST).derive(passphrase))
