from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.laws.reflow import reflow


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    pages = [
        ["第一条 图书借阅期限为三十日，热门图书的", "— 1 —"],
        ["借阅期限为十四日。", "第二条 读者凭证借书。", "— 2 —"],
    ]
    assert reflow(pages) == [
        "第一条 图书借阅期限为三十日，热门图书的借阅期限为十四日。",
        "第二条 读者凭证借书。",
    ]


def test_where_paragraphs_are_indented_a_cited_article_begins_none() -> None:
    page = [
        "\u3000\u3000第一章 总则",
        "\u3000\u3000第一条 依照",
        "第二条规定借出的图书，期限为三十日。",
        "\u3000\u3000（一）古籍不得借出，但",
        "（二）另有规定的除外。",
        "—3一",
        "\u3000\u3000第二条 读者凭证借书。",
    ]
    assert reflow([page]) == [
        "第一章总则",
        "第一条 依照第二条规定借出的图书，期限为三十日。",
        "（一）古籍不得借出，但（二）另有规定的除外。",
        "第二条 读者凭证借书。",
    ]


def test_running_heads_are_left_out() -> None:
    pages = [["馆务汇编", f"第{number}条 甲乙丙。"] for number in "一二三四"]
    assert reflow(pages) == [f"第{number}条 甲乙丙。" for number in "一二三四"]


def test_spaces_between_characters_are_layout() -> None:
    assert reflow([["第一条 读 者 凭 证 借 书。"]]) == ["第一条 读者凭证借书。"]


@given(st.lists(st.lists(st.text(max_size=30), max_size=5), max_size=5))
def test_any_pages_give_lines_without_edges(pages: list[list[str]]) -> None:
    assert all(line == line.strip() and line for line in reflow(pages))
