from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest

from knowledge.search.certainty import MAYBE, SURE, Signs, confidence

if TYPE_CHECKING:
    from knowledge.search.engine import Engine

GOOD = Signs(
    line=0.9,
    rank=4.0,
    length=0.7,
    strange=0.0,
    foreign=0.0,
    elsewhere=0.0,
    perhaps=0.0,
    mass=1.0,
    told=0.8,
    beside=0.0,
)


def test_a_close_find_is_sure_and_a_distant_one_is_not_even_offered() -> None:
    assert confidence(GOOD) >= SURE
    assert confidence(replace(GOOD, line=0.1, rank=1.5, mass=0.2, told=0.0)) < MAYBE


@pytest.mark.parametrize("sign", ["line", "rank", "length", "mass", "told"])
def test_what_speaks_for_a_find_makes_it_surer(sign: str) -> None:
    less = replace(GOOD, **{sign: 0.0})
    assert confidence(less) < confidence(GOOD)


@pytest.mark.parametrize("sign", ["strange", "foreign", "elsewhere", "perhaps", "beside"])
def test_what_speaks_against_a_find_makes_it_less_sure(sign: str) -> None:
    more = replace(GOOD, **{sign: 1.0})
    assert confidence(more) < confidence(GOOD)


def test_a_bare_word_of_this_field_is_at_least_offered(office: Engine) -> None:
    for term in ("监督", "逮捕", "证据", "管辖"):
        assert office.ask(term).results
    for word in ("工资", "离婚", "天气"):
        assert office.ask(word).results == ()


def test_every_sign_is_gathered_between_nothing_and_its_end(office: Engine) -> None:
    seen = office.signs("审查逮捕期限几天")
    assert seen is not None
    assert all(getattr(seen, field.name) >= 0 for field in fields(seen))
    assert max(seen.length, seen.strange, seen.told, seen.line) <= 1


def test_numbers_and_empty_questions_need_no_signs(office: Engine) -> None:
    assert office.signs("规则第282条") is None
    assert office.signs("民法典第三条") is None
    assert office.signs("") is None


def test_words_of_another_field_are_signs_against(office: Engine) -> None:
    seen = office.signs("离婚后抚养费期限")
    assert seen is not None
    assert seen.elsewhere == 2
