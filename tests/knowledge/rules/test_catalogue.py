from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from knowledge.periods import Amount
from knowledge.rules import trial
from knowledge.rules.loader import load_catalogue
from knowledge.rules.rule import Rule, TermBody
from tests.support.rule_cards import CALENDAR, by_default
from tests.support.shared import shared_folder

RULES = load_catalogue().rules
BY_DATE_ALONE = {"foreign-arrest-report-48h": Amount(days=2)}
"""Hours of which the card keeps no moment are counted in days."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_example_of_the_rule_holds(rule: Rule) -> None:
    assert [str(each) for each in trial.run(rule, RULES, CALENDAR)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_rule_names_provision_question_and_border(rule: Rule) -> None:
    assert all(re.fullmatch(r"第[零一二三四五六七八九十百]+条", c.article) for c in rule.citations)
    assert rule.citations
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


def listed(*names: str) -> dict[str, dict[str, Any]]:
    """The rules of the domain's pages by their ids."""
    pages = (yaml.safe_load(shared_folder("domain", name).read_text("utf-8")) for name in names)
    return {rule["id"]: rule for page in pages for rule in page["rules"]}


def test_the_extended_rules_and_no_others_are_off_until_an_office_wants_them() -> None:
    extended = listed("rules_extended.yaml")
    assert {rule.id for rule in RULES if rule.optional} == extended.keys()
    assert {rule.id for rule in by_default()} == {
        rule.id for rule in RULES if rule.id not in extended
    }
    assert {rule.id for rule in by_default()} >= listed("rules.yaml").keys()


@pytest.mark.parametrize("rule", [one for one in RULES if one.optional], ids=lambda one: one.id)
def test_an_extended_rule_keeps_to_what_was_found_of_it(rule: Rule) -> None:
    facts = listed("rules_extended.yaml")[rule.id]
    assert rule.severity == facts["severity"]["suggested"]
    assert rule.requirement == facts["requirement"]
    assert list(rule.case_types) == [name.replace("all", "全部") for name in facts["case_types"]]
    cited = {(one["article"], one.get("paragraph")) for one in facts["legal_basis"]}
    assert {(one.article, one.paragraph) for one in rule.citations} == cited
    assert {one["zh"] for one in facts["needs"]} <= {*rule.needs}
    assert {one["zh"] for one in facts["uses"]} <= {*rule.needs, *rule.uses}
    limit = facts["limit"]
    if limit["kind"] in {"deadline", "max_duration"}:
        assert isinstance(rule.body, TermBody)
        wanted = Amount.parse(f"{limit['amount']}{limit['unit'].replace('月', '个月')}")
        assert rule.body.amount == BY_DATE_ALONE.get(rule.id, wanted)
        assert rule.body.roll == limit["holiday_roll"]


MACHINE = re.compile(
    r"[A-Za-z]{2,}|字段|代码|程序员|导出|缺列|按列|推导|命中|误报|评估该|拦截|不评估|不报|只判|只给专员|名单可改"
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_a_prosecutor_reads_of_the_rule_does_not_speak_of_the_machine(rule: Rule) -> None:
    wording = rule.wording
    read = [rule.title, rule.requirement, rule.avoid, wording.ask, wording.ask_late]
    read += [wording.ask_over, wording.fact, wording.plain]
    assert [text for text in read if text and MACHINE.search(text)] == []
