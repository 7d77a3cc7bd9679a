from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.laws import links, shelf
from knowledge.laws.faults import DamagedShelfError
from knowledge.laws.parse import parse
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

RULES = parse(LOAN_RULES, "办法.md")


def test_a_confirmed_link_is_kept_in_the_home(tmp_path: Path) -> None:
    made = links.link("some-rule", RULES, RULES.articles[2])
    links.confirm(tmp_path, [made])
    links.confirm(tmp_path, [made])
    assert links.confirmed(tmp_path) == (made,)
    assert made.id.startswith("some-rule:")


def test_a_link_whose_text_changed_or_is_gone_is_an_orphan(tmp_path: Path) -> None:
    third, fourth = (links.link("r", RULES, RULES.articles[at]) for at in (2, 3))
    written = LOAN_RULES.replace("三十日", "二十日").replace("第四 条", "附注，")
    changed = parse(written.replace("第四条规定的", "前述"), "办法.md")
    assert links.orphans([third], [RULES]) == []
    found = links.orphans([third, fourth], [changed])
    assert [why for _, why in found] == ["条文内容已变化", "条文已不存在"]
    assert links.confirmed(tmp_path) == ()


def test_damaged_links_are_named(tmp_path: Path) -> None:
    shelf.folder(tmp_path).mkdir()
    (shelf.folder(tmp_path) / "links.json").write_text("[{}]", encoding="utf-8")
    with pytest.raises(DamagedShelfError, match=r"links\.json"):
        links.confirmed(tmp_path)
