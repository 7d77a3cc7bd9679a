"""Old backups make room: the newest stay, and nothing that is not one of ours is touched."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from storage.errors import BackupError
from storage.faults import cause

if TYPE_CHECKING:
    from pathlib import Path

_A_DAY = 24 * 60 * 60
_UNFINISHED = re.compile(
    r"\.(?:clear-[0-9a-f]{8}|fangyuan-\d{8}-\d{6}\.db(?:\.enc)?\.[0-9a-f]{8})(?:[-.].*)?"
)
_OURS = re.compile(r"fangyuan-(\d{8}-\d{6})\.db(?:\.enc)?")


def name_of(now: datetime, *, encrypted: bool) -> str:
    """Return the name of a backup made at a moment."""
    return f"fangyuan-{now:%Y%m%d-%H%M%S}.db{'.enc' if encrypted else ''}"


def newest(folder: Path, now: datetime) -> datetime:
    """Return when the newest backup in a folder was made, in the zone of `now`; 1970: none was.

    One dated after `now`, made while the clock was wrong, would put off all others until then.
    """
    latest = f"{now:%Y%m%d-%H%M%S}"
    names = [found[1] for path in folder.glob("*") if (found := _OURS.fullmatch(path.name))]
    past = [name for name in names if name <= latest]
    moment = datetime.strptime(max(past, default="19700101-000000"), "%Y%m%d-%H%M%S")  # noqa: DTZ007
    return moment.replace(tzinfo=now.tzinfo)


def rotate(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest backups in a folder and return those that went.

    What a power cut left unfinished goes too: it may be a copy in clear of an encrypted backup.

    Raises:
        BackupError: one cannot be deleted.
    """
    ours = [path for path in folder.iterdir() if _OURS.fullmatch(path.name)]
    ours.sort(key=lambda path: path.name, reverse=True)
    for path in [*ours[keep:], *_left_over(folder)]:
        try:
            path.unlink()
        except OSError as error:
            raise BackupError(path, f"无法删除旧备份（{cause(error)}）") from error
    return ours[keep:]


def _left_over(folder: Path) -> list[Path]:
    """Return what a backup left that ended a day and more before the newest was made."""
    made = max((path.stat().st_mtime for path in folder.glob("*.db*")), default=0.0)
    found: list[Path] = []
    for path in folder.iterdir():
        # one that is being made right now may be gone by the time it is looked at
        with suppress(FileNotFoundError):
            if _UNFINISHED.fullmatch(path.name) and made - path.stat().st_mtime > _A_DAY:
                found.append(path)
    return found
