from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from knowledge.laws import shelf
from knowledge.laws.faults import DamagedShelfError
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
    older = replace(TEXT, version="2019-01-01")
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
