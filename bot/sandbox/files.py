"""Files that were sent: bytes in a folder, the rest in the store."""

from __future__ import annotations

import mimetypes
import os
import secrets
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from bot.sandbox.store import Store

_FOLDERS = {
    "document": "documents",
    "photo": "photos",
    "video": "videos",
    "animation": "animations",
    "audio": "music",
    "voice": "voice",
    "video_note": "video_notes",
    "sticker": "stickers",
}
_SUFFIXES = {"photo": ".jpg", "voice": ".oga", "sticker": ".webp", "video_note": ".mp4"}
_UNKNOWN_MIME = "application/octet-stream"
_MIMES = {"photo": "image/jpeg", "voice": "audio/ogg", "sticker": "image/webp"}


@dataclass(frozen=True)
class Upload:
    """A file as it came in with a request."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class StoredFile:
    """A file of the sandbox; `path` is what getFile answers."""

    id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    size: int
    path: str


class Files:
    """All files, found by id or by the path for downloads."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder

    def keep(self, upload: Upload, kind: str) -> StoredFile:
        """Store the bytes, then the row: a row never lacks its bytes."""
        number = self._store.draw("file")
        suffix = _SUFFIXES.get(kind) or _harmless(PurePath(upload.name).suffix)
        path = f"{_FOLDERS[kind]}/file_{number}{suffix}"
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            out.write(upload.content)
            out.flush()
            os.fsync(out.fileno())
        mime = _mime(upload, kind)
        file = StoredFile(
            secrets.token_urlsafe(24),
            secrets.token_urlsafe(9),
            kind,
            upload.name or PurePath(path).name,
            mime,
            len(upload.content),
            path,
        )
        self._store.run(
            "insert into files values (?, ?, ?, ?, ?, ?, ?)",
            *(file.id, file.unique_id, kind, file.name, mime, file.size, path),
        )
        return file

    def get(self, file_id: str) -> StoredFile | None:
        """Return a file by its id."""
        return _file(self._store.row("select * from files where id = ?", file_id))

    def at(self, path: str) -> StoredFile | None:
        """Return a file by the path that getFile told."""
        return _file(self._store.row("select * from files where path = ?", path))

    def content(self, file: StoredFile) -> bytes:
        """Return a file's bytes."""
        return (self._folder / file.path).read_bytes()


def plain_name(name: str) -> str:
    """Return a file's name without percent signs that a client put in for Chinese.

    aiohttp's client escapes the whole name, browsers and httpx send it as it is; a name is
    unescaped only if that brings out something beyond ASCII.
    """
    try:
        unescaped = unquote(name, errors="strict")
    except UnicodeDecodeError:
        return name
    return name if unescaped.isascii() else unescaped


def _mime(upload: Upload, kind: str) -> str:
    if upload.mime and upload.mime != _UNKNOWN_MIME:
        return upload.mime
    return mimetypes.guess_type(upload.name)[0] or _MIMES.get(kind, _UNKNOWN_MIME)


def _harmless(suffix: str) -> str:
    plain = suffix.lower()
    return plain if plain[1:].isalnum() and plain.isascii() else ""


def _file(row: sqlite3.Row | None) -> StoredFile | None:
    return None if row is None else StoredFile(*tuple(row))
