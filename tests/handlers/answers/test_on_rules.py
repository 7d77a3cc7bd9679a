"""Questions on the rules of people with open items, and answers that must not be taken for some."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.shelf import LateSearch
from handlers.answers.answers import asks_of_rules, claims
from handlers.questions.questions import names_a_provision
from knowledge.replies.reader import read
from knowledge.search.opening import load_search
from tests.support.office_cards import card, hit
from tests.support.replies import EXAMPLES, FOLDER, OFFICES, load_examples

if TYPE_CHECKING:
    from knowledge.replies.model import Context, Understanding
    from tests.support.office_desk import OfficeAtWork

SEARCH = load_search(None)
FEWEST_ASKED = 1_500
ZHI = "林知秋"


@pytest.fixture
def asked(office: OfficeAtWork) -> OfficeAtWork:
    """The office with the shipped points and no imported text."""
    office.desk = replace(office.desk, search=LateSearch(None))
    return office


def is_on_rules(text: str, understanding: Understanding) -> bool:
    return asks_of_rules(understanding, lambda: SEARCH.ask(text))


def situations() -> list[Context]:
    """Return every writer's open items, nothing quoted."""
    told = [*load_examples(OFFICES), *load_examples(EXAMPLES)]
    alone = {
        (one.context.speaker, len(one.context.items)): replace(
            one.context, reply_to=(), attachment=False
        )
        for one in told
    }
    return [context for context in alone.values() if context.items]


def questions() -> list[str]:
    lines = [
        json.loads(line)
        for path in sorted(FOLDER.glob("questions*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [one["q"] for one in lines if one["gold"]]


def test_what_is_asked_of_the_rules_is_seldom_recorded_as_an_answer_to_an_item() -> None:
    chance = random.Random(5)  # noqa: S311 - the same situations in every run
    contexts = situations()
    asked, recorded, asked_back = 0, 0, 0
    for text in questions():
        understanding = read(text, chance.choice(contexts))
        asked += 1
        if names_a_provision(text) or is_on_rules(text, understanding):
            continue
        asked_back += understanding.ask
        recorded += not understanding.ask and bool(claims(understanding))
    assert asked > FEWEST_ASKED
    assert recorded / asked <= 0.03
    assert asked_back / asked <= 0.05


def test_no_answer_is_taken_for_a_question_on_the_rules() -> None:
    lost = [
        one.text
        for one in (*load_examples(OFFICES), *load_examples(EXAMPLES))
        if not one.context.reply_to and not one.context.attachment
        for understanding in [read(one.text, one.context)]
        if claims(understanding) and is_on_rules(one.text, understanding)
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("规则282条", True),
        ("高检规则 573", True),
        ("诉讼规则 573 条讲什么", True),
        ("刑事诉讼法第二百零四条第二项", True),
        ("第六百零九条", True),
        ("规则226条辨认", True),
        ("第2条", False),
        ("第三条改好了", False),
        ("依刑诉法172条还没有超期", False),
        ("按规则351条已经延长了十五日", False),
    ],
)
def test_an_article_is_asked_for_by_its_number(text: str, *, is_one: bool) -> None:
    assert names_a_provision(text) is is_one


@pytest.mark.parametrize(
    ("text", "begins"),
    [("劳动合同到期怎么办", "没有查到相关要点"), ("这个怎么填", "您的话已留存")],
)
def test_a_question_that_points_at_no_item_is_about_the_rules(
    asked: OfficeAtWork, text: str, begins: str
) -> None:
    asked.export(hit(card(1)), hit(card(2)), cards=[card(1), card(2)])
    asked.morning()
    asked[ZHI].say(text)
    assert asked[ZHI].last.text.startswith(begins)


@pytest.mark.parametrize(
    ("text", "is_on_the_item"),
    [
        ("被取保的人跑了怎么办", False),
        ("取保候审期间能不能出国吗", False),
        ("我想知道羁押必要性审查多久要办完", False),
        ("取保快到期了怎么续", True),
        ("聋人犯罪案子能走速裁吗", False),
        ("取保那条怎么回事", True),
        ("取保候审的到期了吗", True),
        ("为什么", True),
    ],
)
def test_a_question_on_the_matter_of_an_item_is_answered_from_the_rules(
    asked: OfficeAtWork, text: str, *, is_on_the_item: bool
) -> None:
    bailed = card(1, 案件类别="一审公诉案件")
    asked.export(hit(bailed, rule="bail-max-12m", title="取保候审最长十二个月"), cards=[bailed])
    asked.morning()
    asked[ZHI].say(text)
    assert asked[ZHI].last.text.startswith("您的询问已记录") is is_on_the_item
    assert asked.acts("answer_recorded") == []
