from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from knowledge.laws import shelf
from knowledge.laws.parse import parse
from knowledge.search import index_file
from knowledge.search.opening import load_search
from knowledge.search.postings import MOST_PER_GRAM, build
from knowledge.search.units import place_of
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

TEXT = parse(LOAN_RULES, "办法.md")


def test_an_imported_text_is_found_beside_the_shipped_points(tmp_path: Path) -> None:
    shelf.put(tmp_path, TEXT)
    search = load_search(tmp_path)
    assert search.ask("古籍由谁批准").results[0].point.document == "图书借阅管理办法"
    assert search.ask("审捕期限几天").results[0].point.key == "arrest-review-detained-7d"


def test_only_the_newest_version_is_searched(tmp_path: Path) -> None:
    shelf.put(tmp_path, TEXT)
    older = replace(TEXT, version="2001-01-01", articles=TEXT.articles[:1])
    shelf.put(tmp_path, older)
    assert load_search(tmp_path).ask("图书借阅管理办法第三条").results


def test_the_index_is_kept_and_answers_the_same(tmp_path: Path) -> None:
    shelf.put(tmp_path, TEXT)
    first = load_search(tmp_path).ask("借阅证遗失")
    assert (tmp_path / "knowledge" / "search.index").is_file()
    assert load_search(tmp_path).ask("借阅证遗失") == first


def test_the_index_is_kept_before_any_text_is_imported_too(tmp_path: Path) -> None:
    first = load_search(tmp_path).ask("审捕期限几天")
    index = tmp_path / "knowledge" / "search.index"
    assert index.is_file()
    assert load_search(tmp_path).ask("审捕期限几天") == first


def test_a_home_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert load_search(tmp_path / "home").ask("审捕期限几天").results
    assert not (tmp_path / "home").exists()


def test_a_new_text_makes_a_new_index(tmp_path: Path) -> None:
    shelf.put(tmp_path, TEXT)
    load_search(tmp_path)
    shelf.put(tmp_path, parse("停车管理办法\n第一条 停车位由物业分配。", "停车.txt"))
    assert load_search(tmp_path).ask("停车管理办法第一条").results


def test_a_damaged_index_is_built_anew(tmp_path: Path) -> None:
    shelf.put(tmp_path, TEXT)
    load_search(tmp_path)
    index = tmp_path / "knowledge" / "search.index"
    for damage in (b"", b"{}\n", index.read_bytes()[:-5]):
        index.write_bytes(damage)
        assert load_search(tmp_path).ask("借阅证遗失").results


def test_a_home_that_cannot_be_written_is_searched_all_the_same(tmp_path: Path) -> None:
    shelf.put(tmp_path, TEXT)
    (tmp_path / "knowledge" / "search.index").mkdir()
    assert load_search(tmp_path).ask("借阅证遗失").results
    assert not list((tmp_path / "knowledge").glob("*.new"))


def test_an_index_of_another_state_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "search.index"
    postings = build([Counter("审捕")])
    index_file.save(path, postings, "one")
    assert index_file.load(path, "two") is None
    assert index_file.load(path, "one") == postings


def test_a_gram_of_very_many_units_keeps_its_strongest() -> None:
    postings = build(Counter({"审": 1 + unit % 2}) for unit in range(MOST_PER_GRAM + 10))
    assert postings.spread("审") == MOST_PER_GRAM + 10
    assert len(postings.scores({"审": 1.0})) == MOST_PER_GRAM


@pytest.mark.parametrize(
    ("article", "place"),
    [("第二百八十二条", (282, 0)), ("第五条之二", (5, 2)), ("附则", (0, 0))],
)
def test_an_article_is_placed_by_its_number_and_branch(
    article: str, place: tuple[int, int]
) -> None:
    assert place_of(article) == place
