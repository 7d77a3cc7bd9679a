"""Scanned texts on the command line: read with a bar, corrected in a folder, then a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from knowledge.laws import files, shelf
from storage.official_texts import correction, pictures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from knowledge.laws.model import OfficialText
    from storage.official_texts.correction import Correction
    from storage.official_texts.read import Scan


def recognise(home: Path, scans: Sequence[Scan]) -> None:
    """Read the letters of scanned files, page by page, and say where they are to be corrected.

    What was read before is not read again: a stopped reading goes on where it was.
    """
    for scan in scans:
        kept = correction.begin(shelf.scans(home), scan)
        left = kept.left()
        with _bar() as bar:
            task = bar.add_task(
                scan.name, total=len(kept.scanned), completed=len(kept.scanned) - len(left)
            )
            for at in range(0, len(left), pictures.AT_ONCE):
                some = left[at : at + pictures.AT_ONCE]
                correction.keep(kept, pictures.read(scan.name, scan.data, some))
                bar.advance(task, len(some))
        print("\n  ".join(_said(kept)))


def corrected(home: Path, path: Path) -> OfficialText:
    """Return the text of a folder of corrected pages, or of a corrected text saved elsewhere.

    Raises:
        NoCorrectionError: it is neither.
        KnowledgeError: a page is not read yet, or there is no article in it.
    """
    if path.is_dir():
        kept = correction.opened(path)
        saved = path / correction.CORRECTED
        if saved.is_file():
            correction.take(kept, files.decoded(files.content(saved), saved.name))
    else:
        content = files.decoded(files.content(path), path.name)
        code = correction.code_in(content)
        if code is None:
            raise correction.NoCorrectionError(path.name)
        kept = correction.opened(shelf.scans(home) / code)
        correction.take(kept, content)
    if doubtful := sum(kept.doubtful().values()):
        print(f"请注意：还有 {doubtful} 行带“{correction.DOUBTFUL}”标记，没有核对。")
    return correction.text_of(kept)


def _said(kept: Correction) -> list[str]:
    doubtful = kept.doubtful()
    lines = [f"{kept.name} 是扫描件，已识别 {len(kept.scanned)} 页，没有导入。"]
    if doubtful:
        count, pages = sum(doubtful.values()), "、".join(map(str, doubtful))
        mark = correction.DOUBTFUL
        lines.append(f"没有把握的 {count} 行，在第 {pages} 页，行首标“{mark}”。")
    lines.append(f"请对照原件改正：用浏览器打开 {kept.browser_page}，改完点“保存更正稿”；")
    lines.append(f"或直接改 {kept.folder} 里各页的 txt。")
    saved = f"fangyuan knowledge import --from-correction {kept.folder}"
    lines.append(f"改好后导入：{saved}（或保存的更正稿）")
    return lines


def _bar() -> Progress:
    return Progress(
        TextColumn("识别 {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
