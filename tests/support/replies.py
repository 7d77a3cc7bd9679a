"""Scores the reader of answers on a set: right, wrong or asked back, and how many intents."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from knowledge.calendar import Calendar
from knowledge.replies.model import Context, OpenItem
from knowledge.replies.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.replies.model import Understanding

FOLDER = Path(__file__).resolve().parents[1] / "examples"
EXAMPLES = FOLDER / "replies.jsonl"
OFFICES = FOLDER / "replies_offices.jsonl"

LONG_STRANGE_TEXTS = tuple(
    (piece * 5000)[:5000]
    for piece in (
        "改", "1、", "第", "明天改", "👌", "沈丽、", "王建国、", "能不能", "[", " ", "在", "的那个",
        "5.31", "一二三四五六七八九十", "◇□", "改了,", "不是,是", "请求", "9", "1.", "A01,", "都",
        "好的", "日期", "受理日期", "除了", "a b", "3号", "谢", "第一条改好了", "老王那个",
        "不对是A01", "宏图公司", "小川大勇", "某某案", "转给张",
    )
)  # fmt: skip

Outcome = Literal["right", "wrong", "asked", "missed"]


@dataclass(frozen=True)
class Wanted:
    """One right way to read an answer: its readings, or that it must be asked back."""

    expect: tuple[Mapping[str, Any], ...]
    ask: bool


@dataclass(frozen=True)
class Example:
    """One answer, the situation it was written in, and the ways it may rightly be read."""

    name: str
    half: str
    text: str
    context: Context
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True)
class Verdict:
    """How one answer was read against one right way: its items, its intents, its slots.

    `asked` is a question back that was not needed, `missed` an answer that was not bound, or only
    to some of its items, or not asked about though it had to be.
    """

    outcome: Outcome
    intents_right: bool
    slots: int
    slots_right: int

    @property
    def merit(self) -> tuple[bool, bool, bool, int]:
        """What orders verdicts: the way of reading that fits best is the one that counts."""
        return (
            self.outcome == "right",
            self.outcome != "wrong",
            self.intents_right,
            self.slots_right - self.slots,
        )


@dataclass
class Score:
    """Counts over a set of answers; `faults` name each answer that was not read as expected."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    intents: int = 0
    slots: int = 0
    slots_right: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """The number of answers read."""
        return self.outcomes.total()

    @property
    def right(self) -> int:
        """The number of answers bound to what was meant, or asked about where that was right."""
        return self.outcomes["right"]

    @property
    def wrong(self) -> int:
        """The number of answers bound to a wrong item."""
        return self.outcomes["wrong"]

    def __str__(self) -> str:
        return (
            f"{self.total} answers: bound right {self.right / self.total:.1%}, "
            f"wrong {self.wrong} ({self.wrong / self.total:.1%}), "
            f"asked without need {self.outcomes['asked']}, missed {self.outcomes['missed']}; "
            f"intents {self.intents / self.total:.1%}; "
            f"columns and values {self.slots_right}/{self.slots}"
        )

    def report(self) -> str:
        """Return the counts and each answer that was not read as expected."""
        return "\n".join((str(self), *self.faults))


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
    ways = (line, *line.get("or", ()))
    wanted = tuple(Wanted(tuple(way["expect"]), way["ask"]) for way in ways)
    return Example(line["id"], line["half"], line["text"], context, wanted)


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
        verdict = max(
            (_judge(example, way, understood) for way in example.wanted), key=lambda v: v.merit
        )
        result.outcomes[verdict.outcome] += 1
        result.intents += verdict.intents_right
        result.slots += verdict.slots
        result.slots_right += verdict.slots_right
        if verdict.merit != (True, True, True, 0):
            result.faults.append(_fault(example, understood, verdict))
    return result


def _judge(example: Example, wanted: Wanted, understood: Understanding) -> Verdict:
    return Verdict(
        _outcome(example, wanted, understood),
        _intents_right(example, wanted, understood),
        *_slots(example, wanted, understood),
    )


def _place(example: Example, finding: str | None) -> int | str | None:
    places = {item.finding: item.item for item in example.context.items}
    return places.get(finding, finding) if finding else None


def _outcome(example: Example, wanted: Wanted, understood: Understanding) -> Outcome:
    if wanted.ask and not understood.ask:
        return "wrong" if understood.readings else "missed"
    if wanted.ask or understood.ask:
        return "right" if wanted.ask else "asked"
    said = {
        _place(example, r.finding) for r in understood.readings if r.intent != "none" or r.finding
    }
    meant = {_place(example, e["finding"]) for e in wanted.expect}
    quoted = {_place(example, finding) for finding in example.context.reply_to}
    everything = quoted or {item.item for item in example.context.items}
    if said in (meant, everything if meant == {None} else {None} if not meant else 0):
        return "right"
    return "missed" if not said or (None not in said and said < meant) else "wrong"


def _intents_right(example: Example, wanted: Wanted, understood: Understanding) -> bool:
    said = {_place(example, r.finding): r.intent for r in understood.readings}
    if not wanted.expect:
        return not said or set(said.values()) == {"none"}
    if wanted.ask or (None in said and len(said) == 1) or wanted.expect[0]["finding"] is None:
        allowed = set(wanted.expect[0]["intent"])
        return bool(said) and ("*" in allowed or set(said.values()) <= allowed)
    exact = {r.finding: r.intent for r in understood.readings}
    for expected in wanted.expect:
        intent = exact.get(expected["finding"], said.get(_place(example, expected["finding"])))
        if intent is None or ("*" not in expected["intent"] and intent not in expected["intent"]):
            return False
    return True


def _slots(example: Example, wanted: Wanted, understood: Understanding) -> tuple[int, int]:
    said = {_place(example, r.finding): r for r in understood.readings}
    total = right = 0
    for expected in wanted.expect:
        reading = said.get(_place(example, expected["finding"]))
        if "field" in expected:
            total += 1
            right += reading is not None and reading.field == expected["field"]
        if "value" in expected:
            total += 1
            right += reading is not None and reading.value in expected["value"]
    return total, right


def _fault(example: Example, understood: Understanding, verdict: Verdict) -> str:
    said = [(r.finding, r.intent, r.field, r.value) for r in understood.readings]
    quoted = f" (to {','.join(example.context.reply_to)})" if example.context.reply_to else ""
    ways = "\n    or     ".join(_written(way) for way in example.wanted)
    return (
        f"{example.name} {verdict.outcome} {example.context.speaker}{quoted}: {example.text}\n"
        f"    wanted {ways}\n    said   {said} ask={understood.ask}"
    )


def _written(wanted: Wanted) -> str:
    readings = [
        (e["finding"], "|".join(e["intent"]), e.get("field"), e.get("value")) for e in wanted.expect
    ]
    return f"{readings} ask={wanted.ask}"
