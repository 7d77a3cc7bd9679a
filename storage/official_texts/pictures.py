"""Read the letters of scanned pages, a few pages at a time; needs the optional extra `ocr`."""

from __future__ import annotations

import base64
import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.laws.faults import UnreadableTextError
from storage.official_texts import process

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHILD = Path(__file__).with_name("picture_child.py")
_MEGABYTE = 1 << 20
_MOST_THREADS = 2
AT_ONCE = 5
"""Pages read by one process: starting it takes as long as a page."""
MOST_PAGES = 300
SCANNED = (
    "是扫描件，没有文字层，本机未安装文字识别组件；"
    "请在安装目录执行 make ocr 安装后再导入，或导入有文字的版本"
)


@dataclass(frozen=True)
class Limits:
    """What reading some pages may cost: threads, memory, seconds."""

    numbers: tuple[int, ...]
    threads: int
    cpu_seconds: int
    wall_seconds: int
    memory: int = 2048 * _MEGABYTE


@dataclass(frozen=True)
class Line:
    """One printed line; `doubts` are the places of doubtful characters in it."""

    text: str
    certain: bool
    doubts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Page:
    """One page as read: its picture as JPEG, and its printed lines."""

    number: int
    picture: bytes
    lines: tuple[Line, ...]


def can_read() -> bool:
    """Tell whether the optional extra `ocr` is installed."""
    return all(importlib.util.find_spec(one) for one in ("rapidocr", "onnxruntime"))


def demand(name: str, count: int) -> None:
    """See that so many scanned pages can be read here.

    Raises:
        UnreadableTextError: the extra is not installed, or there are too many pages.
    """
    if not can_read():
        raise UnreadableTextError(name, SCANNED)
    if count > MOST_PAGES:
        raise UnreadableTextError(
            name, f"有 {count} 页扫描件，超过上限 {MOST_PAGES} 页，请拆分后再导入"
        )


def read(name: str, data: bytes, numbers: Sequence[int]) -> list[Page]:
    """Return some pages of a pdf, counted from 1.

    Raises:
        UnreadableTextError: the file is refused, or its reader was ended or crashed.
    """
    *content, _ = process.run(_CHILD, name, data, _limits(numbers))
    return [
        Page(
            number=int(one["page"]),
            picture=base64.b64decode(one["picture"]),
            lines=tuple(
                Line(line["text"], line["certain"], tuple(line["doubts"])) for line in one["lines"]
            ),
        )
        for one in content
    ]


def _limits(numbers: Sequence[int]) -> Limits:
    """Allow what the slowest machine of an office takes: measured are two seconds a page."""
    return Limits(
        numbers=tuple(numbers),
        threads=min(_MOST_THREADS, os.cpu_count() or 1),
        cpu_seconds=60 + 60 * len(numbers),
        wall_seconds=60 + 60 * len(numbers),
    )
