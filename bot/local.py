"""What an office sets itself for terms and rules: years of holidays, and its own day counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.home import Home
from knowledge.calendar import Calendar, HolidayFileError, load_years

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.config import Config


@dataclass(frozen=True)
class Local:
    """The office's calendar and settings; those of a home without a configuration are none."""

    calendar: Calendar = field(default_factory=Calendar)
    settings: Mapping[str, int | None] = field(default_factory=dict)


def local_at(root: Path) -> Local:
    """Return what the office of a home set itself; needs no database.

    Raises:
        ConfigError, HolidayFileError: what it wrote cannot be used.
    """
    home = Home(root)
    if not home.config.exists():
        return Local()
    # building the model of a configuration takes longer than computing a term
    from bot.config import load  # noqa: PLC0415

    config = load(root)
    return Local(calendar_of(home, config), config.settings)


def calendar_of(home: Home, config: Config | None) -> Calendar:
    """Return the calendar with the years the office entered itself.

    Raises:
        HolidayFileError: the file is not there or cannot be read.
    """
    if config is None or config.holidays is None:
        return Calendar()
    path = home.root / config.holidays
    try:
        return Calendar(load_years(path))
    except OSError as error:
        raise HolidayFileError(str(path), 1, f"无法读取（{error.strerror}）") from error
