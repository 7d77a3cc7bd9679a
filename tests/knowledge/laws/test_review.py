from __future__ import annotations

from dataclasses import replace

from knowledge.laws.parse import parse
from knowledge.laws.review import Difference, difference, review
from tests.support.texts import LOAN_RULES

TEXT = parse(LOAN_RULES, "办法.md")
OLDER = replace(TEXT, version="2019-01-01", articles=TEXT.articles[:5])
NEWER = replace(TEXT, version="2030-01-01", articles=TEXT.articles[1:])


def test_a_text_that_is_there_already_changes_nothing() -> None:
    found = review(TEXT, [OLDER, TEXT])
    assert (found.known, found.replaced, found.older) == (TEXT, None, OLDER)


def test_the_nearest_versions_are_named() -> None:
    oldest = replace(OLDER, version="2001-01-01")
    found = review(TEXT, [NEWER, oldest, OLDER])
    assert (found.older, found.newer, found.replaced) == (OLDER, NEWER, None)


def test_the_same_day_with_other_words_is_replaced() -> None:
    other = replace(TEXT, articles=TEXT.articles[:3])
    assert review(TEXT, [other]).replaced == other


def test_the_same_words_under_another_day_are_replaced() -> None:
    other = replace(TEXT, version="2024-03-01")
    found = review(TEXT, [other])
    assert (found.replaced, found.older) == (other, None)


def test_a_text_on_trial_stands_beside_the_valid_one() -> None:
    trial = parse("图书借阅管理办法（试行）\n第一条 甲。", "试行.txt")
    assert review(TEXT, [trial]).sibling == trial
    assert review(trial, [TEXT]).sibling == TEXT
    assert review(TEXT, [OLDER]).sibling is None


def test_stored_texts_that_it_repeals_are_named() -> None:
    trial = parse("某规定（试行）\n第一条 甲。", "试行.txt")
    closing = "第二条 《某规定（试行）》《从未导入的办法》同时废止。"
    rules = parse(f"某规定\n第一条 甲。\n{closing}", "规定.txt")
    assert review(rules, [trial]).repeals == ("某规定（试行）",)


def test_articles_without_words_are_named() -> None:
    assert review(parse("某规定\n第一条\n第二条 乙。", "规定.txt"), []).empty == ("第一条",)


def test_versions_are_compared_article_by_article() -> None:
    changed = parse(LOAN_RULES.replace("三十日", "二十日"), "办法.md")
    assert difference(changed, TEXT) == Difference(changed=1, added=0, removed=0)
    assert difference(TEXT, OLDER) == Difference(changed=0, added=2, removed=0)
    assert difference(NEWER, TEXT) == Difference(changed=0, added=0, removed=1)
