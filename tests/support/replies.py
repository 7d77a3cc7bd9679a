"""Scores the reader of answers on a set: right, wrong or asked back, and how many intents."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.calendar import Calendar
from knowledge.replies.model import Context, OpenItem
from knowledge.replies.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.replies.model import Understanding

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "replies.jsonl"


@dataclass(frozen=True)
class Example:
    """One answer, the situation it was written in, and how it should be read."""

    name: str
    half: str
    text: str
    context: Context
    expect: tuple[Mapping[str, Any], ...]
    ask: bool


@dataclass
class Score:
    """Counts over a set of answers; `faults` name each answer that was not read as expected."""

    total: int = 0
    right: int = 0
    wrong: int = 0
    asked: int = 0
    not_asked: int = 0
    intents: int = 0
    slots: int = 0
    slots_right: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.total} answers: bound right {self.right / self.total:.1%}, "
            f"wrong {self.wrong} ({self.wrong / self.total:.1%}), "
            f"asked without need {self.asked}, not asked {self.not_asked}; "
            f"intents {self.intents / self.total:.1%}; "
            f"columns and values {self.slots_right}/{self.slots}"
        )


def load_examples(path: Path = EXAMPLES) -> list[Example]:
    """Return the answers of a file of persons with items and answers to them."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    persons = {line["person"]: line for line in lines if line["kind"] == "person"}
    return [_example(line, persons[line["person"]]) for line in lines if line["kind"] == "answer"]


def _example(line: Mapping[str, Any], person: Mapping[str, Any]) -> Example:
    context = Context(
        speaker=person["person"],
        today=date.fromisoformat(person["today"]),
        calendar=Calendar(),
        items=tuple(_item(item) for item in person["items"]),
        people=tuple(person["people"]),
        assistants=tuple(person["assistants"]),
        reply_to=tuple(line["reply_to"]),
        attachment=line["attachment"],
    )
    return Example(
        line["id"], line["half"], line["text"], context, tuple(line["expect"]), line["ask"]
    )


def _item(item: Mapping[str, Any]) -> OpenItem:
    due = date.fromisoformat(item["due"]) if item["due"] else None
    known = {
        **item,
        "due": due,
        "fields": tuple(item["fields"]),
        "suspects": tuple(item["suspects"]),
    }
    return OpenItem(**known)


def score(examples: Iterable[Example]) -> Score:
    """Read every answer and count what came out right."""
    result = Score()
    for example in examples:
        understood = read(example.text, example.context)
        result.total += 1
        binding = _binding(example, understood)
        if binding == "right":
            result.right += 1
        elif binding == "wrong":
            result.wrong += 1
        elif binding == "asked":
            result.asked += 1
        else:
            result.not_asked += 1
        intent_right = _intents_right(example, understood)
        result.intents += intent_right
        slots, slots_right = _slots(example, understood)
        result.slots += slots
        result.slots_right += slots_right
        if binding != "right" or not intent_right or slots != slots_right:
            result.faults.append(_fault(example, understood, binding))
    return result


def _place(example: Example, finding: str | None) -> int | str | None:
    places = {item.finding: item.item for item in example.context.items}
    return places.get(finding, finding) if finding else None


def _binding(example: Example, understood: Understanding) -> str:
    if example.ask and not understood.ask:
        return "wrong" if understood.readings else "not asked"
    if example.ask or understood.ask:
        return "right" if example.ask else "asked"
    said = {
        _place(example, r.finding) for r in understood.readings if r.intent != "none" or r.finding
    }
    wanted = {_place(example, e["finding"]) for e in example.expect}
    everything = {item.item for item in example.context.items}
    if said in (wanted, everything if wanted == {None} else {None} if not wanted else 0):
        return "right"
    if None not in said and said < wanted:
        return "part" if said else "not bound"
    return "wrong" if said else "not bound"


def _intents_right(example: Example, understood: Understanding) -> bool:
    said = {_place(example, r.finding): r.intent for r in understood.readings}
    if not example.expect:
        return not said or set(said.values()) == {"none"}
    if example.ask or (None in said and len(said) == 1) or example.expect[0]["finding"] is None:
        allowed = set(example.expect[0]["intent"])
        return bool(said) and ("*" in allowed or set(said.values()) <= allowed)
    for expected in example.expect:
        intent = said.get(_place(example, expected["finding"]))
        if intent is None or ("*" not in expected["intent"] and intent not in expected["intent"]):
            return False
    return True


def _slots(example: Example, understood: Understanding) -> tuple[int, int]:
    said = {_place(example, r.finding): r for r in understood.readings}
    total = right = 0
    for expected in example.expect:
        reading = said.get(_place(example, expected["finding"]))
        if "field" in expected:
            total += 1
            right += reading is not None and reading.field == expected["field"]
        if "value" in expected:
            total += 1
            right += reading is not None and reading.value in expected["value"]
    return total, right


def _fault(example: Example, understood: Understanding, binding: str) -> str:
    said = [(r.finding, r.intent, r.field, r.value) for r in understood.readings]
    wanted = [
        (e["finding"], "|".join(e["intent"]), e.get("field"), e.get("value"))
        for e in example.expect
    ]
    quoted = f" (to {','.join(example.context.reply_to)})" if example.context.reply_to else ""
    return (
        f"{example.name} {binding} {example.context.speaker}{quoted}: {example.text}\n"
        f"    wanted {wanted} ask={example.ask}\n    said   {said} ask={understood.ask}"
    )
