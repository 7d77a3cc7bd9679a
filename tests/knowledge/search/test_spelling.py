from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from knowledge.search.engine import Engine


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("取保侯审", "取保候审"),
        ("审查起拆期限", "审查起诉期限"),
        ("值斑律师", "值班律师"),
        ("认罪认法", "认罪认罚"),
        ("法律员助", "法律援助"),
    ],
)
def test_a_wrong_character_is_mended_by_sound_or_shape(
    shipped: Engine, typed: str, meant: str
) -> None:
    assert shipped._speller.repaired(typed) == meant


@pytest.mark.parametrize("typed", ["审捕期限几天", "取保候审", "咋整", "a", ""])
def test_what_is_said_right_is_left_alone(shipped: Engine, typed: str) -> None:
    assert shipped._speller.repaired(typed) is None


def test_a_long_text_is_not_mended(shipped: Engine) -> None:
    assert shipped._speller.repaired("取保侯审" * 11) is None


def test_a_mended_question_never_takes_the_place_of_the_typed_one(shipped: Engine) -> None:
    versions = [version.question.whole for version in shipped._versions("取保侯审最长多久")]
    assert versions == ["取保侯审最长多久", "取保候审最长多久"]
