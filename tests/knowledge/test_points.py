from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from knowledge.rules.loader import load_catalogue
from knowledge.search.points import load_points
from knowledge.strict_yaml import YamlError
from tests.support.shared import shared_folder

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
- key: overdue
  title: 逾期滞纳金
  text: 逾期归还的每日交一元。
  document: 图书借阅管理办法
  article: 第五条
  paragraph: 1
  also:
  - document: 图书借阅管理办法
    article: 第三条
  rule: overdue
  questions: [逾期一天交多少]
  aliases: [滞纳金]
"""


def load(tmp_path: Path, content: str) -> None:
    (tmp_path / "points.yaml").write_text(content, encoding="utf-8")
    load_points(tmp_path)


def test_the_shipped_base_has_a_point_for_every_rule_of_the_office() -> None:
    rules = {
        rule["id"]
        for name in ("rules.yaml", "rules_extended.yaml")
        for rule in yaml.safe_load(shared_folder("domain", name).read_text("utf-8"))["rules"]
    }
    points = load_points()
    assert {point.rule for point in points} >= rules
    assert len(points) >= 175


def test_every_shipped_point_can_be_cited_and_found() -> None:
    for point in load_points():
        assert re.fullmatch(r"第[零一二三四五六七八九十百]+条", point.article), point.key
        assert len(point.text) >= 12, point.key
        assert len(point.questions) >= 1, point.key
        assert point.text.endswith("。"), point.key
        assert "(" not in point.document, point.key


def test_no_shipped_point_repeats_the_words_of_a_statute() -> None:
    laws = ["".join(path.read_text("utf-8").split()) for path in shared_folder("laws").glob("*.md")]
    for point in load_points():
        flat = "".join(point.text.split())
        shingles = (flat[place : place + 32] for place in range(len(flat) - 31))
        assert not any(shingle in law for shingle in shingles for law in laws), point.key


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "points.yaml").write_text(GOOD, encoding="utf-8")
    (point,) = load_points(tmp_path)
    assert (point.key, point.paragraph, point.also[0].article) == ("overdue", 1, "第三条")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("  article: 第五条\n", "", r"points\.yaml 第 1 行：要点缺少依据“article”"),
        ("  document: 图书借阅管理办法\n  article: 第五", "  article: 第五", "缺少依据“document”"),
        ("  title: 逾期滞纳金\n", "", "要点缺少“title”"),
        ("  rule:", "  rul:", r"第 10 行：不认识的键“rul”"),
        ("    article: 第三条", "    artcle: 第三条", "不认识的键“artcle”"),
        ("  article: 第五条\n", "  article: 第5条\n", r"第 5 行：条号“第5条”应写成"),
        ("paragraph: 1", "paragraph: 0", "款应当是 1 以上的数字"),
        ("[滞纳金]", "滞纳金", "“aliases”应当是文字的列表"),
        ("title: 逾期滞纳金", "title: [逾期]", "“title”应当是文字"),
        ("key: overdue\n", "key: overdue\n  key: again\n", "写了两次"),
        ("  - document: 图书借阅管理办法\n    article: 第三条\n", "  - 第三条\n", "不是依据"),
    ],
)
def test_a_bad_point_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert old in GOOD
    with pytest.raises(YamlError, match=sentence):
        load(tmp_path, GOOD.replace(old, new, 1))


def test_two_points_of_one_key_are_refused(tmp_path: Path) -> None:
    with pytest.raises(YamlError, match="要点“overdue”写了两次"):
        load(tmp_path, GOOD + GOOD)


@pytest.mark.parametrize("content", ["key: overdue\n", "- 逾期\n"])
def test_a_file_that_is_no_list_of_points_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(YamlError, match="每条以“- key:”开头"):
        load(tmp_path, content)


def test_also_must_be_a_list(tmp_path: Path) -> None:
    bad = GOOD.replace("  - document: 图书借阅管理办法\n    article: 第三条\n", "").replace(
        "also:", "also: 第三条"
    )
    with pytest.raises(YamlError, match="“also”应当是依据的列表"):
        load(tmp_path, bad)


def test_every_rule_of_the_catalogue_has_a_point() -> None:
    points = load_points()
    assert {rule.id for rule in load_catalogue().rules} <= {point.rule for point in points}
    cited = {point.rule: (point.document, point.article) for point in points if point.rule}
    rules = load_catalogue().by_id()
    assert all(
        place in {(one.document, one.article) for one in rules[name].citations}
        for name, place in cited.items()
        if name in rules
    )
