"""Run the reading child on one docx or pdf and give back its lines, or the fault as a sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.laws.faults import UnreadableTextError
from storage.reading_child import ChildEndedError, output_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHILD = Path(__file__).with_name("child.py")
_MEGABYTE = 1 << 20
_TXT = "请另存为 UTF-8 的 txt 后再导入"

FAULTS: Mapping[str, str] = {
    "encrypted": f"有密码保护，请去掉密码后再导入，或{_TXT.removeprefix('请')}",
    "old_word": "是旧式 Word 文档（doc），请用 Word 或 WPS 另存为 docx 后再导入",
    "not_text": f"不是 docx 或 pdf 文档，{_TXT}",
    "damaged": f"已损坏或不完整，请重新取得文件，或{_TXT.removeprefix('请')}",
    "stopped": f"结构异常，读取用尽了内存或时间，已中止；{_TXT}",
    "too_big": f"展开后过大，不予读取；{_TXT}",
    "too_slow": f"读取超时，已中止；{_TXT}",
}


@dataclass(frozen=True)
class Limits:
    """What one file may cost: unpacked bytes, characters, pages, memory, seconds."""

    unpacked: int = 100 * _MEGABYTE
    characters: int = 8 * _MEGABYTE
    pages: int = 1000
    memory: int = 1024 * _MEGABYTE
    cpu_seconds: int = 60
    wall_seconds: int = 90


@dataclass(frozen=True)
class Pages:
    """The lines of every page, and the numbers of those that are pictures, counted from 1."""

    pages: tuple[tuple[str, ...], ...]
    pictures: tuple[int, ...] = ()


def read_pages(name: str, data: bytes, limits: Limits | None = None) -> Pages:
    """Return the lines of a docx or pdf.

    Raises:
        UnreadableTextError: the file is refused, or its reader was ended or crashed.
    """
    *content, last = run(_CHILD, name, data, limits or Limits())
    return Pages(tuple(tuple(one["lines"]) for one in content), tuple(last["pictures"]))


def run(child: Path, name: str, data: bytes, limits: Any) -> list[dict[str, Any]]:
    """Return what a child says of a file, line by line; `limits` has `wall_seconds`.

    Raises:
        UnreadableTextError: the file is refused, or its reader was ended or crashed.
    """
    try:
        output = output_of(child, data, limits, wall_seconds=limits.wall_seconds)
    except ChildEndedError as ended:
        raise UnreadableTextError(name, FAULTS[ended.ending]) from None
    lines: list[dict[str, Any]] = [json.loads(line) for line in output.splitlines()]
    if lines[-1]["fault"]:
        raise UnreadableTextError(name, FAULTS[lines[-1]["fault"]])
    return lines
