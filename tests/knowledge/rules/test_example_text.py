from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules import example_text
from knowledge.rules.example_reader import BLANK

if TYPE_CHECKING:
    from knowledge.cards import Value

COLUMNS = ("案件类别", "受理日期", "提讯时间", "刑期月数", "嫌疑人姓名", "部门受案号", "决定日期")


def stated(**values: Value) -> dict[str, object]:
    return example_text.card_of(values, COLUMNS)


def test_days_and_blanks_are_written_as_rule_files_write_them() -> None:
    card = stated(案件类别="审查逮捕案件", 受理日期=date(2026, 6, 9), 决定日期=None)
    example = {"name": "异议成立（A01）", "today": "2026-06-15", "card": card, "expect": "不提示"}
    assert example_text.written([example]) == (
        "- name: 异议成立（A01）\n"
        "  today: 2026-06-15\n"
        "  card:\n"
        "    案件类别: 审查逮捕案件\n"
        "    受理日期: 2026-06-09\n"
        "    决定日期: 空\n"
        "  expect: 不提示\n"
    )


def test_a_column_the_card_lacks_stays_out_and_whose_case_it_is_does_not_show() -> None:
    card = stated(嫌疑人姓名="钱多多", 部门受案号="海东检刑捕受[2026]1号")
    assert card == {"嫌疑人姓名": "某某"}


@pytest.mark.parametrize(
    "value", ["12:30", "no", "012", "a: b", "# x", "是", "- ", "'", "2026-06-09 是", "～"]
)
def test_a_text_that_yaml_would_change_comes_back_as_it_was(value: str) -> None:
    example = {"name": "例", "today": "2026-06-15", "card": {"移送单位": value}, "expect": "不提示"}
    (read,) = example_text.read(example_text.written([example]), "例")
    assert read.values["移送单位"] == value


def test_moments_keep_their_minute() -> None:
    card = example_text.card_of({"受理时间": datetime(2026, 6, 9, 16, 30)}, ["受理时间"])  # noqa: DTZ001 - cards hold local moments without a zone
    assert card == {"受理时间": "2026-06-09T16:30"}


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co"])))
def test_any_text_of_a_card_comes_back(value: str) -> None:
    if not value.strip() or value == BLANK:
        return
    example = {"name": "例", "today": "2026-06-15", "card": {"移送单位": value}, "expect": "不提示"}
    (read,) = example_text.read(example_text.written([example]), "例")
    assert read.values["移送单位"] == value
