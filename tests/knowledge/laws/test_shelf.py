from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from knowledge.laws import shelf
from knowledge.laws.faults import DamagedShelfError
from knowledge.laws.model import IN_FORCE
from knowledge.laws.parse import parse
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

TEXT = parse(LOAN_RULES, "办法.md")


def test_a_stored_text_is_read_back_as_it_was(tmp_path: Path) -> None:
    shelf.put(tmp_path, TEXT)
    assert shelf.texts(tmp_path) == [TEXT]


def test_the_same_text_again_is_known(tmp_path: Path) -> None:
    assert not shelf.same(tmp_path, TEXT)
    shelf.put(tmp_path, TEXT)
    assert shelf.same(tmp_path, TEXT)
    assert not shelf.same(tmp_path, replace(TEXT, articles=TEXT.articles[:2]))


def test_an_older_version_stays_beside_the_newest(tmp_path: Path) -> None:
    older = replace(TEXT, version="2019-01-01", articles=TEXT.articles[:5])
    for text in (TEXT, older):
        shelf.put(tmp_path, text)
    stored = shelf.texts(tmp_path)
    assert len(stored) == 2
    assert shelf.current(stored) == [TEXT]


def test_a_day_gets_the_version_in_force_then() -> None:
    older = replace(TEXT, version="2019-01-01")
    stored = [TEXT, older]
    assert shelf.current(stored, date(2020, 5, 1)) == [older]
    assert shelf.current(stored, date(2024, 5, 1)) == [TEXT]
    assert shelf.current(stored, date(2018, 5, 1)) == []


def test_a_text_that_another_repeals_is_for_older_facts_only() -> None:
    trial = parse("某规则（试行）\n2012年1月1日\n第一条 甲。", "某规则（试行）(2012-01-01).txt")
    closing = "第二条 本规则自公布之日起施行，《某规则（试行）》同时废止。"
    rules = parse(f"某规则\n第一条 甲。\n{closing}", "某规则(2019-12-30).txt")
    stored = [trial, rules]
    assert shelf.repealed(stored) == {"某规则（试行）": rules}
    assert shelf.current(stored) == [rules]
    assert shelf.current(stored, date(2015, 1, 1)) == [trial]


def test_a_numbered_point_keeps_its_mark(tmp_path: Path) -> None:
    points = parse("要点\n一、甲项应当登记。\n二、乙项应当登记。", "要点.txt")
    shelf.put(tmp_path, points)
    assert shelf.texts(tmp_path) == [points]


def test_a_home_without_texts_has_none(tmp_path: Path) -> None:
    assert shelf.texts(tmp_path / "nowhere") == []


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    shelf.put(tmp_path, TEXT)
    (path,) = shelf.paths(tmp_path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(DamagedShelfError, match="重新执行 fangyuan knowledge import"):
        shelf.texts(tmp_path)


def test_what_a_text_takes_the_place_of_comes_back(tmp_path: Path) -> None:
    older = replace(TEXT, version="2019-01-01", articles=TEXT.articles[:5])
    changed = replace(TEXT, articles=TEXT.articles[1:])
    for text in (older, TEXT):
        assert shelf.put(tmp_path, text) == []
    aside = shelf.put(tmp_path, changed)
    assert set(shelf.texts(tmp_path)) == {older, changed}
    shelf.take_back(tmp_path, changed, aside)
    assert set(shelf.texts(tmp_path)) == {older, TEXT}


def test_the_same_words_under_another_day_stand_once(tmp_path: Path) -> None:
    shelf.put(tmp_path, replace(TEXT, version="2024-03-01"))
    aside = shelf.put(tmp_path, TEXT)
    assert shelf.texts(tmp_path) == [TEXT]
    shelf.take_back(tmp_path, TEXT, aside)
    assert [one.version for one in shelf.texts(tmp_path)] == ["2024-03-01"]


def test_twice_set_aside_is_kept_twice(tmp_path: Path) -> None:
    one, two, three = (replace(TEXT, articles=TEXT.articles[:count]) for count in (1, 2, 3))
    shelf.put(tmp_path, one)
    first, second = shelf.put(tmp_path, two), shelf.put(tmp_path, three)
    assert first != second
    shelf.take_back(tmp_path, three, second)
    shelf.take_back(tmp_path, two, first)
    assert shelf.texts(tmp_path) == [one]


def test_long_titles_that_begin_alike_are_two_texts(tmp_path: Path) -> None:
    begins = "关于" + "甲" * 80
    for end in ("解释（一）", "解释（二）"):
        shelf.put(tmp_path, replace(TEXT, title=begins + end))
    assert len(shelf.texts(tmp_path)) == 2


def test_a_text_that_an_officer_marked_is_for_older_facts_only(tmp_path: Path) -> None:
    shelf.put(tmp_path, TEXT)
    marked = shelf.mark(tmp_path, TEXT, "2026-01-01")
    stored = shelf.texts(tmp_path)
    assert shelf.current(stored) == []
    assert shelf.current(stored, date(2025, 12, 31)) == [marked]
    assert shelf.repealed(stored) == {TEXT.title: marked}
    assert shelf.repealed(stored, date(2025, 12, 31)) == {}


def test_an_officer_can_say_that_a_text_is_still_in_force() -> None:
    trial = parse("某规定（试行）\n第一条 甲。", "某规定（试行）(2012-01-01).txt")
    rules = parse(
        "某规定\n第一条 甲。\n第二条 《某规定（试行）》同时废止。", "某规定(2019-12-30).txt"
    )
    kept = replace(trial, standing=IN_FORCE)
    assert shelf.current([kept, rules]) == [kept, rules]


def test_a_text_does_not_repeal_its_own_newer_version() -> None:
    closing = "第二条 原《某办法》同时废止。"
    text = parse(f"某办法\n第一条 甲。\n{closing}", "某办法(2024-01-01).txt")
    assert shelf.current([text]) == [text]


def test_what_was_kept_aside_may_be_gone(tmp_path: Path) -> None:
    shelf.put(tmp_path, TEXT)
    shelf.take_back(tmp_path, TEXT, ["0001~没有了.text.json"])
    assert shelf.texts(tmp_path) == []


def test_a_day_that_is_none_is_no_day(tmp_path: Path) -> None:
    assert TEXT.day == date(2024, 5, 1)
    assert replace(TEXT, version="").day is None
    assert shelf.scans(tmp_path).parent == shelf.folder(tmp_path)
