"""What a monitoring rule is once its file is read: frozen values, conditions already parsed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from knowledge.rules import syntax

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from knowledge.cards import Value
    from knowledge.periods import Amount
    from knowledge.rules.syntax import Condition, Field, Term

DUE_NAMES = frozenset({"应到期日", "应到期日未顺延", "应到期日顺延后", "同案应到期日"})
"""What conditions call the computed end of the term of a row."""

HitState = Literal["due_soon", "overdue", "missing", "conflict", "verify", "observed"]
"""What is said of a card; `observed` is what somebody saw himself, no rule says it."""
Body = Literal["公安机关", "人民法院", "看守所", "办案机关"]
"""Who outside the house may have a duty (Rules art. 552, 613); 办案机关: police or court."""
Release = Literal["auto", "review", "officer"]
Severity = Literal["轻微", "较重", "严重"]


@dataclass(frozen=True)
class Citation:
    """The provision a rule rests on: full title, article as 第二百八十二条, paragraph number.

    `derived`: the duty follows from the provision, which does not write it out. `version` is the
    year of the text that was read (2019).
    """

    document: str
    article: str
    paragraph: int | None = None
    strength: Literal["direct", "derived"] = "direct"
    version: str = ""


Kind = Literal["deadline", "max_duration", "immediate", "before_event"]
Roll = Literal["yes", "no", "no_if_in_custody"]
CheckClass = Literal["H", "T", "V"]
Expected = Literal["due_soon", "overdue", "missing", "conflict", "verify", "silent", "unevaluated"]


@dataclass(frozen=True)
class Instead:
    """Another amount when its condition holds; `why` says so in words."""

    when: Condition
    amount: Amount
    why: str


@dataclass(frozen=True)
class Extension:
    """Days a field adds to the amount, at most so many, where the condition holds."""

    days: Field
    most: int
    when: Condition | None = None


@dataclass(frozen=True)
class Suspension:
    """Fields that hold first and last day that do not count, and the reason."""

    first: Field
    last: Field
    reason: Field | None = None


@dataclass(frozen=True)
class Restart:
    """A later start that voids the first one, where the condition holds."""

    start: Field
    when: Condition | None = None


@dataclass(frozen=True)
class Doubt:
    """Why the card's own 到期日期 may be right although it is not the computed one.

    The export lacks the columns that would show it, and the card's day is that of another amount
    (`amount`), or, with `or_later`, that day or any later one.
    """

    missing: tuple[str, ...]
    amount: Amount
    why: str
    or_later: bool = False


@dataclass(frozen=True)
class Start:
    """A fact a term begins with, its column, and what satisfies the duty that follows.

    Where `verify_when` holds, the card cannot show a fault but asks for a look.
    """

    fact: str
    field: Field
    satisfied_by: Condition
    verify_when: Condition | None = None


@dataclass(frozen=True)
class TermBody:
    """A duty with a term: where it starts, how long it is, what ends it.

    `starts` are looked at each for itself. `event` is the day a before_event duty must precede.
    `setting` names the office's own number of days for a duty the law calls prompt. `handling`:
    the term is the one the card's 到期日期 stands for.
    """

    kind: Kind
    starts: tuple[Start, ...]
    roll: Roll
    amount: Amount | None = None
    instead: tuple[Instead, ...] = ()
    extension: Extension | None = None
    suspension: Suspension | None = None
    restart: Restart | None = None
    event: Field | None = None
    setting: str | None = None
    doubts: tuple[Doubt, ...] = ()
    handling: bool = False

    @property
    def facts(self) -> tuple[Field, ...]:
        """The columns whose day decides which version of the rule applies."""
        again = (self.restart.start,) if self.restart else ()
        return (*(start.field for start in self.starts), *again)


@dataclass(frozen=True)
class CheckBody:
    """A check of the card: the condition that is a fault, its day, and the day it was done.

    `fact` is the day the check looks at, None where it looks at the card as it is today.
    """

    condition: Condition
    state: HitState
    due: Term | None = None
    done: tuple[Field, ...] = ()
    check_class: CheckClass | None = None
    fact: Field | None = None

    @property
    def facts(self) -> tuple[Field, ...]:
        """The column whose day decides which version of the rule applies; none: the as-of day."""
        return (self.fact,) if self.fact else ()

    @cached_property
    def compares_due(self) -> bool:
        """Tell whether the card is compared with the computed end of its term."""
        return bool(syntax.computed(self.condition, self.due) & DUE_NAMES)


@dataclass(frozen=True)
class Wording:
    """What the prosecutor reads; empty where the general wording serves.

    `fact` may name values as {column}; `plain` may name columns only; `ask` is for what is still
    open, `ask_late` for a past fact, `ask_over` for what is open after its last day.
    """

    ask: str
    ask_late: str = ""
    ask_over: str = ""
    fact: str = ""
    plain: str = ""


@dataclass(frozen=True)
class Example:
    """A card and what the rule says of it on a day, written by who knows the rule."""

    name: str
    today: date
    values: Mapping[str, Value]
    expect: Expected
    due: date | None
    line: int
    others: tuple[Mapping[str, Value], ...] = ()
    settings: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """One monitoring rule; `file` and `line` say where it is written.

    `case_types` are stages (审查逮捕 …), 未检, or 全部. `needs` missing: not evaluated; `uses`
    missing: taken as blank, and said so. `only_if_present`: columns whose absence is no blank
    either. `raw`: values the derivations give are not looked at (checks of the card's entries).
    `concerns`: who outside the house has the duty, None where it is the office's own.
    `replaced_by`: silent on a row that one of these was evaluated for. `settings` are the office's
    own numbers with their defaults, `charge_lists` the lists of charges the conditions name,
    `reads` the columns the conditions read. `optional`: off until the office switches it on.
    `digest` is the hash of everything the rule says and rests on, its examples left out. `earlier`
    are the versions before this one, oldest first.
    """

    id: str
    title: str
    requirement: str
    group: str
    case_types: tuple[str, ...]
    needs: tuple[str, ...]
    uses: tuple[str, ...]
    body: TermBody | CheckBody
    severity: Severity
    citations: tuple[Citation, ...]
    wording: Wording
    applies_when: Condition | None = None
    verify_when: Condition | None = None
    release: Release | None = None
    statutory: bool = True
    item: str = ""
    to_head: bool = False
    concerns: Body | None = None
    raw: bool = False
    only_if_present: frozenset[str] = frozenset()
    replaced_by: tuple[str, ...] = ()
    settings: Mapping[str, int | None] = field(default_factory=dict)
    charge_lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    warning_days: Mapping[str, int] = field(default_factory=dict)
    joins_term: bool = False
    number: str = ""
    avoid: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    optional: bool = False
    digest: str = ""
    examples: tuple[Example, ...] = ()
    reads: frozenset[str] = frozenset()
    file: str = ""
    line: int = 0
    earlier: tuple[Rule, ...] = ()

    @property
    def versions(self) -> tuple[Rule, ...]:
        """Every version of the rule, each for itself, the oldest first."""
        return (*self.earlier, replace(self, earlier=())) if self.earlier else (self,)

    def on(self, day: date) -> Rule:
        """Return the version in force on a day, the newest where none is."""
        return next((one for one in self.versions if one.is_in_force(day)), self.versions[-1])

    def is_in_force(self, day: date) -> bool:
        """Tell whether this version is in force on a day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)
