"""A file with an official text, read outside the transaction: a text, pages to correct, a fault."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge import fields
from knowledge.errors import KnowledgeError, UserFacingError
from knowledge.laws import files, shelf
from storage.official_texts import correction, pictures
from storage.official_texts.read import Scan, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.desk import Desk
    from knowledge.laws.model import OfficialText
    from storage.official_texts.correction import Correction

ENDINGS = frozenset({".md", ".txt", ".docx", ".pdf"})
AT_ONCE = 3
"""Scanned pages read between two looks at what else is due."""
_LOOKED_AT = 5
_FEWEST_COLUMNS = 3
_CELLS = re.compile(r"[\t,，;；|\u3000]")
NO_HOME = "本机没有数据目录，不能保存文本"
OUR_HEAD_IS_GONE = "更正稿第一行的“【更正稿 …】”是用来找回原件的，请保留这一行后重新发送"


@dataclass(frozen=True)
class TextRead:
    """What came of a file: the text beside those stored, or what keeps it from being one.

    `scan`: pages read from pictures; `unchecked`: lines of them that still bear the mark.
    `like_export`: its head names columns of case exports. `made`: a file that was written instead.
    `fault` is the sentence for the person.
    """

    text: OfficialText | None = None
    stored: tuple[OfficialText, ...] = ()
    scan: Correction | None = None
    unchecked: int = 0
    like_export: bool = False
    made: Path | None = None
    fault: str = ""


def read_file(desk: Desk, data: Mapping[str, Any]) -> TextRead:
    """Read a file that came in, or pages that were corrected; no transaction may be open.

    `data` names the file by `path` and `name`, or corrected pages by `code`; `title` and `version`
    stand in the place of those that were read.
    """
    try:
        found = _read(desk, data)
    except UserFacingError as refused:
        return TextRead(fault=f"{refused}。", like_export=_is_like_export(data))
    if found.text is None:
        return found
    text = found.text
    title, version = data.get("title") or text.title, data.get("version") or text.version
    said = replace(text, title=str(title), version=str(version))
    return replace(found, text=said, like_export=_is_like_export(data))


def read_pages(desk: Desk, data: Mapping[str, Any]) -> TextRead:
    """Read the next scanned pages of a file; with the last ones they are a text."""
    try:
        kept = correction.opened(shelf.scans(_home(desk)) / str(data["code"]))
        some = kept.left()[:AT_ONCE]
        content = files.content(Path(data["path"]), str(data["name"]))
        correction.keep(kept, pictures.read(str(data["name"]), content, some))
    except UserFacingError as refused:
        return TextRead(fault=f"{refused}。")
    if kept.left():
        return TextRead(scan=kept)
    try:
        return _corrected(desk, kept)
    except KnowledgeError as refused:
        return TextRead(scan=kept, fault=f"{refused}。")


def _read(desk: Desk, data: Mapping[str, Any]) -> TextRead:
    if "code" in data:
        return _corrected(desk, correction.opened(shelf.scans(_home(desk)) / str(data["code"])))
    path, name = Path(data["path"]), str(data["name"])
    if path.suffix == ".txt":
        content = files.decoded(files.content(path, name, most=files.MOST_TEXT), name)
        if code := correction.code_in(content):
            kept = correction.opened(shelf.scans(_home(desk)) / code)
            correction.take(kept, content)
            return _corrected(desk, kept)
        if data.get("corrected"):
            return TextRead(fault=f"{OUR_HEAD_IS_GONE}。")
    found = read(path, name=name)
    if isinstance(found, Scan):
        return TextRead(scan=correction.begin(shelf.scans(_home(desk)), found))
    return TextRead(found, stored=tuple(shelf.texts(_home(desk))))


def _corrected(desk: Desk, kept: Correction) -> TextRead:
    return TextRead(
        correction.text_of(kept),
        stored=tuple(shelf.texts(_home(desk))),
        scan=kept,
        unchecked=sum(kept.doubtful().values()),
    )


def _is_like_export(data: Mapping[str, Any]) -> bool:
    """Tell whether the first lines of a plain text name columns of case exports."""
    path = Path(data.get("path") or "")
    if path.suffix not in files.KINDS or not path.is_file():
        return False
    try:
        head = b"\n".join(path.read_bytes()[: 1 << 16].split(b"\n")[:_LOOKED_AT])
        lines = files.decoded(head, path.name).splitlines()
    except KnowledgeError:
        return False
    known = fields.registry()
    cells = {cell.strip() for line in lines for cell in _CELLS.split(line)}
    return sum(known.canonical(cell) is not None for cell in cells) >= _FEWEST_COLUMNS


def _home(desk: Desk) -> Path:
    if desk.home is None:
        raise KnowledgeError(NO_HOME)
    return desk.home
