"""How often each rule was right by the officers' decisions, and which to think of switching off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.findings.rule_sets import RuleSet
from knowledge.precision import Measure, Precision
from storage import decisions

if TYPE_CHECKING:
    from handlers.desk import Desk
    from storage.session import Session
    from storage.transaction import Transaction

MOST_NAMED = 5


def precisions(session: Session, office: str) -> dict[str, Precision]:
    """Return the precision of every rule of which something was decided, the lowest first."""
    found = {
        rule: Precision(confirmed, dropped)
        for rule, (confirmed, dropped) in decisions.by_rule(session, office).items()
    }
    return dict(sorted(found.items(), key=lambda pair: (pair[1].share, pair[0])))


def proposal_lines(tx: Transaction, desk: Desk) -> list[str]:
    """Propose to switch off the rules in force that are surely under the floor."""
    measure = desk.rules.measure if isinstance(desk.rules, RuleSet) else Measure()
    low = [
        _named(desk, rule, found)
        for rule, found in precisions(tx.session, desk.office).items()
        if found.is_too_low(measure) and rule in desk.rules
    ]
    if not low:
        return []
    more = f"等 {len(low)} 条" if len(low) > MOST_NAMED else ""
    named = f"建议考虑停用的规则：{'；'.join(low[:MOST_NAMED])}{more}。"
    return [f"{named}是否停用由专员决定，在 config.yaml 的 rules.off 写编号后重新启动。"]


def _named(desk: Desk, rule: str, found: Precision) -> str:
    high = found.interval()[1]
    return (
        f"{desk.rules[rule].title}（{rule}，认定 {found.confirmed} 条，"
        f"不属问题 {found.dropped} 条，准确率上限 {high:.0%}）"
    )
