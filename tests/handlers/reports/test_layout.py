from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.reports import composing, layout
from handlers.reports.layout import Layout, LayoutError, Paragraph, PartLayout

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("monthly", "department", "quarterly", "yearly")


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_ways_of_writing_can_be_read(kind: str) -> None:
    found = layout.load(kind, None)
    assert found.parts
    assert all(part.heading for part in found.parts)


def test_the_offices_own_way_comes_first(tmp_path: Path) -> None:
    text = "name: 本院月报\nparts:\n  - {heading: 一、情况, paragraphs: [很好。]}\n"
    (tmp_path / "monthly.yaml").write_text(text, encoding="utf-8")
    assert layout.load("monthly", tmp_path).name == "本院月报"
    assert layout.load("yearly", tmp_path).file == "yearly.yaml"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- 一", "应当写成“键: 值”"),
        ("name: 甲\n", "至少有一个部分"),
        ("name: 甲\nparts: []\n", "至少有一个部分"),
        ("name: [甲]\nparts: [{heading: 一}]\n", "应当是文字"),
        ("name: 甲\nparts: [{heading: 一, 段落: [二]}]\n", "没有“段落”这个键"),
        ("name: 甲\nparts: [{heading: 一, paragraphs: 二}]\n", "paragraphs 应当是一个列表"),
        ("name: 甲\nparts: [{heading: 一, paragraphs: [{each: 共性问题}]}]\n", "应当是文字"),
        ("name: 甲\nparts: [{heading: 一, tables: groups}]\n", "应当是一列文字"),
    ],
)
def test_a_wrong_way_of_writing_is_told_by_file_and_place(
    tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "monthly.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LayoutError, match=r"报告写法 monthly\.yaml 的") as caught:
        layout.load("monthly", tmp_path)
    assert told in str(caught.value)
    assert "改用自带的写法" in str(caught.value)


def written(*paragraphs: Paragraph, **context: object) -> tuple[str, ...]:
    found = Layout("monthly.yaml", "月报", (PartLayout("一、情况", paragraphs),))
    return composing.write(found, context).parts[0].paragraphs


def test_a_paragraph_may_stand_once_for_every_entry_of_a_list() -> None:
    problems = [{"名称": "漏填"}, {"名称": "超期"}]
    told = written(Paragraph("有：{{ 项.名称 }}。", "共性问题"), 共性问题=problems)
    assert told == ("有：漏填。", "有：超期。")


def test_an_empty_paragraph_is_left_out_and_an_empty_part_says_so() -> None:
    assert written(Paragraph("{% if 专项 %}有{% endif %}"), Paragraph("二。"), 专项=[]) == ("二。",)
    assert written(Paragraph("{% if 专项 %}有{% endif %}"), 专项=[]) == ("（无）",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 数.没有的 }}", "没有的"),
        ("{{ 没有的 }}", "没有的"),
        ("{{ 数 ", "无法计算"),
        ("{{ 数.__class__.__mro__ }}", "不允许"),
        ("{{ 1 / 0 }}", "无法计算"),
    ],
    ids=["no such figure", "no such name", "not closed", "reaching out", "impossible"],
)
def test_a_placeholder_that_gives_nothing_is_named_and_never_left_blank(
    text: str, told: str
) -> None:
    with pytest.raises(LayoutError, match="一、情况") as caught:
        written(Paragraph(text), 数={"问题数": "3"})
    assert told in str(caught.value)


def test_a_list_that_is_not_there_is_named() -> None:
    with pytest.raises(LayoutError, match="没有“共性”"):
        written(Paragraph("{{ 项 }}", "共性"))


def test_what_somebody_wrote_is_never_read_as_a_template() -> None:
    told = written(Paragraph("{{ 项 }}", "例"), 例=["{{ 数.问题数 }} <b>&"])
    assert told == ("{{ 数.问题数 }} <b>&",)
