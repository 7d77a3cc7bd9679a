from __future__ import annotations

import sys

import pytest

from tests.support.replies import load_examples, score


@pytest.mark.parametrize("half", ["dev", "held"])
def test_few_answers_are_bound_to_a_wrong_item_and_most_are_read_right(half: str) -> None:
    result = score(example for example in load_examples() if example.half == half)

    sys.stdout.write(f"{half}: {result}\n")
    assert result.wrong <= result.total * 0.01
    assert result.right >= result.total * 0.95
    assert result.intents >= result.total * 0.93


def test_the_two_halves_hold_enough_answers() -> None:
    examples = load_examples()

    assert len(examples) >= 250
    assert len({example.context.speaker for example in examples}) >= 8
