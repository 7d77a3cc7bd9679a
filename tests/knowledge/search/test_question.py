from __future__ import annotations

from collections import Counter

import pytest

from knowledge.search import question as questions
from knowledge.search import weigher
from knowledge.search.normalise import LONGEST, clean
from knowledge.search.postings import build
from knowledge.search.weigher import Weigher


def test_phrases_around_a_question_are_left_out() -> None:
    asked = questions.read("请问一下审捕期限是几天呢")
    assert [part.typed for part in asked.parts] == ["审捕", "期限"]


def test_an_abbreviation_is_also_read_in_full() -> None:
    (part,) = questions.read("羁必审").parts
    assert part.ways == ("羁必审", "羁押必要性审查")


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("审捕几天", "term"),
        ("退侦几次", "times"),
        ("不诉谁批", "who"),
        ("取保条件", "conditions"),
        ("起诉书内容", "content"),
        ("询问证人在哪里", "where"),
        ("保证金最少多少", "amount"),
    ],
)
def test_the_kind_of_answer_is_heard(text: str, want: str) -> None:
    assert want in questions.read(text).wants


@pytest.mark.parametrize("text", ["诈骗五十万判几年", "民事二审上诉期", "盗窃罪的量刑", "你是谁"])
def test_a_question_as_another_field_asks_it_is_heard(text: str) -> None:
    assert questions.read(text).foreign


@pytest.mark.parametrize("text", ["附带民事诉讼谁可以提", "行政处罚的检察意见", "不诉谁批"])
def test_a_question_of_this_field_is_not_taken_for_another(text: str) -> None:
    assert not questions.read(text).foreign


def test_a_long_phrase_for_a_short_word_says_no_more_than_the_word() -> None:
    [refusal, *_] = questions.read("相对不诉 训诫").parts
    assert refusal.typed == "相对不诉"
    assert refusal.says(0) == 1.0
    assert refusal.says(1) == pytest.approx(len("相对不诉") / len(refusal.meant[0]))


def test_a_matter_of_another_field_is_heard() -> None:
    assert questions.read("离婚财产分割").neighbours.strong == ("离婚",)


def test_width_case_and_old_characters_become_one_form() -> None:
    assert clean(" ＱＢＨＳ　審查\u200b起訴 ") == "qbhs 审查起诉"


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert len(clean("审" * 5000)) == LONGEST


def test_a_base_larger_than_the_memory_for_lines_weighs_them_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remembering = Weigher(build([Counter("审捕")]))
    known = remembering.lines(("审捕期限",))
    monkeypatch.setattr(weigher, "REMEMBERED", 0)
    assert Weigher(build([Counter("审捕")])).lines(("审捕期限",)) == known
