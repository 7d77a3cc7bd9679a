"""What every handler has at hand besides the transaction: the office, its rules, its doors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from typing import TYPE_CHECKING, Literal

from handlers.counting.policy import ReportPolicy
from handlers.monitoring.monitoring_policy import MonitoringPolicy
from handlers.notices.notice_policy import NoticePolicy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from knowledge.calendar import Calendar
    from knowledge.monitoring.plan import Plan
    from knowledge.rules.model import Rule
    from knowledge.search.model import Search
    from storage.database import Database

Clearance = Literal["internet", "intranet"]


@dataclass(frozen=True)
class Manners:
    """How the office wants to be spoken to; every value is the office's own (内部要求).

    `warning_days`: days left on which a term stands in full again. `max_age_days`: an export older
    than this lets only terms be alerted. `dry_run`: every digest goes to the officer only.
    `copy_on_leave`: who is away gets a copy of what his stand-in is sent.
    `common_cases`: in so many cases of a department a problem is common and told to its head.
    `keep_texts_years`: after so long personal texts are erased; None: they are kept.
    """

    digest_time: time = time(8, 30)
    card_entries: Literal["weekly", "daily"] = "weekly"
    warning_days: tuple[int, ...] = (5, 3, 2, 1, 0)
    max_age_days: int = 7
    part_length: int = 3500
    dry_run: bool = False
    copy_on_leave: bool = False
    common_cases: int = 3
    keep_texts_years: int | None = None


@dataclass(frozen=True)
class Desk:
    """The office at work; built once by the assembly and only read by handlers.

    `doors` maps a door's name to its clearance. `settings` are the office's own day counts for
    rules, None where one is not set. `exports` is the watched folder, `archive` where papers are
    kept in full, `templates` where the office's own templates lie, `own_plan` its own points,
    campaigns, focus areas and risks. `reports` says how the office counts; `database` is for jobs
    that count outside any transaction; `home` is where imported official texts are kept.
    """

    office: str
    calendar: Calendar
    rules: Mapping[str, Rule]
    search: Search
    doors: Mapping[str, Clearance]
    settings: Mapping[str, int | None]
    manners: Manners = field(default_factory=Manners)
    exports: Path | None = None
    files: Path | None = None
    archive: Path | None = None
    templates: Path | None = None
    notices: NoticePolicy = field(default_factory=NoticePolicy)
    monitoring: MonitoringPolicy = field(default_factory=MonitoringPolicy)
    own_plan: Path | None = None
    reports: ReportPolicy = field(default_factory=ReportPolicy)
    database: Database | None = None
    home: Path | None = None

    @property
    def plan(self) -> Plan:
        """The points, campaigns, focus areas and risks: the office's own, else the shipped ones."""
        # the plan brings the rules' grammar along: who only reads answers can do without
        from knowledge.monitoring import plan  # noqa: PLC0415

        return plan.at(self.own_plan)

    def clearance(self, door: str) -> Clearance:
        """Return what may pass through a door; an unknown door gets the least."""
        return self.doors.get(door, "internet")
