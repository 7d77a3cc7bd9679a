from __future__ import annotations

import re

import pytest

from knowledge.rules import trial
from knowledge.rules.loader import load_catalogue
from knowledge.rules.rule import Rule, TermBody
from tests.support.rule_cards import CALENDAR

RULES = load_catalogue().rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_example_of_the_rule_holds(rule: Rule) -> None:
    assert [str(each) for each in trial.run(rule, RULES, CALENDAR)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_rule_names_provision_question_and_border(rule: Rule) -> None:
    assert all(re.fullmatch(r"第[零一二三四五六七八九十百]+条", c.article) for c in rule.citations)
    assert rule.wording.ask.startswith("请")
    assert len(rule.examples) >= 3
    assert len({example.expect for example in rule.examples}) >= 2


def test_a_wrong_example_is_told_with_its_line() -> None:
    rule = next(rule for rule in RULES if rule.id == "prosecutor-missing")
    others = [each for each in RULES if each.id == "department-missing"]
    borrowed = Rule(**{**vars(rule), "examples": others[0].examples})
    failures = trial.run(borrowed, RULES, CALENDAR)
    assert failures
    assert f"第 {others[0].examples[0].line} 行" in str(failures[0])


def test_statutory_terms_are_many_and_local_ones_say_so() -> None:
    terms = [rule for rule in RULES if isinstance(rule.body, TermBody)]
    assert len(RULES) >= 100
    assert len(terms) >= 60
    assert all(not rule.statutory for rule in RULES if rule.settings)
