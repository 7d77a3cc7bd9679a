"""Run the reading child on one docx or pdf and give back its lines, or the fault as a sentence."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path

from knowledge.laws.faults import UnreadableTextError
from storage.reading_child import ChildEndedError, output_of

_CHILD = Path(__file__).with_name("child.py")
_MEGABYTE = 1 << 20
_TXT = "请另存为 UTF-8 的 txt 后再导入"

FAULTS = {
    "encrypted": f"有密码保护，请去掉密码后再导入，或{_TXT.removeprefix('请')}",
    "old_word": "是旧式 Word 文档（doc），请用 Word 或 WPS 另存为 docx 后再导入",
    "not_text": f"不是 docx 或 pdf 文档，{_TXT}",
    "damaged": f"已损坏或不完整，请重新取得文件，或{_TXT.removeprefix('请')}",
    "stopped": f"结构异常，读取用尽了内存或时间，已中止；{_TXT}",
    "too_big": f"展开后过大，不予读取；{_TXT}",
    "too_slow": f"读取超时，已中止；{_TXT}",
    "scanned": "是扫描件，没有文字层，本机未安装文字识别组件；"
    "请安装组件（pip install 'fangyuan[ocr]'）后再导入，或导入有文字的版本",
}


@dataclass(frozen=True)
class Limits:
    """What one file may cost: unpacked bytes, characters, pages, memory, seconds.

    `recognise` allows reading letters from pictures, which needs more of everything.
    """

    unpacked: int = 100 * _MEGABYTE
    characters: int = 8 * _MEGABYTE
    pages: int = 1000
    memory: int = 1024 * _MEGABYTE
    cpu_seconds: int = 60
    wall_seconds: int = 90
    recognise: int = 0


@dataclass(frozen=True)
class Pages:
    """The lines of every page; `recognised`: some were read from pictures, to be corrected."""

    pages: tuple[tuple[str, ...], ...]
    recognised: bool


def can_recognise() -> bool:
    """Tell whether the optional extra `ocr` is installed."""
    return importlib.util.find_spec("rapidocr") is not None


def usual_limits() -> Limits:
    """Return the limits that fit what is installed."""
    if not can_recognise():
        return Limits()
    return Limits(memory=4096 * _MEGABYTE, cpu_seconds=1800, wall_seconds=1800, recognise=1)


def read_pages(name: str, data: bytes, limits: Limits) -> Pages:
    """Return the lines of a docx or pdf.

    Raises:
        UnreadableTextError: the file is refused, or its reader was ended or crashed.
    """
    *content, last = [json.loads(line) for line in _run(name, data, limits).splitlines()]
    if last["fault"]:
        raise UnreadableTextError(name, FAULTS[last["fault"]])
    return Pages(tuple(tuple(one["lines"]) for one in content), last["recognised"])


def _run(name: str, data: bytes, limits: Limits) -> bytes:
    try:
        return output_of(_CHILD, data, limits, wall_seconds=limits.wall_seconds)
    except ChildEndedError as ended:
        raise UnreadableTextError(name, FAULTS[ended.ending]) from None
