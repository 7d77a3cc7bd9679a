"""What reports are counted from: facts read out of the ledger, each with its entry's number.

Named tuples and not dataclasses: a ledger of years makes hundreds of thousands of them while a
person waits, and a named tuple is made in a quarter of the time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

PATROL, BY_HAND = "规则巡查", "人工个案"
ORDINARY, FALSE_OVERDUE, DATE_CHANGED = "ordinary", "false_overdue", "date_changed"
REJECTING = frozenset({"dropped", "objection_upheld", "withdrawn", "undone"})
"""Ways a finding is closed after which it never was a problem."""
CORRECTING = frozenset({"cured", "accepted"})
EXPLAINED = "explained"
"""How a finding ends whose explanation was accepted: closed, and nothing was corrected."""


class Stamp(NamedTuple):
    """Which entry, on which day of the office, by whom."""

    seq: int
    day: date
    actor: str

    @property
    def by_person(self) -> bool:
        """Tell whether somebody did it, and not the program."""
        return self.actor.startswith("person:")


class About(NamedTuple):
    """What a finding was about at a moment; `problem` is its number, with #2 once it came again.

    `repeats`: how often the same was a problem of the case before, `first` that one's number;
    `after_notice`: the notice the same rule stood in before. `fact` names nobody.
    """

    problem: str
    case_no: str
    rule: str = ""
    title: str = ""
    group: str = ""
    case_type: str | None = None
    department: str | None = None
    severity: str = ""
    source: str = PATROL
    problem_class: str = ORDINARY
    statutory: bool = False
    baseline: bool = False
    open_term: bool = False
    campaign: str | None = None
    concerns: str | None = None
    repeats: int = 0
    first: str | None = None
    after_notice: str | None = None
    fact: str = ""
    provisions: Sequence[Mapping[str, Any]] = ()


class FindingAct(NamedTuple):
    """One thing that happened to a finding; `how` says in which way."""

    stamp: Stamp
    about: About
    how: str = ""


class HandLook(NamedTuple):
    """A case that somebody looked at by hand, and whether it was sound.

    `findings`: the problems made of what he saw, by number; without them the look counts as one.
    """

    stamp: Stamp
    case_no: str
    case_type: str | None
    department: str | None
    sound: bool
    source: str = BY_HAND
    findings: tuple[str, ...] = ()
    campaign: str | None = None


class Patrol(NamedTuple):
    """One run of the rules: cases by type, open ones by department, new ones by type.

    `snapshot` is the import it belonged to, None in the morning. Entries of older releases know
    the number of cases only.
    """

    stamp: Stamp
    cases: int
    by_type: Mapping[str, int]
    pending: Mapping[str, int]
    added: Mapping[str, int]
    snapshot: int | None


class Imported(NamedTuple):
    """One import: its number, the data's day, its kinds; the file names lie beside the entry."""

    stamp: Stamp
    snapshot: int
    data_day: date
    kinds: tuple[str, ...]
    baseline: bool


class DigestMade(NamedTuple):
    """One digest: what stood in full as 期限届满提示, and what as 数据核对提示.

    What a person saw (人工监控发现) is neither: the bot does not send it of itself.
    """

    stamp: Stamp
    terms: tuple[About, ...]
    checks: tuple[About, ...]


class Held(NamedTuple):
    """A training, or a campaign with its number; `cancelled` when it was given up."""

    stamp: Stamp
    name: str
    drawn: int = 0
    cancelled: Stamp | None = None


class Noted(NamedTuple):
    """What a card said of a case at an import: days of handling, or of publication."""

    stamp: Stamp
    snapshot: int
    case_no: str
    case_type: str | None
    department: str | None
    days: Mapping[str, date | None]
    state: str | None = None
    reasoned: bool = False
    minor: bool = False


class Review(NamedTuple):
    """What was held of a department's answer, for the findings it is about."""

    stamp: Stamp
    outcome: str
    findings: tuple[str, ...]


