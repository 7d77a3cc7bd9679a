from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.laws.faults import DamagedShelfError
from knowledge.search import aliases
from tests.knowledge.search.conftest import OVERDUE

if TYPE_CHECKING:
    from pathlib import Path


def test_an_alias_is_kept_once(tmp_path: Path) -> None:
    assert aliases.add(tmp_path, "p", "  还书  晚了 ")
    assert not aliases.add(tmp_path, "p", "还书 晚了")
    assert aliases.load(tmp_path) == {"p": ["还书 晚了"]}


@pytest.mark.parametrize("words", ["", "  ", "长" * (aliases.LONGEST + 1)])
def test_what_teaches_nothing_is_not_kept(tmp_path: Path, words: str) -> None:
    assert not aliases.add(tmp_path, "p", words)
    assert aliases.load(tmp_path) == {}


def test_a_point_gains_its_aliases() -> None:
    (taught,) = aliases.to_points([OVERDUE], {"overdue-fee": ["罚款"]})
    assert taught.aliases == ("逾期费", "罚款")
    assert aliases.to_points([OVERDUE], {"other": ["x"]}) == (OVERDUE,)


@pytest.mark.parametrize("content", ["{", "[]", '{"p": 3}'])
def test_damaged_aliases_are_named(tmp_path: Path, content: str) -> None:
    aliases.add(tmp_path, "p", "x")
    aliases.path(tmp_path).write_text(content, encoding="utf-8")
    with pytest.raises(DamagedShelfError, match=r"aliases\.json"):
        aliases.load(tmp_path)
