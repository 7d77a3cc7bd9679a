"""A copy of the office's own rule files as they last were in order, for a start over bad ones."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER = ".last-good"
"""Inside the folder of the office's own rules, which reads no folders below it."""


def folder(own: Path) -> Path:
    """Return where the copy of a folder of rules lies; it need not be there."""
    return own / FOLDER


def keep(own: Path) -> None:
    """Copy the rule files of a folder, which are in order; none are left of those that went.

    Raises:
        OSError: they cannot be copied.
    """
    files, there = _contents(own), _contents(folder(own))
    if files == there:
        return
    draft = own / f"{FOLDER}.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for name, content in files.items():
        (draft / name).write_bytes(content)
    shutil.rmtree(folder(own), ignore_errors=True)
    draft.rename(folder(own))


def _contents(place: Path) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(place.glob("*.yaml"))}
