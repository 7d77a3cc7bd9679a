"""`fangyuan knowledge`: import official texts, and list what the office has."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from knowledge.laws import links, shelf
from knowledge.search.opening import load_search
from storage.official_texts.read import read

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
    done = [read(path) for path in files]
    drafts = [(path, one.draft) for path, one in zip(files, done, strict=True) if one.draft]
    if drafts:
        _keep_drafts(home, drafts)
        return
    texts = [one.text for one in done]
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
    _name_orphans(home)


def _keep_drafts(home: Path, drafts: Iterable[tuple[Path, str]]) -> None:
    """Write out what was read from pictures: it is corrected by a person before it counts."""
    folder = shelf.folder(home) / "ocr"
    folder.mkdir(parents=True, exist_ok=True)
    for path, draft in drafts:
        written = folder / f"{path.stem}.txt"
        written.write_text(draft, encoding="utf-8")
        print(
            f"{path.name} 是扫描件，识别结果按页写在 {written}，没有导入。"
            "请对照原件逐页改正、删去页码行，再导入这份 txt。"
        )


def _name_orphans(home: Path) -> None:
    kept = links.confirmed(home)
    if kept:
        for one, why in links.orphans(kept, shelf.current(shelf.texts(home))):
            print(f"请重新核对关联 {one.id}（{one.document}{one.article}）：{why}")


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
    gone = shelf.repealed(stored)
    for text in stored:
        mark = ""
        if text.title in gone:
            by = gone[text.title]
            mark = f"（已被《{by.title}》{by.version}废止，供旧案引用）"
        elif text not in newest:
            mark = f"（旧版，至 {_next_version(text, stored)} 前有效，供旧案引用）"
        print(f"《{text.title}》，{_version(text)}，{len(text.articles)} 条{mark}")
    if not stored:
        print("尚未导入文本。导入：fangyuan knowledge import 文件")


def _next_version(text: OfficialText, stored: Iterable[OfficialText]) -> str:
    later = (one.version for one in stored if one.title == text.title)
    return min(version for version in later if version > text.version)


def _version(text: OfficialText) -> str:
    return f"版本 {text.version}" if text.version else "版本日期不明"


def _numbers(numbers: Sequence[int]) -> str:
    shown = "、".join(map(str, numbers[:_SHOWN_NUMBERS]))
    return shown + ("等" if len(numbers) > _SHOWN_NUMBERS else "")
