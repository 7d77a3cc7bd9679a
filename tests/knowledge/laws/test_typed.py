from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.laws.faults import BadDayError
from knowledge.laws.typed import asked_day, read_correction


@pytest.mark.parametrize(
    ("typed", "title", "version"),
    [
        ("图书借阅管理办法 2024-05-01", "图书借阅管理办法", "2024-05-01"),
        ("《图书借阅管理办法》，2024年5月1日起施行", "图书借阅管理办法", "2024-05-01"),
        ("标题应该是图书借阅管理办法", "图书借阅管理办法", ""),
        ("日期：2024.5.1", "", "2024-05-01"),
        ("2024/5/1", "", "2024-05-01"),
    ],
)
def test_a_title_and_a_day_are_read_from_what_was_typed(
    typed: str, title: str, version: str
) -> None:
    assert read_correction(typed) == (title, version)


@pytest.mark.parametrize("typed", ["2024-13-01", "2024-02-30", "20240501", "。"])
def test_what_is_no_day_is_asked_again(typed: str) -> None:
    with pytest.raises(BadDayError, match="2019-12-30 的样子"):
        read_correction(typed)


@pytest.mark.parametrize(
    ("question", "rest", "day"),
    [
        ("审捕期限 2018年的", "审捕期限", date(2018, 12, 31)),
        ("2018年时审捕期限几天", "审捕期限几天", date(2018, 12, 31)),
        ("按2018年5月的规则审捕几天", "规则审捕几天", date(2018, 5, 31)),
        ("按2018年12月的审捕期限", "审捕期限", date(2018, 12, 31)),
        ("按2018年5月3日的审捕期限", "审捕期限", date(2018, 5, 3)),
        ("按2018-05-03 审捕期限", "审捕期限", date(2018, 5, 3)),
        ("审捕期限几天", "审捕期限几天", None),
        ("2018年立案的案件怎么办", "2018年立案的案件怎么办", None),
        ("2018年的", "2018年的", None),
        ("按2018年2月30日的审捕期限", "按2018年2月30日的审捕期限", None),
    ],
)
def test_the_day_a_question_names_for_its_law(question: str, rest: str, day: date | None) -> None:
    assert asked_day(question) == (rest, day)


@given(st.text(max_size=60))
def test_any_text_is_a_title_a_day_or_refused(typed: str) -> None:
    asked_day(typed)
    try:
        title, version = read_correction(typed)
    except BadDayError:
        return
    assert title or version
