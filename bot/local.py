"""What an office sets itself: years of holidays, its own day counts and rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.home import Home
from knowledge.calendar import Calendar, HolidayFileError, load_years
from knowledge.rule_switches import RuleSwitches

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.config import Config
    from knowledge.rules.loader import Catalogue
    from knowledge.rules.rule import Rule


@dataclass(frozen=True)
class Local:
    """The office's calendar and settings; those of a home without a configuration are none."""

    calendar: Calendar = field(default_factory=Calendar)
    settings: Mapping[str, int | None] = field(default_factory=dict)
    own_rules: Path | None = None
    switches: RuleSwitches = field(default_factory=RuleSwitches)

    def catalogue(self) -> Catalogue:
        """Return all rules, the office's own among them, whatever it switched off.

        Raises:
            RuleFileError: an own rule is wrong.
        """
        # the rules bring their grammar and polars along: only who patrols pays for them
        from knowledge.rules.office_rules import load_office  # noqa: PLC0415

        return load_office(self.own_rules)

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules in force.

        Raises:
            RuleFileError, RuleSwitchError: own rules or switches are wrong.
        """
        from knowledge.rules.office_rules import in_force  # noqa: PLC0415

        return in_force(self.catalogue(), self.switches).rules


def local_at(root: Path) -> Local:
    """Return what the office of a home set itself; needs no database.

    Raises:
        ConfigError, HolidayFileError: what it wrote cannot be used.
    """
    home = Home(root)
    if not home.config.exists():
        return Local(own_rules=home.rules)
    # building the model of a configuration takes longer than computing a term
    from bot.config import load  # noqa: PLC0415

    config = load(root)
    return Local(calendar_of(home, config), config.settings, home.rules, config.rules.switches())


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
