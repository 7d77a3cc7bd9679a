"""The home folder: where an office's configuration, database, exports and archive lie."""

from __future__ import annotations

import os
from pathlib import Path

_chosen: list[Path] = []


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
