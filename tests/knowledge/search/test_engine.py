from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.search.engine import build
from knowledge.search.model import Point, Provision

if TYPE_CHECKING:
    from knowledge.search.engine import Engine
    from knowledge.search.model import Answer


def articles(answer: Answer) -> list[str]:
    return [result.point.article for result in answer.results]


def test_an_own_words_point_answers_with_the_imported_text_behind_it(library: Engine) -> None:
    answer = library.ask("还书晚了一天交多少钱")
    best = answer.results[0].point
    assert answer.certain
    assert (best.key, best.article) == ("overdue-fee", "第五条")
    assert best.full_text is not None
    assert best.full_text.startswith("逾期归还的")


def test_an_article_without_own_words_answers_itself(library: Engine) -> None:
    best = library.ask("古籍谁批准").results[0].point
    assert (best.article, best.full_text) == (
        "第四条",
        best.text + "\n第四条规定的古籍不得带出馆外。",
    )


def test_every_point_given_can_be_asked_for_by_its_key(library: Engine) -> None:
    for question in ("还书晚了一天交多少钱", "古籍谁批准", "第三条", "第五条之一"):
        best = library.ask(question).results[0].point
        assert library.point(best.key) == best
    assert library.point("no-such-point") is None


def test_one_article_is_one_result(library: Engine) -> None:
    found = articles(library.ask("逾期滞纳金借阅期限", limit=10))
    assert len(found) == len(set(found))


def test_results_come_best_first_with_scores_below_a_hundred(library: Engine) -> None:
    scores = [result.score for result in library.ask("借阅证遗失挂失", limit=10).results]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


def test_a_number_finds_its_article_and_its_branch(library: Engine) -> None:
    assert articles(library.ask("图书借阅管理办法第三条")) == ["第三条"]
    assert articles(library.ask("第五条之一")) == ["第五条之一"]


def test_a_number_that_does_not_exist_finds_nothing(library: Engine) -> None:
    assert library.ask("图书借阅管理办法第九十条").results == ()


def test_a_number_of_an_unknown_text_finds_nothing(library: Engine) -> None:
    assert library.ask("民法典第三条").results == ()


@pytest.mark.parametrize(
    "question", ["今天星期几", "讲个笑话", "离婚财产怎么分割", "哈哈哈哈", "", " ", "???", "的"]
)
def test_what_is_out_of_scope_finds_nothing(shipped: Engine, question: str) -> None:
    assert shipped.ask(question).results == ()


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("审捕期限几天", "arrest-review-detained-7d"),
        ("shen bu qi xian", "arrest-review-detained-7d"),
        ("退侦最多几次", "supplement-max-twice"),
        ("退补一次多长时间", "supplement-investigation-1m"),
        ("二退三延", "supplement-max-twice"),
        ("监居能多长", "rs-max-6m"),
        ("取保侯审最长多久", "bail-max-12m"),
        ("quba houshen zui chang", "bail-max-12m"),
        ("羁必审申请多久转给业务部", "necessity-transfer-same-day"),
        ("審查起訴期限", "prosecution-review-1m"),
        ("没拘留的批捕案多久要批", "arrest-review-not-detained-15d"),
        ("具洁书要谁在场", "plea-affidavit-lawyer-present"),
    ],
)
def test_the_office_is_understood_as_it_speaks(shipped: Engine, question: str, key: str) -> None:
    assert shipped.ask(question).results[0].point.key == key


def test_a_question_within_one_text_finds_only_its_articles(office: Engine) -> None:
    found = office.ask("规则里取保最长多久", limit=10).results
    assert {result.point.document for result in found} == {"人民检察院刑事诉讼规则"}


def test_a_number_in_two_texts_is_ordered_by_the_words_beside_it(office: Engine) -> None:
    first = office.ask("172条审查起诉").results[0].point
    assert first.document == "中华人民共和国刑事诉讼法"


def test_a_vague_question_is_answered_as_an_offer(office: Engine) -> None:
    answer = office.ask("家属那边的通知怎么弄")
    assert answer.results
    assert not answer.certain


def test_a_base_without_anything_finds_nothing() -> None:
    from knowledge.search.engine import build  # noqa: PLC0415 - one test needs it

    assert build([]).ask("审捕期限").results == ()


def test_an_article_that_only_own_words_rest_on_is_found_by_its_number() -> None:
    rested = Provision("图书馆条例", "第七十二条", 1)
    point = Point("loan", "借期", "三十日内归还", "图书借阅管理办法", "第三条", also=(rested,))
    other = Point("aim", "宗旨", "为读者服务", "图书馆条例", "第一条")
    best = build([point, other]).ask("图书馆条例72条").results[0].point
    assert (best.document, best.article, best.paragraph) == ("图书馆条例", "第七十二条", 1)
    assert best.also == (Provision("图书借阅管理办法", "第三条"),)


def test_a_number_alone_is_answered_with_the_article_itself(office: Engine) -> None:
    best = office.ask("规则346").results[0].point
    assert best.key == "人民检察院刑事诉讼规则#346"
    assert best.full_text


def test_a_number_with_a_paragraph_is_answered_with_the_duty_in_it(office: Engine) -> None:
    best = office.ask("规则第三百四十六条第二款").results[0].point
    assert (best.key, best.paragraph) == ("supplement-max-twice", 2)


@pytest.mark.parametrize("question", ["规则346", "刑诉法第一百七十五条"])
def test_without_its_text_a_number_is_answered_with_the_duty_not_a_check(
    shipped: Engine, question: str
) -> None:
    assert shipped.ask(question).results[0].point.key == "supplement-investigation-1m"


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("被告人上诉会加刑吗", ("中华人民共和国刑事诉讼法", "第二百三十七条")),
        ("刑诉法第71条", ("中华人民共和国刑事诉讼法", "第七十一条")),
        ("办未成年案件的方针是什么", ("中华人民共和国刑事诉讼法", "第二百七十七条")),
    ],
)
def test_without_its_text_an_article_is_named_and_nothing_else_put_in_its_place(
    shipped: Engine, question: str, place: tuple[str, str]
) -> None:
    best = shipped.ask(question).results[0].point
    assert (best.document, best.article) == place
    assert best.text == ""
    assert best.full_text is None


@pytest.mark.parametrize("question", ["规则第690条", "刑诉法309条"])
def test_without_its_text_a_number_that_does_not_exist_finds_nothing(
    shipped: Engine, question: str
) -> None:
    assert shipped.ask(question).results == ()


@pytest.mark.parametrize("question", ["退补最多几次", "退补几次"])
def test_who_asks_how_often_gets_the_times_not_the_days(shipped: Engine, question: str) -> None:
    assert shipped.ask(question).results[0].point.key == "supplement-max-twice"


def test_an_article_is_found_however_many_points_rest_on_it(office: Engine) -> None:
    assert articles(office.ask("案管管什么"))[0] == "第六百六十四条"
    assert articles(office.ask("案件管理部门 职责"))[0] == "第六百六十四条"
    best = office.ask("案卡归档日期早于完成日期怎么办").results[0].point
    assert (best.key, best.article) == ("archived-before-completed", "第六百六十四条")
