from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.replies import EXAMPLES, OFFICES, load_examples, score

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("half", ["dev", "held"])
@pytest.mark.parametrize("path", [EXAMPLES, OFFICES], ids=["sample office", "several offices"])
def test_few_answers_are_bound_to_a_wrong_item_and_most_are_read_right(
    path: Path, half: str
) -> None:
    result = score(example for example in load_examples(path) if example.half == half)

    sys.stdout.write(f"{path.stem} {half}: {result}\n")
    assert result.wrong <= result.total * 0.01, result.report()
    assert result.right >= result.total * 0.90, result.report()
    assert result.intents >= result.total * 0.90, result.report()


def test_the_sets_hold_enough_answers_of_enough_people() -> None:
    examples = [*load_examples(EXAMPLES), *load_examples(OFFICES)]

    assert len(examples) >= 1500
    assert len({example.context.speaker for example in examples}) >= 15
    assert max(len(example.context.items) for example in examples) >= 12
