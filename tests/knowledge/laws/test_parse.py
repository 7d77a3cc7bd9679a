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


@pytest.mark.parametrize(
    ("head", "closing", "name", "version"),
    [
        ("2024年3月1日 通过\n2024年5月1日 施行", "", "办法(2024-03-01).md", "2024-05-01"),
        ("2024年3月1日 通过", "", "办法(2024-04-02).md", "2024-04-02"),
        ("2024年3月1日 通过", "", "办法.md", "2024-03-01"),
        ("", "本办法自二〇二四年五月二十一日起施行。", "办法(2024-04-02).md", "2024-05-21"),
        ("", "本办法自2024年5月10日起施行。", "办法.md", "2024-05-10"),
        ("2018年10月26日 第三次修正", "本法自1997年1月1日起施行。", "某法.md", "2018-10-26"),
        ("1996年3月17日 修正", "本法自1997年1月1日起施行。", "某法(2018-10-26).md", "2018-10-26"),
        ("2024年13月1日 通过", "", "办法.md", ""),
    ],
)
def test_the_day_from_which_a_text_holds(head: str, closing: str, name: str, version: str) -> None:
    text = parse(f"某办法\n{head}\n第一条 甲。\n第二条 {closing or '乙。'}", name)
    assert text.version == version


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


def test_a_table_of_contents_leaves_no_heading_behind() -> None:
    contents = "目 录\n第一章 总则……1\n第二章 借阅……2\n附则……9\n"
    body = "第一章 总则\n第一条 甲。\n第二章 借阅\n第二条 乙。\n附则\n第三条 丙。"
    text = parse(f"某办法\n{contents}{body}", "办法.txt")
    assert text.title == "某办法"
    assert [one.headings for one in text.articles] == [("总则",), ("借阅",), ("附则",)]


def test_books_parts_chapters_and_sections_stand_in_order() -> None:
    lines = [
        "第一编 总则",
        "第一分编 通则",
        "第二章 借阅",
        "第一节 期限",
        "第一条 甲。",
        "第二编 分则",
    ]
    text = parse("\n".join(["某法", *lines, "第二条 乙。"]), "法.txt")
    assert text.articles[0].headings == ("总则", "通则", "借阅", "期限")
    assert text.articles[1].headings == ("分则",)


def test_a_signature_and_attachments_are_no_part_of_the_last_article() -> None:
    after = "某市图书馆\n2024年5月1日\n附件：1.借阅证样式\n第一条 持证人须知。\n其他说明。"
    text = parse(f"某办法\n第一条 甲。\n第二条 乙。\n{after}", "办法.txt")
    assert [one.text for one in text.articles] == ["甲。", "乙。"]
    assert text.remarks == ("条文之后的附件未读入（自“附件：1.借阅证样式”起 3 行）",)
    signed = parse("某办法\n第一条 甲。\n第二条 乙。\n某市图书馆\n2024年5月1日", "办法.txt")
    assert signed.articles[-1].text == "乙。"


def test_a_notice_before_the_text_does_not_name_it() -> None:
    notice = "关于印发《某市图书借阅管理规定》的通知\n各馆：\n现将规定印发给你们，请遵照执行。\n"
    text = parse(f"{notice}某市图书借阅管理规定\n第一条 甲。", "通知.txt")
    assert text.title == "某市图书借阅管理规定"


def test_a_title_over_two_lines_is_whole() -> None:
    head = "某市图书馆、某市文化局\n关于借阅图书若干问题的解释（二）\n"
    text = parse(f"{head}第一条 甲。", "解释.txt")
    assert text.title == "某市图书馆、某市文化局关于借阅图书若干问题的解释（二）"


def test_markup_is_no_part_of_a_text() -> None:
    text = parse("# 某办法\n\n**第一条** 甲。\n\n**第二条** 乙。", "办法.md")
    assert [one.text for one in text.articles] == ["甲。", "乙。"]


@pytest.mark.parametrize(
    "table",
    [
        "| 序号 | 内容 | 依据 |\n|---|:-:|---|\n| 1 | 借期已过 | 第三条 |\n| 2 | 未登记 | 第二条 |",
        "序号\t内容\t依据\n1\t借期已过\t第三条\n2\t未登记\t第二条",
    ],
)
def test_rows_of_a_table_in_plain_text_are_points(table: str) -> None:
    text = parse(f"借阅监控要点\n{table}", "要点.md")
    assert [one.label for one in text.articles] == ["第1点", "第2点"]
    assert text.articles[0].text == "借期已过；第三条"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中华人民共和国某法", "法律"),
        ("某管理办法", "办法"),
        ("某规则（试行）", "规则"),
        ("某监控要点", "要点"),
        ("备忘", "其他文本"),
    ],
)
def test_what_kind_of_text_it_is(title: str, kind: str) -> None:
    assert parse(f"{title}\n第一条 甲。", "a.txt").kind == kind
