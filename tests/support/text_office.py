"""An office that takes official texts: a home of its own, behind a cleared door."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.shelf import LateSearch
from tests.support.office_phones import DOOR

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office_desk import OfficeAtWork

LU, ZHI = "陆明远", "林知秋"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder where the texts of the office are kept."""
    return tmp_path / "home"


@pytest.fixture
def taking(office: OfficeAtWork, home: Path) -> OfficeAtWork:
    """An office with a home, behind a door cleared for case names, without any text."""
    office.desk = replace(
        office.desk,
        home=home,
        archive=home / "archive",
        search=LateSearch(home),
        doors={DOOR: "intranet"},
    )
    return office


def sent(
    office: OfficeAtWork,
    folder: Path,
    content: str | bytes,
    name: str = "办法.md",
    caption: str = "",
) -> Path:
    """Let the officer send a file, and have it read; returns where its bytes lie."""
    place = folder / "uploads"
    place.mkdir(exist_ok=True)
    path = place / f"{len(list(place.iterdir()))}{name[name.rindex('.') :]}"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    office[LU].upload("document", name, caption, str(path))
    office.sweep()
    return path


def imported(office: OfficeAtWork, folder: Path, content: str, name: str = "办法.md") -> None:
    """Let the officer send a text and import it."""
    sent(office, folder, content, name)
    office[LU].press("导入")
    office.sweep()
