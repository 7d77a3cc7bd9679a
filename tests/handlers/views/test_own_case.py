from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.office_cards import card, card_entry, hit

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

ONE = card(91)


@pytest.fixture
def told(office: OfficeAtWork) -> OfficeAtWork:
    """A case with one item that was sent and one that waits at the desk."""
    office.export(hit(ONE), card_entry(ONE), cards=[ONE])
    office.morning()
    return office


def test_a_prosecutor_sees_his_case_and_not_what_waits_at_the_desk(told: OfficeAtWork) -> None:
    told["林知秋"].say("/案 91号")
    text = told["林知秋"].last.text
    assert text.startswith("审查逮捕 尾号091")
    assert "未销号 1 条" in text
    assert "待审" not in text
    assert "核对要点" not in text


def test_the_officer_sees_the_queue_too(told: OfficeAtWork) -> None:
    told["陆明远"].say("/案 91号")
    assert "未销号 2 条" in told["陆明远"].last.text


@pytest.mark.parametrize("name", ["许望舒", "叶清和"])
def test_somebody_elses_case_is_not_shown(told: OfficeAtWork, name: str) -> None:
    told[name].say("/案 91号")
    assert "不便显示" in told[name].last.text


@pytest.mark.parametrize("name", ["顾长青", "白鹭", "程小满"], ids=["head", "auditor", "assistant"])
def test_head_auditor_and_assistant_may_see_it(told: OfficeAtWork, name: str) -> None:
    told[name].say("/案 91号")
    assert told[name].last.text.startswith("审查逮捕 尾号091")


@pytest.mark.parametrize(("typed", "said"), [("", "请写明案号"), ("999号", "没有找到")])
def test_a_case_that_is_not_there_is_told_so(told: OfficeAtWork, typed: str, said: str) -> None:
    told["林知秋"].say(f"/案 {typed}")
    assert said in told["林知秋"].last.text


def test_no_names_over_an_internet_door(told: OfficeAtWork) -> None:
    told["林知秋"].say("/案 91号")
    assert "甄某" not in told["林知秋"].last.text
