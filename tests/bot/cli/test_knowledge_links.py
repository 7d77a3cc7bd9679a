from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.knowledge.rules.test_bad_files import CHECK
from tests.support.invented_points import POINTS, plain
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command import Commands

RULES = """人民检察院刑事诉讼规则
第一条 示例。
第二条 示例二。
第二百八十二条 审查逮捕的示例条文。
"""
POINT = "海州市案件流程监控要点（样稿）"
ARREST = "arrest-review-detained-7d"


@pytest.fixture
def cited(fangyuan: Commands, tmp_path: Path) -> Path:
    """A text with an article that a shipped rule cites, imported."""
    path = tmp_path / "规则(2019-12-30).txt"
    path.write_text(RULES, encoding="utf-8")
    assert fangyuan("knowledge", "import", str(path)).code == 0
    return path


def points(folder: Path, content: str = POINTS, day: str = "2020-05-01") -> Path:
    path = folder / f"要点({day}).txt"
    path.write_text(plain(content), encoding="utf-8")
    return path


def proposed(fangyuan: Commands, how: str = "按条号") -> list[str]:
    lines = fangyuan("knowledge", "link").out.splitlines()
    return [line.split()[0] for line in lines if f"（{how}" in line]


def id_of(fangyuan: Commands, rule: str) -> str:
    said = fangyuan("knowledge", "link").out
    found = re.search(rf"^({rule}:\w+)", said, re.MULTILINE)
    assert found is not None, said
    return found[1]


def test_without_texts_there_is_nothing_to_link(fangyuan: Commands) -> None:
    assert "尚未导入文本" in fangyuan("knowledge", "link").out
    assert not (fangyuan.home / "fangyuan.db").exists()


@pytest.mark.usefixtures("cited")
def test_a_rule_is_linked_by_number_once_the_officer_confirms(fangyuan: Commands) -> None:
    first, *others = proposed(fangyuan)
    assert "已确认 1 条引用" in fangyuan("knowledge", "link", "--confirm", first).out
    assert proposed(fangyuan) == others


@pytest.mark.usefixtures("cited")
def test_the_earlier_spelling_of_confirming_still_works(fangyuan: Commands) -> None:
    first = proposed(fangyuan)[0]
    assert "已确认 1 条引用" in fangyuan("knowledge", "link", "--yes", first).out


@pytest.mark.usefixtures("cited")
@pytest.mark.parametrize("option", ["--confirm", "--decline", "--undo"])
def test_an_unknown_id_changes_nothing(fangyuan: Commands, option: str) -> None:
    done = fangyuan("knowledge", "link", "--sure", option, "no-such:0000")
    assert done.code == 2
    assert "no-such:0000" in done.sentence
    assert "已处理 0 条" in fangyuan("knowledge", "link", "--list").out


@pytest.mark.usefixtures("cited")
def test_all_that_is_sure_is_confirmed_at_once_and_listed(fangyuan: Commands) -> None:
    many = len(proposed(fangyuan))
    assert f"已确认 {many} 条引用" in fangyuan("knowledge", "link", "--sure").out
    listed = fangyuan("knowledge", "link", "--list").out
    assert listed.count("（已确认 ") == many
    assert "没有待确认的引用。" in fangyuan("knowledge", "link").out


@pytest.mark.usefixtures("cited")
def test_a_link_is_declined_and_taken_back(fangyuan: Commands) -> None:
    first = proposed(fangyuan)[0]
    assert "不引用 1 条引用" in fangyuan("knowledge", "link", "--decline", first).out
    assert f"{first}  " in fangyuan("knowledge", "link", "--list").out
    assert "已取消 1 条引用" in fangyuan("knowledge", "link", "--undo", first).out
    assert first in proposed(fangyuan)


def test_the_home_is_patrolled_with_the_linked_item_first_and_files_as_before(
    home: Commands, tmp_path: Path
) -> None:
    home("knowledge", "import", str(points(tmp_path)))
    home("knowledge", "link", "--confirm", id_of(home, ARREST))
    own = {"document": "人民检察院刑事诉讼规则", "article": "第二百八十二条"}
    hits = [one for one in home("patrol", "--json").lines if one.get("rule") == ARREST]
    assert hits
    assert hits[0]["citations"][:2] == [
        {"document": POINT, "article": "第二、（一）1点"},
        own,
    ]
    said = home("patrol").out
    assert f"依据：《{POINT}》第二、（一）1点、《刑诉规则》第282条" in said


