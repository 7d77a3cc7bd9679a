"""Read a file that someone hands in: its kind, its size, its encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.laws.faults import UnknownKindError, UnreadableTextError
from knowledge.laws.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.laws.model import OfficialText

KINDS = {".md", ".txt"}
MOST_BYTES = 32 * 1024 * 1024


def read(path: Path) -> OfficialText:
    """Read one official text.

    Raises:
        UnreadableTextError: missing, too large, of another kind, no text, or without articles.
    """
    if path.suffix.lower() not in KINDS:
        raise UnknownKindError(path.name)
    return parse(_decoded(content(path), path.name), path.name)


def content(path: Path) -> bytes:
    """Return the bytes of a file that is not too large.

    Raises:
        UnreadableTextError: missing or too large.
    """
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise UnreadableTextError(path.name, "文件打不开，请检查路径和权限") from error
    if size > MOST_BYTES:
        raise UnreadableTextError(path.name, f"文件过大（上限 {MOST_BYTES // 1024 // 1024} MB）")
    return raw


def _decoded(raw: bytes, name: str) -> str:
    if b"\x00" in raw:
        raise UnreadableTextError(name, "不是纯文本，请另存为 UTF-8 的 txt 后再导入")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTextError(name, "文字编码不认识，请另存为 UTF-8 的 txt 后再导入")
