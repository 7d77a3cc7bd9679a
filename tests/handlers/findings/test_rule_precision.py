from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.findings import rule_precision
from handlers.review import outcomes
from storage import findings, people
from tests.support.office_cards import card, hit

if TYPE_CHECKING:
    from handlers.review.outcomes import Decision
    from storage.transaction import Transaction
    from tests.support.office_desk import OfficeAtWork

WRONG: tuple[Decision, ...] = ("none",) * 10


@pytest.fixture
def rule(office: OfficeAtWork) -> str:
    return next(iter(office.desk.rules))


def decided(office: OfficeAtWork, rule: str, *decisions: Decision) -> None:
    """Let the officer decide a finding of its own each, all of one rule."""
    cards = [card(number) for number in range(1, len(decisions) + 1)]
    office.patrol(*(hit(one, rule, release="review") for one in cards), cards=cards)

    def work(tx: Transaction) -> None:
        [officer] = people.with_role(tx.session, office.desk.office, "officer")
        open_ones = findings.open_ones(tx.session, office.desk.office)
        for finding, decision in zip(open_ones, decisions, strict=True):
            outcomes.decide(tx, finding, officer, decision, reason="试")

    office.write(work)


def proposals(office: OfficeAtWork) -> list[str]:
    return office.write(lambda tx: rule_precision.proposal_lines(tx, office.desk))


def test_decisions_are_counted_by_rule(office: OfficeAtWork, rule: str) -> None:
    decided(office, rule, "none", "oral", "record", "none", "notice")
    found = office.read(lambda one: rule_precision.precisions(one, office.desk.office))
    assert {name: (one.confirmed, one.dropped) for name, one in found.items()} == {rule: (3, 2)}


def test_a_finding_nobody_decided_counts_for_nothing(office: OfficeAtWork, rule: str) -> None:
    office.patrol(hit(card(1), rule), cards=[card(1)])
    assert office.read(lambda one: rule_precision.precisions(one, office.desk.office)) == {}


def test_a_rule_that_is_mostly_wrong_is_proposed_and_stays_on(
    office: OfficeAtWork, rule: str
) -> None:
    decided(office, rule, "oral", *WRONG[:9])
    [line] = proposals(office)
    assert "建议考虑停用的规则：" in line
    assert f"（{rule}，认定 1 条，不属问题 9 条，准确率上限 40%）" in line
    assert "由专员决定" in line
    assert rule in office.desk.rules


def test_few_decisions_or_a_fair_share_propose_nothing(office: OfficeAtWork, rule: str) -> None:
    decided(office, rule, *WRONG[:9])
    assert proposals(office) == []


def test_a_rule_that_is_no_longer_in_force_is_not_proposed(office: OfficeAtWork) -> None:
    decided(office, "gone-rule", *WRONG)
    assert proposals(office) == []