def test_an_import_into_an_office_tells_what_is_proposed(home: Commands, tmp_path: Path) -> None:
    done = home("knowledge", "import", str(points(tmp_path)))
    assert re.search(r"新的引用建议 \d+ 条，其中把握大的 \d+ 条。", done.out)


def test_a_bare_home_gets_no_database_from_an_import(fangyuan: Commands, tmp_path: Path) -> None:
    fangyuan("knowledge", "import", str(points(tmp_path)))
    assert not (fangyuan.home / "fangyuan.db").exists()


def test_links_made_before_the_home_knew_its_office_hold_for_it(
    fangyuan: Commands, imported: Path, tmp_path: Path
) -> None:
    fangyuan("knowledge", "import", str(points(tmp_path)))
    fangyuan("knowledge", "link", "--confirm", id_of(fangyuan, ARREST))
    export = imported.parent / "list.csv"
    assert fangyuan("import", export, "--date", "2026-06-15", "--yes").code == 0
    hits = [one for one in fangyuan("patrol", "--json").lines if one.get("rule") == ARREST]
    assert hits[0]["citations"][0]["document"] == POINT


def test_every_link_is_proposed_again_and_orphans_are_named_when_a_text_is_replaced(
    fangyuan: Commands, tmp_path: Path
) -> None:
    fangyuan("knowledge", "import", str(points(tmp_path)))
    fangyuan("knowledge", "link", "--sure", "--confirm", id_of(fangyuan, ARREST))
    many = fangyuan("knowledge", "link", "--list").out.count("（已确认 ")
    changed = POINTS.replace("七天内没有作出批准或者不批准", "三天内没有报请批准或者不批准")
    done = fangyuan("knowledge", "import", str(points(tmp_path, changed, "2026-06-01")))
    assert f"须重新确认的引用 {many} 条，其中条文未变的 {many - 1} 条" in done.out
    assert f"原引《{POINT}》第二、（一）1点，条文内容已变化" in done.out
    again = fangyuan("knowledge", "link").out
    assert "已处理 0 条" in fangyuan("knowledge", "link", "--list").out
    assert again.count("文本已更换，条文未变") == many - 1
    assert "失去依据的引用 arrest-review-detained-7d:" in again


def test_every_confirmation_is_an_entry_of_a_sound_ledger(
    fangyuan: Commands, tmp_path: Path
) -> None:
    fangyuan("knowledge", "import", str(points(tmp_path)))
    fangyuan("knowledge", "link", "--confirm", id_of(fangyuan, ARREST))
    out = tmp_path / "ledger.jsonl"
    assert fangyuan("ledger", "export", "--out", out).code == 0
    entries = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert any("link_confirmed" in json.dumps(one) for one in entries)
    assert "嫌疑人已经被拘留" not in out.read_text(encoding="utf-8")
    assert fangyuan("ledger", "verify").code == 0


def test_a_question_may_be_asked_as_of_a_day(fangyuan: Commands, tmp_path: Path) -> None:
    written = LOAN_RULES.replace("2024年5月1日 施行", "").replace("2024年3月1日", "")
    for day, days in (("2020-01-01", "三十日"), ("2024-05-01", "六十日")):
        path = tmp_path / f"借阅办法({day}).md"
        path.write_text(written.replace("三十日", days), encoding="utf-8")
        fangyuan("knowledge", "import", str(path))
    asked = ("ask", "图书借阅管理办法第三条")
    assert "六十日" in fangyuan(*asked).out
    assert "三十日" in fangyuan(*asked, "--date", "2022-03-01").out
    assert "旧版，2024-05-01 前有效" in fangyuan("knowledge", "list").out


@pytest.mark.usefixtures("cited")
def test_own_rules_of_the_office_are_linked_too(fangyuan: Commands) -> None:
    folder = fangyuan.home / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    own = CHECK.replace("第六百六十四条", "第二百八十二条")
    (folder / "own.yaml").write_text(own, encoding="utf-8")
    wanted = id_of(fangyuan, "own-check")
    assert "已确认 1 条引用" in fangyuan("knowledge", "link", "--confirm", wanted).out
