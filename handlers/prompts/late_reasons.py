"""What is done by a line counts as the outcome; where another was proposed, why is asked then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.redraw import redraw
from handlers.review import outcomes
from handlers.review.outcomes import REASONS, WORDS
from storage import outcomes as outcomes_table

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Origin
    from handlers.press import Press
    from handlers.review.outcomes import Decision
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction


def decide(
    tx: Transaction, person: Person, origin: Origin, finding: Finding, decision: Decision
) -> None:
    """Record what was done as the outcome, unless it is; ask why it is not the proposed one."""
    last = outcomes_table.last_of(tx.session, finding.id)
    if last is not None and last.decided == decision:
        return
    proposal = outcomes.propose(tx, finding)
    made = outcomes.decide(tx, finding, person, decision)
    if proposal.decision == decision:
        return
    pressable = [
        tell.button(
            tx,
            person,
            reason,
            "outcome_late_reason",
            f"finding:{finding.id}",
            data={"findings": [finding.id], "outcome": made.id, "reason": reason},
        )
        for reason in REASONS
    ]
    tell.answer(
        tx,
        origin,
        f"{finding.number} 建议{WORDS[proposal.decision]}，已按{WORDS[decision]}登记。请选择理由：",
        person=person,
        buttons=tell.rows(pressable, per_row=1),
        subjects=[finding.number],
    )


def press_reason(tx: Transaction, desk: Desk, press: Press) -> str:
    """Put the reason beside a decision that was typed."""
    del desk
    outcome = outcomes_table.by_id(tx.session, int(press.row.data["outcome"]))
    number = press.findings(tx)[0].number
    if outcome is None or outcome.reason is not None:
        return f"{number} 的理由已登记"
    outcome.reason = str(press.row.data["reason"])
    tx.record(
        "outcome_reason",
        f"finding:{number}",
        actor=f"person:{press.person.id}",
        data={"proposed": outcome.proposed, "decided": outcome.decided, "reason": outcome.reason},
    )
    said = f"{number} 理由：{outcome.reason}"
    redraw(tx, press, said, subjects=[number])
    return said
