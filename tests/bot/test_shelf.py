from __future__ import annotations

from typing import TYPE_CHECKING

from bot.shelf import LateSearch
from knowledge.laws import shelf
from knowledge.laws.parse import parse
from knowledge.search.model import Provision
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

RULES = parse(LOAN_RULES, "办法.md")


def test_an_import_while_the_bot_runs_is_seen_at_the_next_question(tmp_path: Path) -> None:
    search = LateSearch(tmp_path)
    assert search.ask("古籍由谁批准").results == ()
    shelf.put(tmp_path, RULES)
    assert search.ask("古籍由谁批准").results[0].point.article == "第四条"


def test_words_that_are_learnt_find_their_article_from_then_on(tmp_path: Path) -> None:
    shelf.put(tmp_path, RULES)
    search = LateSearch(tmp_path)
    assert search.ask("线装本手续").results == ()
    assert search.learn("图书借阅管理办法#4", "线装本手续")
    assert search.ask("线装本手续").results[0].point.article == "第四条"
    assert not search.learn("图书借阅管理办法#4", "线装本手续")


def test_words_for_an_own_words_point_are_learnt_too(tmp_path: Path) -> None:
    search = LateSearch(tmp_path)
    assert search.learn("arrest-review-detained-7d", "七日大限")
    found = search.ask("七日大限").results[0].point
    assert found.key == "arrest-review-detained-7d"


def test_without_a_home_nothing_is_learnt() -> None:
    assert not LateSearch().learn("bail-max-12m", "一年大限")


def test_provisions_stand_side_by_side(tmp_path: Path) -> None:
    shelf.put(tmp_path, RULES)
    search = LateSearch(tmp_path)
    after = search.beside("图书借阅管理办法#5", 1)
    assert after is not None
    assert after.article == "第五条之一"
    assert search.beside("图书借阅管理办法#1", -1) is None
    assert search.beside("no-such", 1) is None
    meant = search.provision(Provision("图书借阅管理办法", "第三条"))
    assert meant == search.point("图书借阅管理办法#3")
    assert search.provision(Provision("图书借阅管理办法", "第九十条")) is None