@dataclass(frozen=True)
class NoticeFacts:
    """A notice from draft to review; a stamp that is None has not come."""

    id: int
    department: str
    grave: bool
    number: str | None
    findings: tuple[About, ...]
    drafted: Stamp
    issued: Stamp | None = None
    received: Stamp | None = None
    received_on: date | None = None
    due: date | None = None
    replied: Stamp | None = None
    late_days: int = 0
    unsupported: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    ended: Stamp | None = None


class Decision(NamedTuple):
    """What one stage held of an objection."""

    stamp: Stamp
    stage: str
    upheld: bool


@dataclass(frozen=True)
class ObjectionFacts:
    """An objection from being raised to being settled."""

    id: int
    about: About
    raised: Stamp
    decisions: tuple[Decision, ...] = ()
    given_up: Stamp | None = None


@dataclass(frozen=True)
class Facts:
    """Everything reports count, oldest first; `head` is the printed head of the ledger read.

    `since`: the first day of anything counted; what lies before is not known, and not nothing.
    `made`: findings made, or come again. `confirmed`: a person held a finding to be a problem.
    `ended`: closed, by `how`; `resumed`: a closing that was taken back with its import. `looked`:
    a person dealt with it. `undone`: imports taken back. `last`: what is known last of a problem.
    `worded`: beside which entries its names lie. `classed`: which class it had from when on.
    `concluded`: beside which entry the department said whether a problem of a notice is true.
    `evaluated`: whether a problem went to 案件评查, as the officer decided last.
    """

    head: str
    since: date | None = None
    patrols: tuple[Patrol, ...] = ()
    imports: tuple[Imported, ...] = ()
    undone: frozenset[int] = frozenset()
    made: tuple[FindingAct, ...] = ()
    confirmed: tuple[FindingAct, ...] = ()
    ended: tuple[FindingAct, ...] = ()
    looked: tuple[FindingAct, ...] = ()
    prompted: tuple[FindingAct, ...] = ()
    answered: tuple[FindingAct, ...] = ()
    date_changed: tuple[FindingAct, ...] = ()
    hand_looks: tuple[HandLook, ...] = ()
    digests: tuple[DigestMade, ...] = ()
    notices: tuple[NoticeFacts, ...] = ()
    objections: tuple[ObjectionFacts, ...] = ()
    campaigns: tuple[Held, ...] = ()
    trainings: tuple[Held, ...] = ()
    handled: tuple[Noted, ...] = ()
    published: tuple[Noted, ...] = ()
    last: Mapping[str, About] = field(default_factory=dict)
    worded: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    classed: Mapping[str, tuple[tuple[Stamp, str], ...]] = field(default_factory=dict)
    concluded: Mapping[str, int] = field(default_factory=dict)
    evaluated: Mapping[str, bool] = field(default_factory=dict)

    @cached_property
    def first_confirmed(self) -> dict[str, FindingAct]:
        """When each problem was first held to be one."""
        found: dict[str, FindingAct] = {}
        for act in self.confirmed:
            found.setdefault(act.about.problem, act)
        return found

    @cached_property
    def endings(self) -> dict[str, list[FindingAct]]:
        """How each finding was closed, and closings taken back (`how` is empty), oldest first."""
        found: dict[str, list[FindingAct]] = {}
        for act in self.ended:
            found.setdefault(act.about.problem, []).append(act)
        return found

    def class_of(self, problem: str, until: date) -> str:
        """Return the class of a problem at the end of a day."""
        standing = ORDINARY
        for stamp, problem_class in self.classed.get(problem, ()):
            if stamp.day <= until:
                standing = problem_class
        return standing

    def ending(self, problem: str, until: date) -> FindingAct | None:
        """Return how a finding stood closed at the end of a day; None: it was open."""
        standing: FindingAct | None = None
        for act in self.endings.get(problem, ()):
            if act.stamp.day <= until:
                standing = act if act.how else None
        return standing
