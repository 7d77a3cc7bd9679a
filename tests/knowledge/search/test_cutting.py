from __future__ import annotations

import pytest

from knowledge.search import question as questions
from knowledge.search.cutting import cut


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("调取证据", ("调取", "证据")),
        ("附条件不起诉", ("附条件不起诉",)),
        ("审捕几天", ("审捕", "几", "天")),
        ("", ()),
    ],
)
def test_the_fewest_words_of_the_field_cover_a_text(text: str, words: tuple[str, ...]) -> None:
    assert cut(text).words == words


def test_characters_of_no_word_stand_alone_and_nothing_is_lost() -> None:
    text = "甲乙逮捕丙abc丁"
    assert "".join(cut(text).words) == text
    assert cut(text).inner == {3}


def test_an_abbreviation_inside_a_word_is_not_read_as_one() -> None:
    typed = [part.typed for part in questions.read("调取证据材料").parts]
    assert "取证" not in typed


def test_a_phrase_of_asking_inside_a_word_asks_for_nothing() -> None:
    assert questions.read("附条件不起诉").wants == frozenset()
    assert questions.read("不听检察长的可以不执行吗").typed.endswith("执行")
