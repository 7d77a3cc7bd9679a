from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from knowledge.search.engine import Engine


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shen bu qi xian", "审捕期限"),
        ("shencha qisu duojiu", "审查起诉多久"),
        ("qubaohoushen", "取保候审"),
        ("quba houshen", "取保候审"),
        ("qubaohoushn", "取保候审"),
        ("qbhs", "取保候审"),
        ("scqs qixian", "审查起诉期限"),
        ("审捕 qixian", "审捕 期限"),
        ("jianyi chengxu", "简易程序"),
    ],
)
def test_letters_are_read_as_the_words_of_the_base(
    shipped: Engine, office: Engine, typed: str, meant: str
) -> None:
    engine = office if "jianyi" in typed else shipped
    assert engine._latin.readings(typed)[0] == meant


def test_a_text_without_letters_has_no_other_reading(shipped: Engine) -> None:
    assert shipped._latin.readings("审捕期限") == []


@pytest.mark.parametrize("typed", ["a", "zzzzzz", "v v v", "'", "q'b"])
def test_letters_that_spell_nothing_do_no_harm(shipped: Engine, typed: str) -> None:
    assert isinstance(shipped._latin.readings(typed), list)
