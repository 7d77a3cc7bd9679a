"""Read a rule's examples: a card, a day, and what the rule says of it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from knowledge.fields import registry
from knowledge.rules.rule import Example
from knowledge.rules.rule_words import EXPECTED

if TYPE_CHECKING:
    from knowledge.cards import Value
    from knowledge.fields import Field
    from knowledge.rules.entries import Entry

FEWEST = 3
BLANK = "空"
REPORT = "报表"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\Z")


def read_examples(entry: Entry) -> tuple[Example, ...]:
    """Read the examples of a rule; three are the fewest, and not all may be of one kind."""
    examples = tuple(read_example(each) for each in entry.entries("examples"))
    if len(examples) < FEWEST:
        raise entry.fault("examples", f"至少要有 {FEWEST} 个（命中、不命中、边界）")
    if len({each.expect in {"silent", "unevaluated"} for each in examples}) == 1:
        raise entry.fault("examples", "要有命中的，也要有不命中的")
    return examples


def read_example(entry: Entry) -> Example:
    """Read one example."""
    entry.allow(("name", "today", "card", "expect"), ("due", "others", "settings"))
    return Example(
        name=entry.text("name"),
        today=entry.day("today"),
        values=_values(entry.entry("card")),
        expect=entry.one_of("expect", EXPECTED),
        due=entry.maybe_day("due"),
        line=entry.node.line,
        others=tuple(_values(each) for each in entry.entries("others")),
        settings=_settings(entry.entry("settings")) if entry.has("settings") else {},
    )


def _settings(entry: Entry) -> dict[str, int | None]:
    return {name: entry.whole(name) for name in entry.node}


def _values(entry: Entry) -> dict[str, Value]:
    return {name: _value(entry, name) for name in entry.node}


def _value(entry: Entry, name: str) -> Value:
    raw = entry.node[name]
    if name == REPORT:
        return entry.text(name)
    entry.known(name, name)
    if raw is None or raw == BLANK:
        return None
    value = _typed(registry().fields[name], raw)
    if value is None:
        raise entry.fault(name, f"“{raw}”与栏目的类型不符")
    return value


def _typed(field: Field, raw: object) -> Value:
    if field.type in {"int", "number"}:
        return raw if isinstance(raw, int | float) and not isinstance(raw, bool) else None
    if field.type in {"date", "datetime"}:
        return _day_or_moment(field, str(raw))
    if field.type == "bool":
        return raw if isinstance(raw, str) and raw in {"是", "否"} else None
    return raw if isinstance(raw, str) else None


def _day_or_moment(field: Field, text: str) -> Value:
    try:
        if _DAY.match(text):
            return date.fromisoformat(text)
        if field.type == "datetime" and _MOMENT.match(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    return None
