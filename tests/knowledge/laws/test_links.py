from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.laws import links
from knowledge.laws.parse import parse
from knowledge.rules.loader import load_catalogue
from tests.support.invented_points import DUTIES, POINTS, RULES, plain, read
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from knowledge.laws.links import Proposal
    from knowledge.laws.model import OfficialText

LOANS = parse(LOAN_RULES, "办法(2024-05-01).md")
PROCEDURE = parse(
    "人民检察院刑事诉讼规则\n第二百八十二条 审查逮捕的示例。\n第六百六十四条 案卡的示例。",
    "规则(2019-12-30).txt",
)

TEXTS = [
    pytest.param(POINTS, id="points"),
    pytest.param(RULES, id="rules"),
    pytest.param(DUTIES, id="duties"),
]


def proposals(*texts: OfficialText) -> list[Proposal]:
    rules = load_catalogue().rules
    return links.propose(rules, texts, shipped=rules)


@pytest.mark.parametrize("marked", TEXTS)
def test_what_is_said_to_be_sure_is_the_item_meant(marked: str) -> None:
    text, meant = read(marked)
    sure = [one for one in proposals(text) if one.sure]
    assert len(sure) >= 10
    assert {one.rule: one.candidates[0].article for one in sure} == {
        one.rule: meant[one.rule] for one in sure
    }


@pytest.mark.parametrize("marked", TEXTS)
def test_the_item_meant_is_among_the_candidates(marked: str) -> None:
    text, meant = read(marked)
    found = {one.rule: [each.article for each in one.candidates] for one in proposals(text)}
    reached = [rule for rule, label in meant.items() if label in found.get(rule, ())]
    assert len(reached) >= 0.9 * len(meant)


def test_an_item_is_the_surest_for_one_rule_only() -> None:
    text, _ = read(POINTS)
    firsts = [one.candidates[0].article for one in proposals(text) if one.sure]
    assert len(firsts) == len(set(firsts))


def test_an_item_of_a_rule_that_is_off_is_surely_no_other_rules() -> None:
    text, _ = read(POINTS)
    rules = load_catalogue().rules
    arrest = [one for one in rules if one.id == "arrest-family-24h"]
    [found] = links.propose(arrest, [text], shipped=rules)
    assert (found.candidates[0].article, found.sure) == ("第四、4点", False)
    assert links.propose(arrest, [text], shipped=())[0].sure


def test_a_provision_a_rule_cites_is_proposed_by_its_number() -> None:
    found = {one.rule: one for one in proposals(PROCEDURE)}
    arrest = found["arrest-review-detained-7d"]
    assert (arrest.how, arrest.sure) == ("number", True)
    assert [one.article for one in arrest.candidates] == ["第二百八十二条"]


def test_a_document_the_rules_cite_is_never_searched_by_words() -> None:
    assert {one.how for one in proposals(PROCEDURE)} == {"number"}
    uncited = "custody-investigation-2m"
    assert uncited not in {one.rule for one in proposals(PROCEDURE)}


def test_a_text_of_another_field_gives_nothing_sure() -> None:
    assert [one for one in proposals(LOANS) if one.sure] == []


def test_an_id_names_rule_and_place() -> None:
    one = links.link_id("some-rule", "某要点", "第1点")
    assert one.startswith("some-rule:")
    assert one != links.link_id("some-rule", "某要点", "第2点")


def version(day: str, content: str) -> OfficialText:
    return parse(plain(content), f"要点({day}).txt")


OLD = version("2020-05-01", POINTS)
KNOWN = links.item(OLD.articles[0])


def fate(*stored: OfficialText) -> tuple[str | None, str | None]:
    found, there = links.fate(OLD.title, OLD.version, KNOWN, stored)
    return found, there.article if there else None


def test_an_item_of_the_same_text_stays_what_it_was() -> None:
    assert fate(OLD) == (None, KNOWN.article)


def test_a_newer_text_that_says_the_same_is_told_apart_from_the_old_one() -> None:
    assert fate(OLD, version("2026-01-01", POINTS)) == ("same", KNOWN.article)


def test_an_item_that_got_another_number_is_found_by_its_words() -> None:
    first = "1. 收案当时"
    renumbered = POINTS.replace(first, f"1. 新增的一条工作要求。@-\n2. {first[3:]}")
    renumbered = renumbered.replace("2. 移送来的款物", "3. 移送来的款物")
    assert fate(OLD, version("2026-01-01", renumbered)) == ("moved", "第一、（一）2点")


def test_an_item_that_reads_otherwise_has_changed() -> None:
    changed = POINTS.replace("或者登记后没有马上移交", "或者登记后两日内没有移交")
    assert fate(OLD, version("2026-01-01", changed)) == ("changed", KNOWN.article)
    assert fate(version("2020-05-01", changed)) == ("changed", KNOWN.article)


def test_an_item_that_is_no_longer_there_is_gone() -> None:
    shorter = "海州市案件流程监控要点（样稿）\n2026年1月1日\n五、其他\n1. 另有规定的，从其规定。"
    assert fate(OLD, version("2026-01-01", shorter)) == ("gone", None)


def test_a_text_that_was_taken_away_or_repealed_is_told_apart() -> None:
    assert fate() == ("removed", None)
    repealing = parse(
        "新的办法\n第一条 示例。\n第二条 《海州市案件流程监控要点（样稿）》同时废止。",
        "办法(2026-01-01).txt",
    )
    assert fate(OLD, repealing) == ("repealed", None)
