from __future__ import annotations

from dataclasses import replace
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


def test_a_home_without_texts_has_none(tmp_path: Path) -> None:
    assert shelf.texts(tmp_path / "nowhere") == []


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    shelf.put(tmp_path, TEXT)
    (path,) = shelf.paths(tmp_path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(DamagedShelfError, match="重新执行 fangyuan knowledge import"):
        shelf.texts(tmp_path)
