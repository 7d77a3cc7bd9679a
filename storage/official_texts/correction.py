"""What was read from scanned pages, in a folder where a person corrects it beside the pictures.

A folder has a picture and a text for each page, one page for the browser that shows them side by
side, and `read.json` that says what file it is of. A doubtful line begins with a mark; the mark is
taken away when the line was checked.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.errors import KnowledgeError
from knowledge.laws import files
from knowledge.laws.parse import parse
from knowledge.laws.reflow import reflow
from storage.official_texts import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from knowledge.laws.model import OfficialText
    from storage.official_texts.pictures import Page
    from storage.official_texts.read import Scan

DOUBTFUL = "【？】"
CORRECTED = "更正.txt"
SHOWN_IN_BROWSER = "核对.html"
_STATE = "read.json"
_PAGE = re.compile(r"【第\s*(\d+)\s*页】\s*\Z")
_HEAD = re.compile(r"【更正稿\s*(?P<code>[0-9a-f]{8})】")
_CODE = 8


class NoCorrectionError(KnowledgeError):
    """A folder or file holds nothing that was read from pages."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”里没有扫描件的识别结果，请给出 fangyuan knowledge import 生成的文件夹或更正稿"
        )


class UnfinishedError(KnowledgeError):
    """Not all pages are read yet."""

    def __init__(self, name: str, left: int) -> None:
        super().__init__(f"“{name}”还有 {left} 页没有识别，请重新执行 fangyuan knowledge import")


@dataclass(frozen=True)
class Correction:
    """What a folder is of: the file's name and hash, its pages, and which of these are pictures."""

    folder: Path
    name: str
    source: str
    pages: int
    scanned: tuple[int, ...]

    @property
    def code(self) -> str:
        """Return what a corrected text is recognised by."""
        return self.source[:_CODE]

    def text_path(self, number: int) -> Path:
        """Return where the text of a page lies."""
        return self.folder / f"{number:03}.txt"

    def picture_path(self, number: int) -> Path:
        """Return where the picture of a page lies."""
        return self.folder / f"{number:03}.jpg"

    @property
    def browser_page(self) -> Path:
        """Return the page that shows pictures and texts side by side."""
        return self.folder / SHOWN_IN_BROWSER

    def left(self) -> tuple[int, ...]:
        """Return the scanned pages that are not read yet."""
        return tuple(one for one in self.scanned if not self.text_path(one).is_file())

    def lines(self, number: int) -> list[str]:
        """Return the printed lines of a page as they stand now, doubtful ones with their mark."""
        path = self.text_path(number)
        return files.decoded(path.read_bytes(), path.name).splitlines() if path.is_file() else []

    def doubtful(self) -> dict[int, int]:
        """Return how many lines of each page still bear the mark."""
        counts = {
            one: sum(line.startswith(DOUBTFUL) for line in self.lines(one)) for one in self.scanned
        }
        return {page: count for page, count in counts.items() if count}


def begin(place: Path, scan: Scan) -> Correction:
    """Make the folder of a scanned file, or return the one that is there from an earlier start."""
    found = Correction(
        folder=place / scan.source[:_CODE],
        name=scan.name,
        source=scan.source,
        pages=len(scan.pages.pages),
        scanned=scan.pages.pictures,
    )
    if not (found.folder / _STATE).is_file():
        found.folder.mkdir(parents=True, exist_ok=True)
        for number, lines in enumerate(scan.pages.pages, 1):
            if number not in found.scanned:
                _write(found.text_path(number), "\n".join(lines))
        _write(found.folder / _STATE, json.dumps(_state(found), ensure_ascii=False))
    return found


def opened(path: Path) -> Correction:
    """Return what a folder holds.

    Raises:
        NoCorrectionError: it holds none.
    """
    try:
        state = json.loads((path / _STATE).read_text(encoding="utf-8"))
        return Correction(
            folder=path,
            name=str(state["name"]),
            source=str(state["source"]),
            pages=int(state["pages"]),
            scanned=tuple(state["scanned"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoCorrectionError(path.name) from error


def keep(correction: Correction, read: Iterable[Page]) -> None:
    """Keep pages as they were read; with the last one the page for the browser is made."""
    for page in read:
        correction.picture_path(page.number).write_bytes(page.picture)
        lines = [line.text if line.certain else DOUBTFUL + line.text for line in page.lines]
        shown = [
            {"text": one.text, "certain": one.certain, "doubts": one.doubts} for one in page.lines
        ]
        _write(correction.text_path(page.number).with_suffix(".json"), json.dumps(shown))
        # the text comes last: with it the page counts as read
        _write(correction.text_path(page.number), "\n".join(lines))
    if not correction.left():
        _write(correction.browser_page, _browser_page(correction))


def whole(correction: Correction) -> str:
    """Return the text of all pages in one, to be corrected and handed back."""
    parts = [f"【更正稿 {correction.code}】{correction.name}"]
    for number in range(1, correction.pages + 1):
        parts += [f"【第 {number} 页】", *correction.lines(number)]
    return "\n".join(parts) + "\n"


def write_whole(correction: Correction) -> Path:
    """Write the text of all pages into one file of the folder, to be sent."""
    path = correction.folder / "识别稿.txt"
    _write(path, whole(correction).rstrip("\n"))
    return path


def code_in(content: str) -> str | None:
    """Return the code of the folder a corrected text belongs to."""
    match = _HEAD.search(content[:200])
    return match["code"] if match else None


def take(correction: Correction, content: str) -> int:
    """Keep a corrected text page by page; return how many pages it had.

    A page that is not in it stays as it was: one may hand back only what was changed.
    """
    pages: dict[int, list[str]] = {}
    number = 0
    for line in content.lstrip("\ufeff").splitlines():
        if match := _PAGE.match(line.strip()):
            number = int(match[1])
            pages[number] = []
        elif number:
            pages[number].append(line)
    taken = {number: lines for number, lines in pages.items() if 0 < number <= correction.pages}
    for number, lines in taken.items():
        _write(correction.text_path(number), "\n".join(lines))
    return len(taken)


def text_of(correction: Correction) -> OfficialText:
    """Return the text as corrected.

    Raises:
        UnfinishedError: a page is not read yet.
        UnreadableTextError: there is no article in it.
    """
    if left := correction.left():
        raise UnfinishedError(correction.name, len(left))
    pages = [
        [line.removeprefix(DOUBTFUL) for line in correction.lines(number)]
        for number in range(1, correction.pages + 1)
    ]
    text = parse("\n".join(reflow(pages)), correction.name)
    return replace(text, source=correction.source)


def _browser_page(correction: Correction) -> str:
    shown = []
    for number in correction.scanned:
        kept = json.loads(correction.text_path(number).with_suffix(".json").read_text("utf-8"))
        lines = tuple(
            side_by_side.Line(one["text"], one["certain"], tuple(one["doubts"])) for one in kept
        )
        shown.append(side_by_side.Shown(number, correction.picture_path(number).name, lines))
    return side_by_side.page(correction.name, correction.code, shown)


def _state(correction: Correction) -> dict[str, object]:
    return {
        "name": correction.name,
        "source": correction.source,
        "pages": correction.pages,
        "scanned": correction.scanned,
    }


def _write(path: Path, content: str) -> None:
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(content + "\n", encoding="utf-8", newline="\n")
    os.replace(draft, path)  # noqa: PTH105 - atomic on one file system, and named so
