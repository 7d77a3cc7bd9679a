"""Read an official text of any kind that is taken: md and txt here, docx and pdf in the child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.laws import files
from knowledge.laws.faults import UnreadableTextError
from knowledge.laws.parse import parse
from knowledge.laws.reflow import reflow
from storage.official_texts import process

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.laws.model import OfficialText
    from storage.official_texts.process import Limits

KINDS = (*sorted(files.KINDS), ".docx", ".pdf")
_PAGE = "【第 {number} 页】"


@dataclass(frozen=True)
class ReadText:
    """One file as read; `draft` holds letters read from pictures, page by page, to be corrected.

    A draft is never stored as an official text: it is written out, corrected, and imported.
    """

    text: OfficialText
    draft: str | None = None


def read(path: Path, limits: Limits | None = None) -> ReadText:
    """Read one official text.

    Raises:
        UnreadableTextError: missing, too large, of another kind, no text, or without articles.
    """
    if path.suffix.lower() not in KINDS:
        raise UnreadableTextError(
            path.name, "只读取 md、txt、docx、pdf；doc、wps 请另存为 docx 后再导入"
        )
    if path.suffix.lower() in files.KINDS:
        return ReadText(files.read(path))
    data = files.content(path)
    found = process.read_pages(path.name, data, limits or process.usual_limits())
    is_pdf = path.suffix.lower() == ".pdf"
    lines = reflow(found.pages) if is_pdf else [line for page in found.pages for line in page]
    draft = _draft(found.pages) if found.recognised else None
    return ReadText(parse("\n".join(lines), path.name), draft)


def _draft(pages: tuple[tuple[str, ...], ...]) -> str:
    parts = [
        "\n".join((_PAGE.format(number=number), *lines)) for number, lines in enumerate(pages, 1)
    ]
    return "\n".join(parts) + "\n"
