"""The rules of an office: the shipped ones, its own over them, and what it switched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.calendar import Calendar
from knowledge.rules.faults import RuleFileError, RuleSwitchError
from knowledge.rules.loader import (
    CATALOGUE,
    SETTINGS,
    Catalogue,
    check_together,
    load_catalogue,
    load_folder,
    load_shelf,
)
from knowledge.rules.rule_reader import Shelf
from knowledge.rules.versions import over

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from knowledge.rule_switches import RuleSwitches
    from knowledge.rules.rule import Rule


@dataclass(frozen=True)
class InForce:
    """The rules that speak, those switched off by the office, and all there are (`known`)."""

    rules: tuple[Rule, ...]
    off: tuple[Rule, ...] = ()
    known: tuple[Rule, ...] = ()


def load_office(own: Path | None) -> Catalogue:
    """Load the shipped rules with an office's own: one with a known id takes its place.

    With a `valid_from` it is a new version of it, and the shipped one ends the day before.

    Raises:
        RuleFileError: an own rule is wrong, or does not say what its examples say.
    """
    if own is None or not own.is_dir() or not any(own.glob("*.y*ml")):
        return load_catalogue()
    shelf = _shelf(own)
    added = load_folder(own, shelf)
    rules = added_to(_shipped(shelf, own), added)
    check_together(rules)
    _try(added, rules)
    return Catalogue(rules, shelf.settings)


def in_force(catalogue: Catalogue, switches: RuleSwitches) -> InForce:
    """Return the rules that speak.

    Raises:
        RuleSwitchError: a switch names no rule.
    """
    known = catalogue.by_id()
    for entry, names in (("off", switches.off), ("on", switches.on)):
        for name in sorted(names - known.keys()):
            raise RuleSwitchError(entry, name)
    return as_far_as_known(catalogue, switches)


def as_far_as_known(catalogue: Catalogue, switches: RuleSwitches) -> InForce:
    """Return the rules that speak, whatever else is switched: another set may not have them all."""
    off = tuple(rule for rule in catalogue.rules if rule.id in switches.off)
    silent = {rule.id for rule in catalogue.rules if rule.optional} - switches.on | switches.off
    rules = tuple(rule for rule in catalogue.rules if rule.id not in silent)
    return InForce(rules, off, tuple(catalogue.rules))


def stamp(own: Path | None) -> tuple[tuple[str, int, int], ...]:
    """Return what tells whether the files of a folder are as they were."""
    if own is None:
        return ()
    try:
        looked_at = [(path.name, path.stat()) for path in sorted(own.glob("*.y*ml"))]
    except OSError:
        return ()
    return tuple((name, found.st_mtime_ns, found.st_size) for name, found in looked_at)


def added_to(rules: Sequence[Rule], added: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return rules with others over those of their id, or behind them all."""
    own = list(added)
    by_id = {rule.id: rule for rule in own}
    kept = tuple(over(rule, by_id[rule.id]) if rule.id in by_id else rule for rule in rules)
    known = {rule.id for rule in rules}
    return (*kept, *(rule for rule in own if rule.id not in known))


def _shelf(own: Path) -> Shelf:
    shipped = load_shelf(CATALOGUE / SETTINGS)
    if not (own / SETTINGS).exists():
        return shipped
    more = load_shelf(own / SETTINGS, whole=False)
    return Shelf(
        settings={**shipped.settings, **more.settings},
        charge_lists={**shipped.charge_lists, **more.charge_lists},
        warning_days={**shipped.warning_days, **more.warning_days},
    )


def _shipped(shelf: Shelf, own: Path) -> Sequence[Rule]:
    if (own / SETTINGS).exists():
        return load_folder(CATALOGUE, shelf)
    return load_catalogue().rules


def _try(added: Iterable[Rule], rules: Sequence[Rule]) -> None:
    # running examples loads polars, which who only checks a configuration can do without
    from knowledge.rules import trial  # noqa: PLC0415

    calendar = Calendar()
    for version in (one for rule in added for one in rule.versions):
        for failure in trial.run(version, rules, calendar):
            reason = str(failure).partition("，")[2]
            raise RuleFileError(version.file, failure.example.line, reason)
