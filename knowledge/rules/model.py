"""What a rule says of a card: plain values shared by loader, patrol and readers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.rules.rule import Citation, HitState, Release, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from datetime import date

    from knowledge.cards import Value
    from knowledge.rules.rule import Body

__all__ = [
    "Citation",
    "Hit",
    "HitState",
    "PatrolResult",
    "Release",
    "Rule",
    "Severity",
    "TermFacts",
]


@dataclass(frozen=True)
class TermFacts:
    """How the due day of a hit came about, for the digest and the explanation.

    `amount` in words (七日, 1个月). `custody` None: not known, so not rolled. `custody_end` is the
    end of custody where it matters to the reader (the same day as the term, or earlier).
    """

    start_field: str
    start: date
    amount: str
    raw_end: date
    rolled: bool
    custody: bool | None
    custody_end: date | None = None


@dataclass(frozen=True)
class Hit:
    """What one rule says of one card on one day; it has no memory.

    `occurrence` is the start of the term (ISO day), or "" where the rule has no start: with office,
    case, person and rule it is a finding's identity. `days_left` is due minus the day it was done,
    else minus the as-of day. `done` is the day the duty was fulfilled, if it was. `item` groups
    hits of one case that one fact answers. `fact` may hold any value of the card (cleared doors,
    command line); `plain_fact` holds term dates and column names only (internet door). `ask` is
    what the prosecutor is asked to do. `evidence` are the values the rule rests on (已核对).
    `concerns` says who outside the house has the duty, None where it is the office's own.
    `group` is the rule's class of problems (办案期限, 案卡填录 …).
    """

    rule: str
    title: str
    case_no: str
    person_no: str | None
    state: HitState
    release: Release
    statutory: bool
    severity: Severity
    due: date | None
    days_left: int | None
    done: date | None
    certain: bool
    occurrence: str
    item: str
    fact: str
    plain_fact: str
    ask: str
    steps: tuple[str, ...]
    citations: tuple[Citation, ...]
    fields: Mapping[str, Value]
    evidence: Mapping[str, Value]
    term: TermFacts | None = None
    to_head: bool = False
    concerns: Body | None = None
    group: str = ""


@dataclass(frozen=True)
class PatrolResult:
    """One run of all rules over one card set: hits, and which rules lacked which columns.

    `evaluated` names the rules that spoke or kept silent on at least one card with all they need:
    pairs (rule, case_no, person_no) that were not evaluated stand in `unevaluated`. `asked` are
    the ids of the rules that were run; the silence of any other proves nothing.
    """

    as_of: date
    hits: tuple[Hit, ...]
    cases: int
    persons: int
    rules: int
    not_evaluated: Mapping[str, tuple[str, ...]]
    unevaluated: AbstractSet[tuple[str, str, str | None]] = field(default_factory=frozenset)
    asked: frozenset[str] | None = None
