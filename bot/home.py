"""The home folder: where an office's configuration, database, exports and archive lie."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import UserFacingError

OWNER_ONLY = 0o700
_chosen: list[Path] = []


class HomeUnusableError(UserFacingError):
    """The home folder cannot be made, read or written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"数据目录 {path} 无法使用：{reason}。请检查权限和磁盘，或用 --home 指定另一个目录"
        )


@dataclass(frozen=True)
class Home:
    """The places in a home; nothing need exist yet."""

    root: Path

    @property
    def config(self) -> Path:
        """The office's configuration."""
        return self.root / "config.yaml"

    @property
    def database(self) -> Path:
        """The SQLite file, where the configuration names no other database."""
        return self.root / "fangyuan.db"

    @property
    def exports(self) -> Path:
        """The watched folder: files put here are read before each morning's patrol."""
        return self.root / "exports"

    @property
    def archive(self) -> Path:
        """Documents in full, and exports that were read."""
        return self.root / "archive"

    @property
    def files(self) -> Path:
        """Files that came in through a door, under random names."""
        return self.root / "files"

    @property
    def templates(self) -> Path:
        """The office's own document templates; one that is here wins over the shipped one."""
        return self.root / "templates"

    @property
    def rules(self) -> Path:
        """The office's own rules: added to the shipped ones, or in their place."""
        return self.root / "rules"

    @property
    def monitoring(self) -> Path:
        """The office's own points, campaigns, focus areas and risks, in place of the shipped."""
        return self.root / "monitoring"

    @property
    def business_lines(self) -> Path:
        """The office's own groups and business lines of statistics, in place of the shipped."""
        return self.root / "business_lines.yaml"

    @property
    def backups(self) -> Path:
        """Copies of the database."""
        return self.root / "backups"

    def make(self) -> None:
        """Make the folders, readable by their owner only; those that exist are left as they are.

        Raises:
            HomeUnusableError: they cannot be made.
        """
        try:
            for folder in (self.root, self.exports, self.archive, self.files, self.templates):
                folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        except OSError as error:
            raise HomeUnusableError(self.root, error.strerror or str(error)) from error


def choose(home: Path | None) -> None:
    """Remember the folder given before the command, else the platform's data folder."""
    _chosen[:] = [home if home is not None else _platform_default()]


def folder() -> Path:
    """Return the home folder of this run; it need not exist yet."""
    return _chosen[0] if _chosen else _platform_default()


def _platform_default() -> Path:
    # https://specifications.freedesktop.org/basedir-spec: data that outlives a session
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "fangyuan"
