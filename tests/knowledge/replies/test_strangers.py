from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from knowledge.case_numbers import parse
from knowledge.replies.reader import read
from tests.support.replies import OFFICES, load_examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.replies.model import Context, OpenItem

CONTEXTS = {
    example.context.speaker: replace(example.context, reply_to=(), attachment=False)
    for example in load_examples(OFFICES)
}
SAYINGS = (
    "{}的改好了", "{}那个改好了", "{}已改", "{}：明天改", "{}不是我的", "{}没超期",
    "关于{}，情况属实", "把{}改了", "还有{}也改了", "{}和第一条都改了",
)  # fmt: skip


def names_of(item: OpenItem, own: tuple[OpenItem, ...]) -> Iterator[str]:
    """Yield what an item of another person can be called by that no own item can."""
    suspects = {name for each in own for name in each.suspects}
    for name in item.suspects:
        if "某" not in name and not any(name[1:] in s or s[1:] in name for s in suspects):
            yield name
            yield f"{name}盗窃案"
    if item.finding not in {each.finding for each in own}:
        yield item.finding
    case = parse(item.case_no)
    sequences = {int(known.sequence) for each in own if (known := parse(each.case_no))}
    if case and int(case.sequence) not in sequences:
        yield f"刑诉{int(case.sequence)}"
        if int(case.sequence) > 31:
            yield f"{int(case.sequence)}号"


@pytest.mark.parametrize("person", sorted(CONTEXTS))
def test_what_another_person_has_open_is_never_taken_for_an_own_item(person: str) -> None:
    context = CONTEXTS[person]
    names = {
        name
        for other in CONTEXTS
        if other != person
        for item in CONTEXTS[other].items
        for name in names_of(item, context.items)
    }

    guessed = [
        text
        for number, name in enumerate(sorted(names)[::2])
        for saying in SAYINGS[number % 5 :: 5]
        if _is_bound(text := saying.format(name), context)
    ]

    assert guessed == []


def _is_bound(text: str, context: Context) -> bool:
    understood = read(text, context)
    return not understood.ask and any(reading.finding for reading in understood.readings)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("转给张强了", "张强"),
        ("这案子改由李涛承办", "李涛"),
        ("移交给谢宁了", "谢宁"),
        ("转给公安了", None),
    ],
)
def test_a_new_person_is_taken_as_typed(text: str, wanted: str | None) -> None:
    (reading,) = read(text, replace(CONTEXTS["高远"], reply_to=("A07",))).readings

    assert reading.value == wanted


@pytest.mark.parametrize(
    "text",
    [
        "方某不服决定申诉案改好了",
        "高岭分局违法取证案改好了",
        "A01改好了，赵小虎也改了",
        "号码那个改了，第1条收到",
    ],
)
def test_a_case_or_matter_that_is_not_open_is_asked_about(text: str) -> None:
    understood = read(text, CONTEXTS["周岚"])

    assert understood.ask
    assert understood.reason == "contradiction"


def test_other_people_of_a_named_case_are_no_items() -> None:
    readings = read("A12马俊案，张建国律师没交材料", CONTEXTS["周岚"]).readings

    assert [reading.finding for reading in readings] == ["A12"]
