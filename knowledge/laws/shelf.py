"""The texts an office has imported, one file per text and version, in its home folder."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.laws import stored
from knowledge.laws.model import IN_FORCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from knowledge.laws.model import OfficialText

SUBFOLDER = "knowledge"
SET_ASIDE = "replaced"
_SUFFIX = ".text.json"
_CLOSING = 3
"""Last articles of a text, where it says what it repeals."""
_LONGEST_NAME = 60
_NAMED = re.compile("《([^《》]+)》")


def folder(home: Path) -> Path:
    """Return where texts lie in a home folder."""
    return home / SUBFOLDER


def scans(home: Path) -> Path:
    """Return where scanned texts wait in a home folder until a person has corrected them."""
    return folder(home) / "ocr"


def paths(home: Path) -> list[Path]:
    """Return the stored files in a fixed order."""
    place = folder(home)
    return sorted(place.glob(f"*{_SUFFIX}")) if place.is_dir() else []


def texts(home: Path) -> list[OfficialText]:
    """Return every stored text, older versions too.

    Raises:
        DamagedShelfError: one cannot be read back.
    """
    return [stored.read(path) for path in paths(home)]


def current(kept: Sequence[OfficialText], day: date | None = None) -> list[OfficialText]:
    """Return the texts in force on a day, now where none is given: one version of each.

    A version holds until the next one; a text that another one repeals, or that an officer marked
    as repealed, is gone from that day on. A text without a day has always been there.
    """
    until = _until(day)
    newest = _newest(text for text in kept if text.version <= until)
    gone = repealed(newest.values(), day)
    return [text for title, text in newest.items() if title not in gone]


def repealed(kept: Iterable[OfficialText], day: date | None = None) -> dict[str, OfficialText]:
    """Return the titles that a text repeals in its last articles, each with that text.

    A title that an officer marked stands with its own newest text, whose `standing` is the day.
    """
    gone: dict[str, OfficialText] = {}
    newest = _newest(kept)
    for text in newest.values():
        closing = "".join(article.text for article in text.articles[-_CLOSING:])
        for sentence in re.split("[。\n]", closing):
            if "废止" in sentence:
                # an older version of its own is no other text
                others = {_bare(name) for name in _NAMED.findall(sentence)} - {text.title}
                gone.update(dict.fromkeys(others, text))
    for title, text in newest.items():
        if text.standing == IN_FORCE:
            gone.pop(title, None)
        elif text.standing and text.standing <= _until(day):
            gone[title] = text
    return gone


def _newest(kept: Iterable[OfficialText]) -> dict[str, OfficialText]:
    return {text.title: text for text in sorted(kept, key=lambda one: one.version)}


def _until(day: date | None) -> str:
    return day.isoformat() if day else "9999"


def _bare(title: str) -> str:
    return re.sub(r"\s", "", title)


def same(home: Path, text: OfficialText) -> bool:
    """Tell whether exactly this text is on the shelf already, under the same day."""
    return any(one.says_the_same_as(text) and one.version == text.version for one in texts(home))


def put(home: Path, text: OfficialText) -> list[str]:
    """Store a text; the same version again replaces it whole.

    What it takes the place of is kept aside, under the names returned for `take_back`: the same
    version with other words, or the same words under another day.
    """
    target = path_of(home, text)
    replaced = [
        path
        for path in paths(home)
        if (one := stored.read(path)).title == text.title
        and (one.version == text.version) != one.says_the_same_as(text)
    ]
    aside = [_keep_aside(home, path) for path in replaced]
    _write(target, text)
    for path in replaced:
        if path != target:
            path.unlink()
    return aside


def take_back(home: Path, text: OfficialText, aside: Iterable[str]) -> None:
    """Undo a `put`: the text goes, and what it had taken the place of stands there again."""
    path_of(home, text).unlink(missing_ok=True)
    for name in aside:
        kept = folder(home) / SET_ASIDE / name
        if kept.is_file():
            os.replace(kept, folder(home) / name.split("~", 1)[1])  # noqa: PTH105 - atomic


def mark(home: Path, text: OfficialText, standing: str) -> OfficialText:
    """Keep what an officer decided of a stored text: a day it is repealed from, in force, or ""."""
    marked = replace(text, standing=standing)
    _write(path_of(home, text), marked)
    return marked


def path_of(home: Path, text: OfficialText) -> Path:
    """Return where a text of this title and version lies."""
    name = re.sub(r"[^\w（）()\-]", "", text.title)[:_LONGEST_NAME]
    if name != text.title:  # two long titles may begin alike
        name += f"-{hashlib.sha256(text.title.encode()).hexdigest()[:8]}"
    return folder(home) / f"{name}@{text.version or 'undated'}{_SUFFIX}"


def _keep_aside(home: Path, path: Path) -> str:
    place = folder(home) / SET_ASIDE
    place.mkdir(parents=True, exist_ok=True)
    numbers = [int(one.name.split("~", 1)[0]) for one in place.glob(f"*~*{_SUFFIX}")]
    name = f"{max(numbers, default=0) + 1:04}~{path.name}"
    shutil.copyfile(path, place / name)
    return name


def _write(path: Path, text: OfficialText) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(stored.written(text), encoding="utf-8")
    os.replace(draft, path)  # noqa: PTH105 - atomic on one file system, and named so
