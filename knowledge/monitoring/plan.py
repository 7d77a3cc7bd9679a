"""What an office watches by hand: points, campaigns, focus areas, risks; own files come first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from knowledge import strict_yaml
from knowledge.monitoring.campaigns import ReadyCampaign, read_campaign
from knowledge.monitoring.checkpoints import PREFIX, Checkpoint, read_checkpoint
from knowledge.monitoring.faults import MonitoringFileError
from knowledge.monitoring.focus import FocusArea, read_area
from knowledge.monitoring.risks import read_risks
from knowledge.rules.entries import as_entry
from knowledge.rules.faults import RuleFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from knowledge.monitoring.risks import RiskTable
    from knowledge.rules.entries import Entry

T = TypeVar("T", Checkpoint, ReadyCampaign, FocusArea)
SHIPPED = Path(__file__).parent
FREE = "free"
"""The kind of a campaign whose rules were chosen one by one."""


@dataclass(frozen=True)
class Plan:
    """Everything together; ready campaigns and points are found by their ids."""

    checkpoints: tuple[Checkpoint, ...]
    campaigns: tuple[ReadyCampaign, ...]
    focus: tuple[FocusArea, ...]
    risks: RiskTable

    def checkpoint(self, id_: str) -> Checkpoint | None:
        """Return a point by its id, or by what stands as the rule of its findings."""
        name = id_.removeprefix(PREFIX)
        return next((one for one in self.checkpoints if one.id == name), None)

    def campaign(self, kind: str) -> ReadyCampaign | None:
        """Return a ready campaign; a free one has none."""
        return next((one for one in self.campaigns if one.id == kind), None)

    def area(self, id_: str) -> FocusArea | None:
        """Return a focus area."""
        return next((one for one in self.focus if one.id == id_), None)


@cache
def at(own: Path | None = None) -> Plan:
    """Read the plan once for the whole run; a file in `own` takes the place of the shipped one.

    Raises:
        MonitoringFileError: a file is wrong; says which, where and why.
    """
    points = _listed(own, "checkpoints", read_checkpoint)
    campaigns = _campaigns(own, {one.id for one in points})
    return Plan(
        checkpoints=points,
        campaigns=campaigns,
        focus=_listed(own, "focus", read_area),
        risks=_read(own, "risks", read_risks),
    )


def _campaigns(own: Path | None, points: set[str]) -> tuple[ReadyCampaign, ...]:
    campaigns = _listed(own, "campaigns", read_campaign)
    for one in campaigns:
        unknown = [name for name in one.checkpoints if name not in points]
        if unknown or one.id == FREE:
            reason = f"没有核对要点“{unknown[0]}”" if unknown else f"编号不能是 {FREE}"
            raise MonitoringFileError("campaigns.yaml", 1, f"专项 {one.id} {reason}")
    return campaigns


def _listed(own: Path | None, name: str, read: Callable[[Entry], T]) -> tuple[T, ...]:
    def together(entry: Entry) -> tuple[T, ...]:
        entry.allow((name,), ())
        found = tuple(read(one) for one in entry.entries(name))
        _refuse_twice(entry, found)
        return found

    return _read(own, name, together)


def _refuse_twice(entry: Entry, found: Iterable[Checkpoint | ReadyCampaign | FocusArea]) -> None:
    seen: set[str] = set()
    for one in found:
        if one.id in seen:
            raise entry.fault(None, f"编号“{one.id}”写了两次")
        seen.add(one.id)


R = TypeVar("R")


def _read(own: Path | None, name: str, read: Callable[[Entry], R]) -> R:
    file = f"{name}.yaml"
    path = own / file if own is not None and (own / file).is_file() else SHIPPED / file
    try:
        return read(as_entry(strict_yaml.load(path), file))
    except (RuleFileError, strict_yaml.YamlError) as error:
        raise MonitoringFileError(file, error.line, error.reason) from error
    except OSError as error:
        raise MonitoringFileError(file, 1, f"无法读取（{error.strerror}）") from error
