"""Read a file that someone hands in: its kind, its size, its encoding."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from knowledge.laws.faults import UnknownKindError, UnreadableTextError
from knowledge.laws.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.laws.model import OfficialText

KINDS = {".md", ".txt"}
MOST_BYTES = 32 * 1024 * 1024
MOST_TEXT = 8 * 1024 * 1024
"""Bytes of a plain text: the longest code of laws has less than a tenth of it."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(path: Path, name: str = "") -> OfficialText:
    """Read one official text; `name` is what people call the file, where it lies under another.

    Raises:
        UnreadableTextError: missing, too large, of another kind, no text, or without articles.
    """
    called = name or path.name
    if path.suffix.lower() not in KINDS:
        raise UnknownKindError(called)
    return parse(decoded(content(path, called, most=MOST_TEXT), called), called)


def content(path: Path, name: str = "", *, most: int | None = None) -> bytes:
    """Return the bytes of a file that is not too large.

    Raises:
        UnreadableTextError: missing or too large.
    """
    called, allowed = name or path.name, most or MOST_BYTES
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= allowed else b""
    except OSError as error:
        raise UnreadableTextError(called, "文件打不开，请检查路径和权限") from error
    if size > allowed:
        raise UnreadableTextError(called, f"文件过大（上限 {allowed // 1024 // 1024} MB）")
    return raw


def decoded(raw: bytes, name: str) -> str:
    """Return the text of some bytes: UTF-8, GBK, or what Windows calls Unicode.

    Raises:
        UnreadableTextError: it is none of these.
    """
    encodings = ("utf-16",) if raw.startswith(_WIDE) else ("utf-8-sig", "gb18030")
    if b"\x00" in raw and encodings != ("utf-16",):
        raise UnreadableTextError(name, "不是纯文本，请另存为 UTF-8 的 txt 后再导入")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTextError(name, "文字编码不认识，请另存为 UTF-8 的 txt 后再导入")
