"""Rules not in force that a campaign ran stay watched for its open findings, for nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.findings import comparison as comparing
from handlers.findings import patrol, rule_sets
from storage import findings as findings_table

if TYPE_CHECKING:
    from datetime import date

    from handlers.desk import Desk
    from knowledge.cards import CardSet
    from knowledge.rules.model import PatrolResult
    from storage.transaction import Transaction


def evaluate(tx: Transaction, desk: Desk, cards: CardSet, as_of: date) -> PatrolResult:
    """Run the rules in force, and over open findings those they came from.

    So a campaign's finding is closed by a newer export like any other, while its rule, which the
    office keeps off, makes no new ones.
    """
    open_ones = findings_table.open_ones(tx.session, desk.office)
    known = rule_sets.known(desk)
    of_campaigns = {one.rule for one in open_ones if one.campaign is not None}
    beside = (of_campaigns & set(known)) - set(desk.rules)
    if not beside:
        return patrol.evaluate(desk, cards, as_of)
    rules = [*desk.rules.values(), *(known[one] for one in sorted(beside))]
    result = patrol.evaluate(desk, cards, as_of, rules=rules)
    spoken = {comparing.finding_identity(one) for one in open_ones}
    return replace(
        result,
        hits=tuple(
            hit
            for hit in result.hits
            if hit.rule not in beside or comparing.hit_identity(hit) in spoken
        ),
        rules=len(desk.rules),
        not_evaluated={
            rule: columns for rule, columns in result.not_evaluated.items() if rule not in beside
        },
    )
