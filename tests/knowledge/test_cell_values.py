from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cell_values import CellReader, clean, read_number_text
from knowledge.fields import registry

if TYPE_CHECKING:
    from knowledge.cards import Value
    from knowledge.cell_values import Raw


def reader(name: str) -> CellReader:
    return CellReader(registry().field(name), registry())


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("案件名称", " 某甲盗窃案　", "某甲盗窃案"),
        ("案件名称", "某甲\n盗窃案", "某甲 盗窃案"),
        ("承办检察官", "周　岚", "周岚"),
        ("承办检察官", "欧阳 秋月", "欧阳 秋月"),
        ("承办部门", "第１检察部", "第1检察部"),
        ("承办部门", "无", None),
        ("承办部门", "--", None),
        ("承办部门", "／", None),
        ("承办部门", None, None),
        ("承办人工号", 3701.0, "3701"),
        ("文书文号", 12.5, "12.5"),
        ("受理日期", "２０２６年５月２８日", date(2026, 5, 28)),
        ("受理日期", 46170.0, date(2026, 5, 28)),
        ("受理日期", 20260528, date(2026, 5, 28)),
        ("受理日期", "无", None),
        ("受理日期", "/", None),
        ("拘留执行时间", "2026-05-28 09:15", datetime(2026, 5, 28, 9, 15)),  # noqa: DTZ001
        ("拘留执行时间", "2026-05-28", date(2026, 5, 28)),
        ("作案时年龄", 34.0, 34),
        ("作案时年龄", "３４", 34),
        ("作案时年龄", "-", None),
        ("审结数额", "1,200.5", 1200.5),
        ("审结数额", "1，200", 1200),
        ("审结数额", 0.5, 0.5),
        ("移送案由", "盗窃罪， 诈骗罪", "盗窃罪,诈骗罪"),
        ("移送案由", "掩饰、隐瞒犯罪所得罪（原窝藏罪）", "掩饰、隐瞒犯罪所得罪（原窝藏罪）"),
        ("强制措施种类", "无", "无"),
        ("强制措施种类", "-", None),
        ("审结前强制措施", "无", "无"),
        ("前科", "无", None),
        ("是否在押", "无", "否"),
        ("是否在押", "/", None),
        ("是否在押", "是", "是"),
        ("是否在押", True, "是"),
        ("是否在押", False, "否"),
        ("案件状态", "0", "0"),
    ],
)
def test_a_cell_is_read_as_its_column_asks(name: str, raw: Raw, value: Value) -> None:
    cell = reader(name).read(raw)
    assert (cell.value, cell.fault, cell.damaged) == (value, None, False)


@pytest.mark.parametrize(
    ("name", "raw", "value", "original"),
    [
        ("是否在押", "Y", "是", "Y"),
        ("是否在押", "n", "否", "n"),
        ("是否在押", 1.0, "是", "1"),
        ("是否在押", "０", "否", "0"),
        ("决定种类", "不捕", "不批准逮捕", "不捕"),
        ("决定种类", "不批准逮捕", "不批准逮捕", None),
        ("案件类别", "审查逮捕(未检)", "审查逮捕案件（未检）", "审查逮捕(未检)"),
        ("案件类别", "请示案件", "请示案件", None),
    ],
)
def test_the_code_map_keeps_what_it_replaced(
    name: str, raw: Raw, value: str, original: str | None
) -> None:
    cell = reader(name).read(raw)
    assert (cell.value, cell.original) == (value, original)


@pytest.mark.parametrize(
    ("name", "raw", "fault"),
    [
        ("受理日期", "待定", "日期无法识别"),
        ("拘留执行时间", "上午", "时间无法识别"),
        ("作案时年龄", "三十", "不是整数"),
        ("作案时年龄", 34.5, "不是整数"),
        ("审结数额", "约五万", "不是数字"),
        ("审结数额", "9" * 400, "不是数字"),
        ("是否在押", "不详", "不是“是”或“否”"),
    ],
)
def test_what_cannot_be_read_is_blank_and_says_why(name: str, raw: Raw, fault: str) -> None:
    cell = reader(name).read(raw)
    assert (cell.value, cell.fault) == (None, fault)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("99010320260051220", "99010320260051220"),
        ("９９０１ ０３２０", "99010320"),
        ('="99010320260051220"', "99010320260051220"),
        ("'99010320260051220", "99010320260051220"),
        (123456.0, "123456"),
        ("无", None),
        (" / ", None),
        (None, None),
    ],
)
def test_numbers_of_cases_and_persons_are_text(raw: Raw, value: str | None) -> None:
    assert read_number_text(raw) == (value, None, None, False)


@pytest.mark.parametrize("raw", [9.90103202601646e16, "9.90103E+16", 99010320260051220])
def test_seventeen_digits_kept_as_a_number_are_damaged(raw: Raw) -> None:
    cell = reader("统一受案号").read(raw)
    assert (cell.value, cell.damaged) == (None, True)


def test_codes_never_seen_are_kept_and_named() -> None:
    measure = reader("强制措施种类")
    cells = [measure.read(text) for text in ("拘留", "取保", "电子手环", "-", "电子手环")]
    assert [cell.value for cell in cells] == ["拘留", "取保候审", "电子手环", None, "电子手环"]
    assert measure.unknown_codes() == ("电子手环",)
    assert reader("案件状态").unknown_codes() == ()


@given(
    st.sampled_from(sorted(registry().fields)),
    st.one_of(
        st.none(),
        st.text(max_size=40),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
    ),
)
def test_no_cell_breaks_its_reader(name: str, raw: Raw) -> None:
    cell = reader(name).read(raw)
    assert cell.fault is None or cell.value is None
    assert isinstance(clean(raw), str)
