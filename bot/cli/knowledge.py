"""`fangyuan knowledge`: import official texts, and list what the office has."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from knowledge.laws import shelf
from knowledge.laws.files import read
from knowledge.search.opening import load_search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from knowledge.laws.model import OfficialText

_SHOWN_NUMBERS = 20


def import_texts(
    files: Sequence[Path], home: Path, *, yes: bool, confirm: Callable[[str], bool]
) -> None:
    """Read all files, show what was read, and store them all; any fault stores none.

    Asks before it stores only at a terminal.
    """
    texts = [read(path) for path in files]
    new = [text for text in texts if not shelf.same(home, text)]
    for path, text in zip(files, texts, strict=True):
        print("\n".join(preview(path.name, text, known=text not in new)))
    if not new:
        print("都已导入过，没有变化。")
        return
    if not yes and sys.stdin.isatty() and not confirm(f"导入以上 {len(new)} 份文本？"):
        print("没有导入。")
        return
    for text in new:
        shelf.put(home, text)
    load_search(home)
    print(f"已导入 {len(new)} 份文本，检索已更新。")


def preview(name: str, text: OfficialText, *, known: bool) -> Iterable[str]:
    """Say what was read of one text."""
    note = "（已导入过，没有变化）" if known else ""
    yield f"{name}：《{text.title}》，{_version(text)}，{len(text.articles)} 条{note}"
    if text.on_trial:
        yield "  请注意：这是试行文本，与正式文本分开存放"
    if text.gaps:
        yield f"  条号不连续，缺第 {_numbers(text.gaps)} 条，请核对原文"
    if text.repeated:
        yield f"  条号重复，第 {_numbers(text.repeated)} 条出现两次以上，只取第一次"


def list_texts(home: Path) -> None:
    """Print one line per stored text, the newest version of each without a mark."""
    stored = shelf.texts(home)
    newest = shelf.current(stored)
    for text in stored:
        mark = "" if text in newest else "（旧版，供旧案引用）"
        print(f"《{text.title}》，{_version(text)}，{len(text.articles)} 条{mark}")
    if not stored:
        print("尚未导入文本。导入：fangyuan knowledge import 文件")


def _version(text: OfficialText) -> str:
    return f"版本 {text.version}" if text.version else "版本日期不明"


def _numbers(numbers: Sequence[int]) -> str:
    shown = "、".join(map(str, numbers[:_SHOWN_NUMBERS]))
    return shown + ("等" if len(numbers) > _SHOWN_NUMBERS else "")
