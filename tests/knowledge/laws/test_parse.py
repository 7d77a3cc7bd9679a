from __future__ import annotations

import pytest

from knowledge.laws.faults import NoArticlesError
from knowledge.laws.files import read
from knowledge.laws.parse import parse
from tests.support.shared import shared_folder
from tests.support.texts import LOAN_RULES


def test_every_article_is_read_once_with_its_number() -> None:
    text = parse(LOAN_RULES, "办法.md")
    labels = [article.label for article in text.articles]
    assert labels == ["第一条", "第二条", "第三条", "第四条", "第五条", "第五条之一", "第六条"]
    assert (text.gaps, text.repeated) == ((), ())


def test_title_and_version_come_from_the_head() -> None:
    text = parse(LOAN_RULES, "办法.md")
    assert (text.title, text.version) == ("图书借阅管理办法", "2024-05-01")


def test_a_day_in_the_file_name_is_the_version() -> None:
    assert parse(LOAN_RULES, "办法(2024-04-02).md").version == "2024-04-02"


def test_items_belong_to_the_paragraph_before_them() -> None:
    second = parse(LOAN_RULES, "办法.md").articles[1]
    assert [len(paragraph.items) for paragraph in second.paragraphs] == [2, 0]
    assert second.text.count("\n") == 3


def test_a_space_on_the_wrong_side_still_begins_an_article() -> None:
    fourth = parse(LOAN_RULES, "办法.md").articles[3]
    assert fourth.text.startswith("读者借阅古籍的")


def test_a_line_that_begins_by_citing_an_article_is_no_new_one() -> None:
    fourth = parse(LOAN_RULES, "办法.md").articles[3]
    assert fourth.paragraphs[1].text.startswith("第四条规定的古籍")


def test_headings_lose_their_spaces_and_their_line_breaks() -> None:
    articles = parse(LOAN_RULES, "办法.md").articles
    assert articles[0].headings == ("总则",)
    assert articles[2].headings == ("借阅、归还和逾期", "借阅期限")


def test_a_bare_supplement_line_is_a_heading_and_no_text() -> None:
    articles = parse(LOAN_RULES, "办法.md").articles
    assert articles[-1].headings == ("附则",)
    assert "附则" not in articles[-2].text


def test_missing_and_repeated_numbers_are_named() -> None:
    text = parse("办法\n\n第一条 甲。\n\n第三条 乙。\n\n第三条 丙。\n\n第十条 丁。\n", "办法.txt")
    assert text.gaps == (2, 4, 5, 6, 7, 8, 9)
    assert text.repeated == (3,)
    assert [article.text for article in text.articles] == ["甲。", "乙。", "丁。"]


def test_what_stands_between_a_heading_and_the_first_article_is_left_out() -> None:
    text = parse("某法\n第一章 总则\n（摘要：本章讲总则。）\n第一条 甲。", "法.txt")
    assert [article.text for article in text.articles] == ["甲。"]
    assert text.articles[0].headings == ("总则",)


def test_a_text_on_trial_is_known_as_one() -> None:
    assert parse("某规则（试行）\n第一条 甲。", "规则.txt").on_trial


def test_a_year_behind_the_title_is_no_part_of_it() -> None:
    assert parse("某法（2018修正）\n第一条 甲。", "法.txt").title == "某法"


def test_a_text_without_title_is_called_by_its_file() -> None:
    assert parse("第一条 甲。", "某办法.txt").title == "某办法"


def test_a_text_without_articles_is_refused_in_one_sentence() -> None:
    with pytest.raises(NoArticlesError, match="没有找到“第…条”"):
        parse("今天天气很好。\n", "日记.txt")


@pytest.mark.parametrize(
    ("pattern", "title", "articles"),
    [
        ("刑事诉讼法*.md", "中华人民共和国刑事诉讼法", 308),
        ("人民检察院*.md", "人民检察院刑事诉讼规则", 684),
    ],
)
def test_the_real_texts_are_read_whole(pattern: str, title: str, articles: int) -> None:
    (path,) = shared_folder("laws").glob(pattern)
    text = read(path)
    assert (text.title, len(text.articles), text.gaps, text.repeated) == (title, articles, (), ())
    assert text.articles[-1].headings == ("附则",)
