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
