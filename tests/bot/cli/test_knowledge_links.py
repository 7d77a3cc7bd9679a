from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command import Commands

RULES = """人民检察院刑事诉讼规则
第一条 示例。
第二条 示例二。
第二百八十二条 审查逮捕的示例条文。
"""


@pytest.fixture
def cited(fangyuan: Commands, tmp_path: Path) -> Path:
    """A text with an article that a shipped rule cites, imported."""
    path = tmp_path / "规则(2019-12-30).txt"
    path.write_text(RULES, encoding="utf-8")
    assert fangyuan("knowledge", "import", str(path)).code == 0
    return path


def proposed(fangyuan: Commands) -> list[str]:
    lines = fangyuan("knowledge", "link").out.splitlines()
    return [line.split()[0] for line in lines if "按条号" in line]


def test_without_texts_there_is_nothing_to_link(fangyuan: Commands) -> None:
    assert "尚未导入文本" in fangyuan("knowledge", "link").out


@pytest.mark.usefixtures("cited")
def test_a_rule_is_linked_by_number_once_the_officer_confirms(fangyuan: Commands) -> None:
    first, *others = proposed(fangyuan)
    assert "已确认 1 条关联" in fangyuan("knowledge", "link", "--yes", first).out
    assert proposed(fangyuan) == others


@pytest.mark.usefixtures("cited")
def test_an_unknown_id_confirms_nothing(fangyuan: Commands) -> None:
    done = fangyuan("knowledge", "link", "--yes", "no-such:0000")
    assert done.code == 2
    assert "no-such:0000" in done.sentence


def test_links_are_named_when_their_text_is_replaced(fangyuan: Commands, cited: Path) -> None:
    first = proposed(fangyuan)[0]
    fangyuan("knowledge", "link", "--yes", first)
    cited.write_text(RULES.replace("示例条文", "改过的条文"), encoding="utf-8")
    done = fangyuan("knowledge", "import", str(cited))
    assert f"请重新核对关联 {first}" in done.out
    assert "条文内容已变化" in done.out


def test_a_question_may_be_asked_as_of_a_day(fangyuan: Commands, tmp_path: Path) -> None:
    for day, days in (("2020-01-01", "三十日"), ("2024-05-01", "六十日")):
        path = tmp_path / f"借阅办法({day}).md"
        path.write_text(LOAN_RULES.replace("三十日", days), encoding="utf-8")
        fangyuan("knowledge", "import", str(path))
    asked = ("ask", "图书借阅管理办法第三条")
    assert "六十日" in fangyuan(*asked).out
    assert "三十日" in fangyuan(*asked, "--date", "2022-03-01").out
    assert "旧版，至 2024-05-01 前有效" in fangyuan("knowledge", "list").out
