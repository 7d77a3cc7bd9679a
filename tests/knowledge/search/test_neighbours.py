from __future__ import annotations

from collections import Counter

from knowledge.search.neighbours import Neighbours, find
from knowledge.search.postings import build

BASE = build(Counter({"政务": 1, "离婚": 1, word: 1}) for word in "甲乙丙丁戊己庚辛壬癸")
"""Ten provisions; every pair of 政务 and 离婚 stands in all of them."""
EMPTY = build([Counter("甲")])


def test_words_of_other_fields_are_found_the_longest_first() -> None:
    assert find("离婚冷静期多少天").strong == ("离婚冷静期",)
    assert find("贩毒的案子").weak == ("贩毒",)


def test_a_word_of_this_field_is_no_word_of_another() -> None:
    assert find("值班律师有哪些权利") == Neighbours()
    assert find("") == Neighbours()


def test_a_word_that_the_provision_says_too_speaks_only_a_little() -> None:
    found = Neighbours(("政务处分",), ("贩毒",))
    assert found.against("训诫", EMPTY) == (1, 1)
    assert found.against("建议给予政务处分，贩毒", EMPTY) == (0, 1)


def test_a_word_that_the_base_says_often_is_at_home_there() -> None:
    assert Neighbours(("离婚",)).against("训诫", BASE) == (0, 0)
    assert Neighbours(("离婚",)).against("训诫", EMPTY) == (1, 0)
