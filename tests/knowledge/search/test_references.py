from __future__ import annotations

import pytest

from knowledge.search.normalise import clean
from knowledge.search.references import Reference, Titles, find

LAW = "中华人民共和国刑事诉讼法"
RULES = "人民检察院刑事诉讼规则"
TITLES = Titles([LAW, RULES, "中华人民共和国监察法"])


@pytest.mark.parametrize(
    ("text", "document", "number"),
    [
        ("刑诉法172", LAW, 172),
        ("刑诉79", LAW, 79),
        ("刑诉法七十九条", LAW, 79),
        ("法第九十八条", LAW, 98),
        ("《刑事诉讼法》第一百五十六条", LAW, 156),
        ("中华人民共和国刑事诉讼法第十六条", LAW, 16),
        ("刑诉规则282", RULES, 282),
        ("规则 第 75 条", RULES, 75),
        ("规则 ３５１ 条", RULES, 351),
        ("规则576条当天移送", RULES, 576),
        ("刑事诉讼规则六百三十九", RULES, 639),
        ("刑訴規則第282條", RULES, 282),
        ("高检规则第620条", RULES, 620),
        ("人民检察院刑事诉讼规则第一百四十三条说什么", RULES, 143),
        ("监察法54条", "中华人民共和国监察法", 54),
        ("gz 346", RULES, 346),
        ("gui ze 第282条", RULES, 282),
        ("规575", RULES, 575),
        ("规 351 条讲什么", RULES, 351),
        ("xsf172", LAW, 172),
        ("诉规346", RULES, 346),
        ("检规第三百条", RULES, 300),
        ("高检规则§346", RULES, 346),
        ("刑诉法第 一百 七十 五 条", LAW, 175),
        ("人民检察院刑事诉讼规则(2019)第三百四十六条", RULES, 346),
        ("刑诉法2018年修正版第一百条", LAW, 100),
        ("第二十八条 规则", RULES, 28),
        ("88条刑诉法", LAW, 88),
        ("346 规则", RULES, 346),
        ("282条", None, 282),
        ("282", None, 282),
        ("第二八二条", None, 282),
        ("二百八十二", None, 282),
    ],
)
def test_an_article_is_read_in_every_form(text: str, document: str | None, number: int) -> None:
    cited = find(clean(text), TITLES)
    assert [(one.document, one.number) for one in cited.articles] == [(document, number)]
    assert not cited.foreign


@pytest.mark.parametrize("text", ["gz 几天发", "规3天", "法规12", "tgz282"])
def test_a_short_name_elsewhere_is_no_text(text: str) -> None:
    assert all(one.document is None for one in find(clean(text), TITLES).articles)


def test_paragraph_and_branch_are_read_with_the_article() -> None:
    assert find("规则第二百八十二条之一第三款", TITLES).articles == (
        Reference(RULES, 282, branch=1, paragraph=3),
    )


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("规则282到284", [282, 283, 284]),
        ("规则282-284条", [282, 283, 284]),
        ("刑诉法第八十条至第八十二条", [80, 81, 82]),
        ("第80条—81条", [80, 81]),
        ("规则284到282", [284]),
        ("规则1-684", [1]),
    ],
)
def test_a_range_names_each_of_its_articles(text: str, numbers: list[int]) -> None:
    assert [one.number for one in find(clean(text), TITLES).articles] == numbers


@pytest.mark.parametrize("text", ["拘留3-7日", "30到37天", "基准刑10-20"])
def test_a_range_of_other_things_is_no_article(text: str) -> None:
    assert find(clean(text), TITLES).articles == ()


def test_another_edition_of_a_text_is_not_answered_from_this_one() -> None:
    cited = find(clean("刑诉法(2012)第四十七条"), TITLES)
    assert cited.foreign


def test_the_text_named_once_holds_for_the_next_number() -> None:
    cited = find("按规则第40条和第55条告知", TITLES)
    assert [(one.document, one.number) for one in cited.articles] == [(RULES, 40), (RULES, 55)]


@pytest.mark.parametrize(
    "text",
    [
        "刑法第二百六十四条",
        "民法典第五百八十四条",
        "治安管理处罚法第26条",
        "刑诉法解释第10条",
        "公安机关办理刑事案件程序规定第20条",
        "公安机关办案规则第三条",
        "规则(试行)第20条",
    ],
)
def test_a_number_of_another_text_is_foreign(text: str) -> None:
    cited = find(clean(text), TITLES)
    assert (cited.foreign, cited.articles) == (True, ())


@pytest.mark.parametrize("text", ["取保12个月", "收到后7日内还是10天", "这一条怎么理解", "一审"])
def test_other_numbers_are_no_articles(text: str) -> None:
    cited = find(clean(text), TITLES)
    assert (cited.articles, cited.foreign) == ((), False)


def test_a_text_named_without_number_is_where_to_look() -> None:
    cited = find("规则里取保最长多久", TITLES)
    assert (cited.document, cited.rest) == (RULES, "里取保最长多久")


def test_the_words_beside_a_number_are_kept() -> None:
    assert find("172条审查起诉", TITLES).rest == "审查起诉"


def test_a_base_without_texts_knows_no_names() -> None:
    assert find("规则第40条", Titles([])).foreign
