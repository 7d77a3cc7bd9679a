"""Read an official text of any kind that is taken: md and txt here, docx and pdf in the child."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.laws import files
from knowledge.laws.faults import UnreadableTextError
from knowledge.laws.parse import parse
from knowledge.laws.reflow import reflow
from storage.official_texts import pictures, process

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.laws.model import OfficialText
    from storage.official_texts.process import Limits, Pages

KINDS = (*sorted(files.KINDS), ".docx", ".pdf")


@dataclass(frozen=True)
class Scan:
    """A pdf with scanned pages: its letters are read and corrected before it is a text."""

    name: str
    data: bytes
    pages: Pages

    @property
    def source(self) -> str:
        """Return the SHA-256 of the file."""
        return hashlib.sha256(self.data).hexdigest()


def read(path: Path, limits: Limits | None = None, *, name: str = "") -> OfficialText | Scan:
    """Read one official text; `name` is what people call a file that lies under another.

    Raises:
        UnreadableTextError: missing, too large, of another kind, no text, without articles, or
            scanned where letters cannot be read from pictures.
    """
    called = name or path.name
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise UnreadableTextError(
            called, "只读取 md、txt、docx、pdf；doc、wps 请另存为 docx 后再导入"
        )
    most = files.MOST_TEXT if kind in files.KINDS else files.MOST_BYTES
    data = files.content(path, called, most=most)
    if kind in files.KINDS:
        text = parse(files.decoded(data, called), called)
        return replace(text, source=hashlib.sha256(data).hexdigest())
    found = process.read_pages(called, data, limits)
    if found.pictures:
        pictures.demand(called, len(found.pictures))
        return Scan(called, data, found)
    is_pdf = kind == ".pdf"
    lines = reflow(found.pages) if is_pdf else [line for page in found.pages for line in page]
    return replace(parse("\n".join(lines), called), source=hashlib.sha256(data).hexdigest())
