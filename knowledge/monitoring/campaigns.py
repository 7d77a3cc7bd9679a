"""The ready campaigns (专项监控): which rules, cases and points, and what their figures count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from knowledge.monitoring.stages import read_stages
from knowledge.rules import syntax

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.rules.entries import Entry
    from knowledge.rules.interpret import Row
    from knowledge.rules.syntax import Condition

Basis = Literal["受理", "办结"]
BASES: dict[str, Basis] = {"受理": "受理", "办结": "办结"}


@dataclass(frozen=True)
class Mark:
    """A word of a campaign's figures: proposed where the card shows it, else set by hand.

    Of the marks of one `set` only one holds of a case: the first that fits. A problem registered
    under its `checkpoint` sets it.
    """

    name: str
    set: str = ""
    when: Condition | None = None
    checkpoint: str = ""

    @property
    def settings(self) -> tuple[str, ...]:
        """The office's own numbers it needs; where one is not set the card shows nothing."""
        return syntax.settings(self.when)


@dataclass(frozen=True)
class Figure:
    """One key figure of a report: how many cases bear one of these marks."""

    name: str
    marks: frozenset[str]


@dataclass(frozen=True)
class ReadyCampaign:
    """A campaign as the office finds it ready: everything but the time and the sample."""

    id: str
    title: str
    background: str
    stages: tuple[str, ...]
    basis: Basis
    groups: tuple[str, ...]
    rules: tuple[str, ...]
    checkpoints: tuple[str, ...]
    marks: tuple[Mark, ...]
    figures: tuple[Figure, ...]

    def proposed(self, rows: Iterable[Row]) -> list[str]:
        """Return the marks that a case's cards show, in the order of the file."""
        cards = list(rows)
        found: list[str] = []
        taken: set[str] = set()
        for mark in self.marks:
            if mark.when is None or (mark.set and mark.set in taken):
                continue
            if any(row.holds(mark.when) for row in cards):
                found.append(mark.name)
                taken.add(mark.set)
        return found

    def marked(self, marks: Iterable[str], checkpoint: str) -> list[str]:
        """Return marks with those set that a problem under a point stands for."""
        now = list(marks)
        for one in self.marks:
            if one.checkpoint == checkpoint and one.name not in now:
                now = self.toggled(now, one.name)
        return now

    def toggled(self, marks: Iterable[str], name: str) -> list[str]:
        """Return marks with one set or taken off; setting one takes off the others of its set."""
        now = set(marks)
        chosen = next(one for one in self.marks if one.name == name)
        if name in now:
            now.discard(name)
        else:
            now -= {one.name for one in self.marks if chosen.set and one.set == chosen.set}
            now.add(name)
        return [one.name for one in self.marks if one.name in now]


def read_campaign(entry: Entry) -> ReadyCampaign:
    """Read one ready campaign.

    Raises:
        RuleFileError: says what is wrong, with file and line.
    """
    required = ("id", "title", "background", "stages", "basis", "checkpoints", "marks", "figures")
    entry.allow(required, ("rules", "groups"))
    marks = tuple(_mark(one) for one in entry.entries("marks"))
    names = [one.name for one in marks]
    if len(set(names)) != len(names):
        raise entry.fault("marks", "里有一项写了两次")
    return ReadyCampaign(
        id=entry.text("id"),
        title=entry.text("title"),
        background=entry.text("background"),
        stages=read_stages(entry),
        basis=entry.one_of("basis", BASES),
        groups=entry.texts("groups"),
        rules=entry.texts("rules"),
        checkpoints=entry.texts("checkpoints"),
        marks=marks,
        figures=tuple(_figure(one, names) for one in entry.entries("figures")),
    )


def _mark(entry: Entry) -> Mark:
    entry.allow(("name",), ("set", "when", "checkpoint"))
    return Mark(
        name=entry.text("name"),
        set=entry.maybe_text("set"),
        when=entry.maybe_condition("when"),
        checkpoint=entry.maybe_text("checkpoint"),
    )


def _figure(entry: Entry, known: list[str]) -> Figure:
    entry.allow(("name", "marks"), ())
    marks = entry.texts("marks")
    for one in marks:
        if one not in known:
            raise entry.fault("marks", f"里的“{one}”不在本专项的 marks 里")
    return Figure(entry.text("name"), frozenset(marks))
