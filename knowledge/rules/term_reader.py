"""Build the body of a term rule: its starts, its amount, what changes it, what satisfies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.rules import syntax
from knowledge.rules.rule import (
    Doubt,
    Extension,
    Instead,
    Restart,
    Start,
    Suspension,
    TermBody,
)
from knowledge.rules.rule_words import KINDS, ROLLS

if TYPE_CHECKING:
    from knowledge.rules.entries import Entry
    from knowledge.rules.syntax import Condition

_LIMIT_KEYS = (
    "amount", "holiday_roll", "instead", "extension", "suspension", "restart", "event", "setting",
    "handling_term", "doubts",
)  # fmt: skip


def read_term(entry: Entry) -> TermBody:
    """Read what a term rule says of its term."""
    limit = entry.entry("limit")
    limit.allow(("kind",), _LIMIT_KEYS)
    kind = limit.one_of("kind", KINDS)
    satisfied_by = entry.condition("satisfied_by")
    body = TermBody(
        kind=kind,
        starts=(
            _start(entry.entry("trigger"), satisfied_by),
            *(_start(each, satisfied_by) for each in entry.entries("also_triggered_by")),
        ),
        roll=limit.one_of("holiday_roll", ROLLS) if limit.has("holiday_roll") else "no",
        amount=limit.amount("amount") if limit.has("amount") else None,
        instead=tuple(_instead(each) for each in limit.entries("instead")),
        extension=_extension(limit.entry("extension")) if limit.has("extension") else None,
        suspension=_suspension(limit) if limit.has("suspension") else None,
        restart=_restart(limit.entry("restart")) if limit.has("restart") else None,
        event=limit.field("event") if limit.has("event") else None,
        setting=limit.maybe_text("setting") or None,
        doubts=tuple(_doubt(each) for each in limit.entries("doubts")),
        handling=limit.flag("handling_term", default=False),
    )
    if body.amount is None and kind in {"deadline", "max_duration"}:
        raise limit.fault(None, "缺少“amount”")
    if kind == "before_event" and body.event is None and body.amount is None:
        raise limit.fault(None, "事前完成的要求要写“event”")
    return body


def _start(entry: Entry, satisfied_by: Condition) -> Start:
    entry.allow(("fact", "field"), ("satisfied_by", "verify_when"))
    own = entry.maybe_condition("satisfied_by")
    return Start(
        entry.text("fact"),
        entry.field("field"),
        own or satisfied_by,
        entry.maybe_condition("verify_when"),
    )


def _instead(entry: Entry) -> Instead:
    entry.allow(("when", "amount", "why"), ())
    return Instead(entry.condition("when"), entry.amount("amount"), entry.text("why"))


def _doubt(entry: Entry) -> Doubt:
    entry.allow(("missing", "amount", "why"), ("or_later",))
    missing = entry.texts("missing")
    for name in missing:
        entry.known("missing", name)
    return Doubt(
        missing,
        entry.amount("amount"),
        entry.text("why"),
        or_later=entry.flag("or_later", default=False),
    )


def _extension(entry: Entry) -> Extension:
    entry.allow(("field", "most"), ("when",))
    return Extension(entry.field("field"), entry.whole("most"), entry.maybe_condition("when"))


def _suspension(limit: Entry) -> Suspension:
    names = limit.texts("suspension")
    if len(names) not in {2, 3}:
        raise limit.fault("suspension", "要写起始、截止（和事由）两三个栏目")
    for name in names:
        limit.known("suspension", name)
    first, last, *reason = (syntax.Field(name) for name in names)
    return Suspension(first, last, reason[0] if reason else None)


def _restart(entry: Entry) -> Restart:
    entry.allow(("field",), ("when",))
    return Restart(entry.field("field"), entry.maybe_condition("when"))
