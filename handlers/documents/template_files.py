"""Where a paper's template lies: a copy in the home wins over the shipped one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.documents.errors import DoorClosedError, TemplateMissingError

if TYPE_CHECKING:
    from handlers.desk import Clearance

SHIPPED = Path(__file__).parent / "templates"
POINTER = "-pointer"
NAME = re.compile(r"[a-z0-9_-]+")


def template_file(name: str, title: str, templates: Path | None, clearance: Clearance) -> Path:
    """Return the template of a paper for a door, the office's own before the shipped one.

    Raises:
        TemplateMissingError: there is none of that name.
        DoorClosedError: the paper has no pointer version for an internet door.
    """
    file_name = f"{name}{POINTER if clearance == 'internet' else ''}.docx"
    folders = [SHIPPED] if templates is None else [templates, SHIPPED]
    if NAME.fullmatch(name):
        for folder in folders:
            if (folder / file_name).is_file():
                return folder / file_name
    if clearance == "internet":
        raise DoorClosedError(title)
    raise TemplateMissingError(title, file_name)


def shipped_names() -> tuple[str, ...]:
    """Return the file names of the shipped templates, those an office may copy and edit."""
    return tuple(sorted(path.name for path in SHIPPED.glob("*.docx")))
