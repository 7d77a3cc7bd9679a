from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge import business_lines
from knowledge.business_lines import NOT_FILLED, UNSORTED, BusinessLinesError
from knowledge.fields import registry
from knowledge.strict_yaml import YamlError

if TYPE_CHECKING:
    from pathlib import Path

OWN = """\
groups:
  - name: 刑事
    lines:
      - {name: 重大犯罪检察, case_types: [一审公诉案件], departments: [第二检察部]}
      - {name: 普通犯罪检察, case_types: [一审公诉, 审查逮捕案件]}
  - name: 其余
    lines:
      - {name: 第九部, departments: [第九检察部]}
departments: [第二检察部, 第一检察部]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "business_lines.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_there_are_fourteen_lines_in_three_groups_and_every_known_type_has_its_own() -> None:
    shipped = business_lines.shipped()
    assert len(shipped.lines) == 14
    assert shipped.groups == ("刑事（含未检）", "民事行政公益诉讼", "控申刑执")
    assert all(shipped.of(name, None)[0] != UNSORTED for name in registry().case_types)


@pytest.mark.parametrize("written", ["一审公诉案件", "一审公诉", "审查起诉案件", " 一审公诉 案件"])
def test_a_type_counts_however_it_is_written(written: str) -> None:
    assert business_lines.shipped().of(written, None) == ("刑事（含未检）", "审查起诉")


@pytest.mark.parametrize("written", ["从未见过的案件", "", None])
def test_a_type_nobody_knows_is_not_guessed(written: str | None) -> None:
    assert business_lines.shipped().of(written, "第一检察部") == (UNSORTED, UNSORTED)


def test_the_offices_own_file_takes_the_place_of_the_shipped(own: Path) -> None:
    lines = business_lines.load(own)
    assert lines.of("一审公诉案件", "第二检察部") == ("刑事", "重大犯罪检察")
    assert lines.of("一审公诉案件", "第一检察部") == ("刑事", "普通犯罪检察")
    assert lines.of("从未见过的案件", "第九检察部") == ("其余", "第九部")
    assert business_lines.load(own.with_name("none.yaml")) is business_lines.shipped()


def test_departments_stand_in_the_offices_order_then_by_their_numbers(own: Path) -> None:
    lines = business_lines.load(own)
    met = ["第五检察部", NOT_FILLED, "第一检察部", "案件管理办公室", "第三检察部", "第二检察部"]
    assert lines.in_order(met) == [
        "第二检察部",
        "第一检察部",
        "第三检察部",
        "第五检察部",
        "案件管理办公室",
        NOT_FILLED,
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("departments: [第二检察部, 第一检察部]", "teams: []", 1, "groups 和 departments"),
        ("groups:", "group:", 1, "groups 和 departments"),
        (
            "    lines:\n      - {name: 第九部",
            "    rows:\n      - {name: 第九部",
            6,
            "name 和 lines",
        ),
        ("{name: 第九部, departments: [第九检察部]}", "{title: 第九部}", 8, "name、case_types"),
        ("departments: [第九检察部]}", "departments: 第九检察部}", 8, "一列文字"),
        (
            "{name: 第九部, departments: [第九检察部]}",
            "{name: 乙, case_types: [一审公诉案件]}",
            2,
            "同时",
        ),
    ],
)
def test_a_slip_in_the_file_is_named_with_its_line(
    own: Path, old: str, new: str, line: int, said: str
) -> None:
    own.write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(BusinessLinesError, match=f"第 {line} 行.*{said}"):
        business_lines.load(own)


@pytest.mark.parametrize("text", ["", "groups: []\n", "groups: 无\n", "- 一\n"])
def test_a_file_without_groups_is_refused(own: Path, text: str) -> None:
    own.write_text(text, encoding="utf-8")
    with pytest.raises((BusinessLinesError, YamlError)):
        business_lines.load(own)


def test_lines_that_are_no_list_are_refused(own: Path) -> None:
    own.write_text("groups:\n  - {name: 刑事, lines: 无}\n", encoding="utf-8")
    with pytest.raises(BusinessLinesError, match="lines 应当是一个列表"):
        business_lines.load(own)
