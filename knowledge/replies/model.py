"""What the reader of answers is given, and what it returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from knowledge.calendar import Calendar
    from knowledge.rules.model import HitState

Intent = Literal[
    "ack",
    "corrected",
    "corrected_partial",
    "explanation",
    "objection",
    "extension_request",
    "wrong_person",
    "attachment",
    "question",
    "commitment",
    "not_an_error",
    "delegate",
    "none",
]


Reason = Literal["two_fit", "none_named", "contradiction"]
Form = Literal["statement", "subject", "question"]


@dataclass(frozen=True)
class OpenItem:
    """One open finding of the person who writes.

    `item` is the place in his digest (findings that one fact answers share it). `fields` are the
    canonical columns the rule rests on, most telling first; `headings` maps canonical columns to
    the headings of the export, which are what a reading returns. `suspects` are all persons of the
    case, `suspect` the one this finding is about (None: a finding on the case).
    """

    finding: str
    item: int
    case_no: str
    person_no: str | None
    case_name: str | None
    case_type: str | None
    suspects: tuple[str, ...]
    rule: str
    title: str
    state: HitState
    due: date | None
    fields: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    suspect: str | None = None


@dataclass(frozen=True)
class Context:
    """The situation in which a text was written.

    `people` are all names of the office (prosecutors, assistants, officers); `assistants` those who
    may act for the speaker. `reply_to` are the findings of the quoted message: one for an item, all
    of its items for a digest, none without a quotation. `attachment` tells that a picture or file
    came with the text.
    """

    speaker: str
    today: date
    calendar: Calendar
    items: tuple[OpenItem, ...]
    people: tuple[str, ...] = ()
    assistants: tuple[str, ...] = ()
    reply_to: tuple[str, ...] = ()
    attachment: bool = False


@dataclass(frozen=True)
class Reading:
    """One thing the text says: of which finding (None: of the whole digest), what, which value.

    `field` is the heading of the column in the export; `value` an ISO day or a text.
    """

    finding: str | None
    case_no: str | None
    rule: str | None
    intent: Intent
    field: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Understanding:
    """All readings of one text; with `ask` they are only candidates and the bot asks back.

    `reason` says why it must be asked: two items fit, none is named, or what is named is not open
    or not the item quoted. `by_matter` tells that the text quotes, names and points at nothing: its
    items, if any, were found by the matter it speaks of, so that a question may be on the rules.
    `form` tells what such a text looks like: a question, a bare subject, or a statement.
    """

    readings: tuple[Reading, ...]
    ask: bool = False
    reason: Reason | None = None
    by_matter: bool = False
    form: Form = "statement"
