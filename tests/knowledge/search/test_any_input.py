from __future__ import annotations

from typing import TYPE_CHECKING

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
SPOKEN = st.text(
    "审捕期限取保候审退侦第一二三百十条款0123456789规则刑诉法qbhs aeiou的吗?《》", max_size=60
)


def holds(answer: Answer) -> bool:
    return all((one.point.document, one.point.article) in KNOWN for one in answer.results)


@given(st.text(max_size=300))
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
