"""Text for cells and sheet names of an xlsx: harmless, storable, not longer than it may be."""

from __future__ import annotations

import re
import unicodedata

from handlers.documents.plain_text import storable

RUNNING = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins so could run as a formula, here or once saved as csv."""
NEUTRAL = "'"
MOST_CHARACTERS = 32_767
UNITS = "utf-16-le"
MOST_NAME_CHARACTERS = 31
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


def fit_cell(text: str) -> str:
    """Return a text as a cell may hold it; a cut one says how long it was."""
    harmless = f"{NEUTRAL}{text}" if text.startswith(RUNNING) else text
    written = storable(harmless)
    if _units(written) <= MOST_CHARACTERS:
        return written
    notice = f"……（单元格放不下，原文共 {len(text)} 字，全文见数据目录）"
    return _cut(written, MOST_CHARACTERS - len(notice)) + notice


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that a sheet may have and no other has."""
    clean = NOT_IN_NAMES.sub("_", storable(wanted)).strip() or "表"
    name = _cut(clean, MOST_NAME_CHARACTERS)
    number = 2
    while name.casefold() in taken:
        ending = f"({number})"
        name = _cut(clean, MOST_NAME_CHARACTERS - len(ending)) + ending
        number += 1
    return name


def wrapped_lines(text: str, width: int) -> int:
    """Count the lines a text takes in a column so many characters wide; Chinese takes two."""
    return sum(max(1, -(-_columns(line) // max(1, width - 1))) for line in text.split("\n"))


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in line)


def _units(text: str) -> int:
    """Count as Excel does: a character beyond the basic plane takes two."""
    return len(text.encode(UNITS)) // 2


def _cut(text: str, most: int) -> str:
    return text.encode(UNITS)[: 2 * most].decode(UNITS, errors="ignore")
