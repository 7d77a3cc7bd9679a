"""The texts an office has imported, one file per text and version, in its home folder."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

from knowledge.laws.faults import DamagedShelfError
from knowledge.laws.model import Article, OfficialText, Paragraph

if TYPE_CHECKING:
    from pathlib import Path

SUBFOLDER = "knowledge"
_SUFFIX = ".text.json"


def folder(home: Path) -> Path:
    """Return where texts lie in a home folder."""
    return home / SUBFOLDER


def paths(home: Path) -> list[Path]:
    """Return the stored files in a fixed order."""
    place = folder(home)
    return sorted(place.glob(f"*{_SUFFIX}")) if place.is_dir() else []


def texts(home: Path) -> list[OfficialText]:
    """Return every stored text, older versions too."""
    return [_read(path) for path in paths(home)]


def current(stored: list[OfficialText]) -> list[OfficialText]:
    """Return the newest version of each text."""
    newest: dict[str, OfficialText] = {}
    for text in sorted(stored, key=lambda one: one.version):
        newest[text.title] = text
    return list(newest.values())


def same(home: Path, text: OfficialText) -> bool:
    """Tell whether exactly this text is on the shelf already."""
    path = _path(home, text)
    return path.is_file() and path.read_text(encoding="utf-8") == _written(text)


def put(home: Path, text: OfficialText) -> None:
    """Store a text; the same version again replaces it whole."""
    path = _path(home, text)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(_written(text), encoding="utf-8")
    os.replace(draft, path)  # noqa: PTH105 - atomic on one file system, and named so


def _path(home: Path, text: OfficialText) -> Path:
    name = re.sub(r"[^\w（）()\-]", "", text.title)[:60]
    return folder(home) / f"{name}@{text.version or 'undated'}{_SUFFIX}"


def _written(text: OfficialText) -> str:
    articles = [
        {
            "number": one.number,
            "branch": one.branch,
            "headings": one.headings,
            "paragraphs": [{"text": p.text, "items": p.items} for p in one.paragraphs],
        }
        for one in text.articles
    ]
    content = {
        "title": text.title,
        "version": text.version,
        "gaps": text.gaps,
        "repeated": text.repeated,
        "articles": articles,
    }
    return json.dumps(content, ensure_ascii=False, indent=0) + "\n"


def _read(path: Path) -> OfficialText:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return OfficialText(
            title=str(content["title"]),
            version=str(content["version"]),
            articles=tuple(_article(one) for one in content["articles"]),
            gaps=tuple(content["gaps"]),
            repeated=tuple(content["repeated"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedShelfError(path.name) from error


def _article(content: dict[str, Any]) -> Article:
    return Article(
        number=int(content["number"]),
        branch=int(content["branch"]),
        headings=tuple(content["headings"]),
        paragraphs=tuple(
            Paragraph(str(one["text"]), tuple(one["items"])) for one in content["paragraphs"]
        ),
    )
