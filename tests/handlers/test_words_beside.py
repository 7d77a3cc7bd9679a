"""Names and facts beside an entry come back as they were kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.findings.case_reference import MINOR
from handlers.words_beside import Words, read_words, write_words

SAID = st.none() | st.text(min_size=1)


@given(st.builds(Words, SAID, SAID, SAID, SAID))
def test_words_come_back_as_they_were_kept(words: Words) -> None:
    assert read_words(write_words(words, minor=False)) == words


@given(st.builds(Words, SAID, SAID, SAID, SAID))
def test_a_minors_case_keeps_no_name(words: Words) -> None:
    assert read_words(write_words(words, minor=True)).case_name == MINOR


@given(st.text())
def test_a_text_of_older_entries_is_what_somebody_said(text: str) -> None:
    if not text.startswith("{"):
        assert read_words(text) == Words(said=text)


def test_what_only_looks_like_ours_is_read_without_a_fault() -> None:
    assert read_words("{补查中") == Words(said="{补查中")
    assert read_words('{"别的": 1}') == Words()
