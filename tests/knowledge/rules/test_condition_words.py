from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.rules.condition_words import in_words
from knowledge.rules.loader import load_catalogue
from knowledge.rules.rule import TermBody

if TYPE_CHECKING:
    from knowledge.rules.rule import Rule

RULES = load_catalogue().rules


def condition(name: str) -> str:
    body = load_catalogue().by_id()[name].body
    assert not isinstance(body, TermBody)
    return in_words(body.condition)


def test_lists_of_charges_and_other_tables_are_said_in_words() -> None:
    assert "移送案由、移送其他案由有“财产经济类”罪名" in condition("recovery-flag")
    assert "移送案由、移送其他案由都属于“道路交通类”罪名" in condition("traffic-telecom-flag")
    assert "没有公诉记录 或 公诉环节的是否为纠正漏捕" in condition("requested-arrest-not-corrected")


def test_days_are_early_or_late_and_numbers_more_or_less() -> None:
    assert "受理日期晚于决定日期" in condition("accepted-after-closed")
    assert "量刑建议罚金数额超过499" in condition("fine-proposal-large")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_condition_keeps_a_sign(rule: Rule) -> None:
    body = rule.body
    ends = [one.satisfied_by for one in body.starts] if isinstance(body, TermBody) else []
    checks = [] if isinstance(body, TermBody) else [body.condition]
    applies = [] if rule.applies_when is None else [rule.applies_when]
    said = " ".join(in_words(node) for node in (*applies, *ends, *checks))
    assert not set("=≠∈∉≤≥<>⊆{}") & set(said)
