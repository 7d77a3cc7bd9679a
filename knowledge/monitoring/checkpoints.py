"""Points to hold a case against when it is looked at by hand, and the problems found under them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.monitoring.stages import fits, read_stages
from knowledge.rules.rule_reader import read_citations
from knowledge.rules.rule_words import BODIES, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.rules.entries import Entry
    from knowledge.rules.rule import Body, Citation, Severity

PREFIX = "checkpoint:"
"""Begins what stands as the rule of a finding that was made under a checkpoint."""
MOST_CHARACTERS = 20
"""What fits on a button."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@dataclass(frozen=True)
class Checkpoint:
    """One point: what to look at, the problems that can be chosen, and what they rest on.

    `check` is a line of the checklist, `problems` are words for a button; a problem may also be
    written freely. `concerns` says who outside the house has the duty.
    """

    id: str
    title: str
    group: str
    stages: tuple[str, ...]
    check: str
    problems: tuple[str, ...]
    severity: Severity
    citations: tuple[Citation, ...]
    ask: str
    concerns: Body | None = None

    @property
    def rule(self) -> str:
        """What stands as the rule of its findings."""
        return f"{PREFIX}{self.id}"


def read_checkpoint(entry: Entry) -> Checkpoint:
    """Read one point.

    Raises:
        RuleFileError: says what is wrong, with file and line.
    """
    required = ("id", "title", "group", "stages", "check", "severity", "provision", "ask")
    entry.allow(required, ("problems", "concerns"))
    if not _ID.match(entry.text("id")):
        raise entry.fault("id", "应当是小写英文、数字和连字符")
    problems = entry.texts("problems")
    for one in problems:
        if len(one) > MOST_CHARACTERS:
            raise entry.fault("problems", f"里的“{one}”超过 {MOST_CHARACTERS} 个字，按钮上放不下")
    return Checkpoint(
        id=entry.text("id"),
        title=entry.text("title"),
        group=entry.text("group"),
        stages=read_stages(entry),
        check=entry.text("check"),
        problems=problems,
        severity=entry.one_of("severity", SEVERITIES),
        citations=read_citations(entry),
        ask=entry.text("ask"),
        concerns=entry.one_of("concerns", BODIES) if entry.has("concerns") else None,
    )


def for_case(
    points: Iterable[Checkpoint], case_type: str | None, *, juvenile: bool
) -> list[Checkpoint]:
    """Return the points a case is held against, in the order of the file."""
    return [one for one in points if fits(one.stages, case_type, juvenile=juvenile)]
