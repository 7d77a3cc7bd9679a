from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.search.opening import load_search

if TYPE_CHECKING:
    from knowledge.search.model import Answer

SEARCH = load_search(None)
KNOWN = {(unit.document, unit.article) for unit in SEARCH._units} | {
    (provision.document, provision.article)
    for unit in SEARCH._units
    for point in unit.points
    for provision in point.also
}
ANY = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z", "C"]), max_size=300)
"""Any text, half surrogates and control characters too."""
MOST_CALLS = 400_000
"""Calls a question may cost: the longest ones cost some 180,000, an ordinary one 15,000."""
SPOKEN = st.text(
    "审捕期限取保候审退侦第一二三百十条款0123456789规则刑诉法qbhs aeiou的吗?《》", max_size=60
)


def holds(answer: Answer) -> bool:
    return all((one.point.document, one.point.article) in KNOWN for one in answer.results)


def work(question: str) -> int:
    """Return how many calls a question costs: a measure that no busy machine changes."""
    calls = 0

    def one_more(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(one_more)
    try:
        SEARCH.ask(question, limit=10)
    finally:
        sys.setprofile(before)
    return calls


@given(ANY)
@settings(max_examples=200, deadline=None)
def test_any_text_finds_nothing_or_articles_that_exist(text: str) -> None:
    assert holds(SEARCH.ask(text))


@given(SPOKEN)
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_office_words_finds_articles_that_exist(text: str) -> None:
    assert holds(SEARCH.ask(text, limit=10))


def test_a_text_of_any_length_is_answered() -> None:
    for piece in ("审", "a", "第", "1", "审捕期限", "qbhs ", "《", "规则第1条"):
        assert holds(SEARCH.ask(piece * 5000))


@given(st.one_of(ANY, SPOKEN))
@settings(max_examples=100, deadline=None)
def test_any_text_costs_bounded_work(text: str) -> None:
    assert work(text) < MOST_CALLS


@pytest.mark.parametrize(
    "piece",
    ["审捕", "规则第1条", "xian", "qbhs ", "zhang ", "取保侯审", "审zhang", "《", "第", "一"],
)
def test_a_text_of_any_length_costs_bounded_work(piece: str) -> None:
    assert work(piece * 5000) < MOST_CALLS
