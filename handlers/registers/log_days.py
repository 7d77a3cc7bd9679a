"""What happened on each day, gathered for the daily log."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handlers.counting import stories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from handlers.counting.facts import Facts, HandLook, Patrol, Stamp


@dataclass
class Day:
    """What happened on one day."""

    patrols: list[Patrol] = field(default_factory=list)
    made: int = 0
    baseline: int = 0
    confirmed: int = 0
    problems: dict[str, set[str]] = field(default_factory=dict)
    """Problems dealt with, each with the 监控方式 used that day."""
    looks: list[HandLook] = field(default_factory=list)
    watchers: set[str] = field(default_factory=set)

    @property
    def last(self) -> Patrol | None:
        """The last patrol of the day."""
        return self.patrols[-1] if self.patrols else None


def gather(facts: Facts, first: date, last: date) -> dict[date, Day]:
    """Return what happened on the days from one to another; nothing happened: the day is absent."""

    def within(stamp: Stamp | None) -> bool:
        return stamp is not None and first <= stamp.day <= last

    days: defaultdict[date, Day] = defaultdict(Day)
    for patrol in facts.patrols:
        if within(patrol.stamp):
            days[patrol.stamp.day].patrols.append(patrol)
    for look in facts.hand_looks:
        if within(look.stamp):
            days[look.stamp.day].looks.append(look)
    stamps = [one.stamp for one in facts.looked] + [one.stamp for one in facts.hand_looks]
    for stamp in stamps:
        if within(stamp):
            days[stamp.day].watchers.add(stamp.actor)
    _count(days, facts, within)
    for problem, stamp, manner in _dealt_with(facts):
        if within(stamp):
            known = days[stamp.day].problems.setdefault(problem, set())
            known |= {manner} - {""}
    return dict(days)


def _count(days: defaultdict[date, Day], facts: Facts, within: Callable[[Stamp], bool]) -> None:
    for act in facts.made:
        if within(act.stamp) and not act.stamp.by_person:
            day = days[act.stamp.day]
            day.baseline += act.about.baseline
            day.made += not act.about.baseline
    for act in facts.first_confirmed.values():
        if within(act.stamp):
            days[act.stamp.day].confirmed += 1


def _dealt_with(facts: Facts) -> Iterable[tuple[str, Stamp, str]]:
    """Return when problems were confirmed, prompted or put into a notice, with the 监控方式."""
    for problem, act in facts.first_confirmed.items():
        yield problem, act.stamp, ""
    for act in facts.prompted:
        yield act.about.problem, act.stamp, stories.ORAL
    for notice in facts.notices:
        if notice.issued is not None:
            manner = stories.NOTICE_CHIEF if notice.grave else stories.NOTICE
            for about in notice.findings:
                yield about.problem, notice.issued, manner
