from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.command import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs" / "rooms.md"
TOPS = ("knowledge", "storage", "handlers", "bot", "bench", "tests")
FOLDER = re.compile(r"^### `([^`]+)/`$")
ENTRY = re.compile(r"^- (.+?) – .")


def named() -> dict[str, list[str]]:
    """Which modules the page names, by the folder of the heading they stand under."""
    rooms: dict[str, list[str]] = {}
    folder = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if heading := FOLDER.match(line):
            folder = heading[1]
        elif line.startswith("#"):
            folder = ""
        elif folder and (entry := ENTRY.match(line)):
            rooms.setdefault(folder, []).extend(re.findall(r"`([^`]+)`", entry[1]))
    return rooms


def standing() -> dict[str, list[str]]:
    """Which modules there are, by folder; a test says by its name what it is about."""
    rooms: dict[str, list[str]] = {}
    for top in TOPS:
        for path in (ROOT / top).rglob("*.py"):
            if path.name != "__init__.py" and not is_test(path):
                rooms.setdefault(path.parent.relative_to(ROOT).as_posix(), []).append(path.stem)
    return rooms


def is_test(path: Path) -> bool:
    if path.parent == ROOT / "tests":
        return False
    inside = path.relative_to(ROOT).parts[0] == "tests"
    return inside and (path.stem == "conftest" or path.stem.startswith("test_"))


@pytest.mark.parametrize("folder", sorted(standing()))
def test_every_module_stands_on_the_page_under_its_folder(folder: str) -> None:
    assert sorted(set(standing()[folder]) - set(named().get(folder, []))) == []


@pytest.mark.parametrize("folder", sorted(named()))
def test_everything_on_the_page_is_there_and_stands_there_once(folder: str) -> None:
    left = sorted(named()[folder])
    for name in standing().get(folder, []):
        if name in left:
            left.remove(name)
    assert left == []


def test_every_file_of_data_is_told_of() -> None:
    page = PAGE.read_text(encoding="utf-8")
    folders = {path.parent.name for path in (ROOT / "knowledge").rglob("*.yaml")}
    assert [name for name in sorted(folders) if f"{name}/" not in page] == []
