"""Old backups make room: the newest stay, and nothing that is not one of ours is touched."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from storage.errors import BackupError

if TYPE_CHECKING:
    from pathlib import Path

_OURS = re.compile(r"fangyuan-(\d{8}-\d{6})\.db(?:\.enc)?")


def name_of(now: datetime, *, encrypted: bool) -> str:
    """Return the name of a backup made at a moment."""
    return f"fangyuan-{now:%Y%m%d-%H%M%S}.db{'.enc' if encrypted else ''}"


def newest(folder: Path, now: datetime) -> datetime:
    """Return when the newest backup in a folder was made, in the zone of `now`; 1970: none was."""
    names = [found[1] for path in folder.glob("*") if (found := _OURS.fullmatch(path.name))]
    moment = datetime.strptime(max(names, default="19700101-000000"), "%Y%m%d-%H%M%S")  # noqa: DTZ007
    return moment.replace(tzinfo=now.tzinfo)


def rotate(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest backups in a folder and return those that went.

    Raises:
        BackupError: one cannot be deleted.
    """
    ours = [path for path in folder.iterdir() if _OURS.fullmatch(path.name)]
    ours.sort(key=lambda path: path.name, reverse=True)
    for path in ours[keep:]:
        try:
            path.unlink()
        except OSError as error:
            raise BackupError(path, f"无法删除旧备份（{error.strerror}）") from error
    return ours[keep:]
