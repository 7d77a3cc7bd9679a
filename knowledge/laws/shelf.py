"""The texts an office has imported, one file per text and version, in its home folder."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

from knowledge.laws.faults import DamagedShelfError
from knowledge.laws.model import Article, OfficialText, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

SUBFOLDER = "knowledge"
_SUFFIX = ".text.json"
_CLOSING = 3
"""Last articles of a text, where it says what it repeals."""
_NAMED = re.compile("《([^《》]+)》")


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


def current(stored: list[OfficialText], day: date | None = None) -> list[OfficialText]:
    """Return the texts in force on a day, now where none is given: one version of each.

    A version holds until the next one; a text that another one repeals is gone from that one's
    day on. A text without a day has always been there.
    """
    until = day.isoformat() if day else "9999"
    begun = [text for text in stored if text.version <= until]
    newest: dict[str, OfficialText] = {}
    for text in sorted(begun, key=lambda one: one.version):
        newest[text.title] = text
    gone = repealed(newest.values())
    return [text for title, text in newest.items() if title not in gone]


def repealed(stored: Iterable[OfficialText]) -> dict[str, OfficialText]:
    """Return the titles that a text repeals in its last articles, each with that text."""
    gone: dict[str, OfficialText] = {}
    for text in stored:
        closing = "".join(article.text for article in text.articles[-_CLOSING:])
        for sentence in re.split("[。\n]", closing):
            if "废止" in sentence:
                gone.update((_bare(name), text) for name in _NAMED.findall(sentence))
    return gone


def _bare(title: str) -> str:
    return re.sub(r"\s", "", title)


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
            **({"mark": one.mark} if one.mark else {}),
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
        mark=str(content.get("mark", "")),
    )
