"""Everything known of one case, gathered once: cards, terms, problems, hits that keep silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.findings import comparison as comparing
from handlers.findings import patrol
from handlers.monitoring import case_in_hand
from knowledge.cards import CardSet
from knowledge.monitoring import checkpoints
from storage import accepted, case_history, cases
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.monitoring.case_in_hand import CaseInHand
    from knowledge.monitoring.checkpoints import Checkpoint
    from knowledge.rules.case_terms import RunningTerm
    from knowledge.rules.model import Hit
    from storage.models.findings import Finding
    from storage.transaction import Transaction


@dataclass(frozen=True)
class CaseFile:
    """One case; `silent` are hits of today that were accepted once, `fresh` not registered yet."""

    case: CaseInHand
    cards: CardSet
    detained: int
    terms: tuple[RunningTerm, ...]
    findings: tuple[Finding, ...]
    silent: tuple[Hit, ...]
    fresh: tuple[Hit, ...]
    points: tuple[Checkpoint, ...]

    @property
    def open(self) -> list[Finding]:
        """The problems that are not closed."""
        return [one for one in self.findings if one.state != findings_table.CLOSED]


def read(tx: Transaction, desk: Desk, case_no: str) -> CaseFile:
    """Gather what is known of a case as it stands today.

    Raises:
        NoSuchCaseError: no card is of it.
    """
    # polars takes a fifth of a second to load; only who opens a case pays for it
    from knowledge.rules import case_terms  # noqa: PLC0415

    case = case_in_hand.of_number(tx, desk, case_no)
    around = cases.around(tx.session, desk.office, case_no)
    today = tx.now.date()
    own = CardSet(case.cards)
    found = tuple(case_history.findings(tx.session, desk.office, case_no))
    silent, fresh = _unspoken(tx, desk, around, found, case_no)
    return CaseFile(
        case=case,
        cards=around,
        detained=len(case_terms.detained(own, as_of=today, calendar=desk.calendar)),
        terms=tuple(
            case_terms.running(
                own,
                list(desk.rules.values()),
                as_of=today,
                calendar=desk.calendar,
                settings=desk.settings,
            )
        ),
        findings=found,
        silent=tuple(silent),
        fresh=tuple(fresh),
        points=tuple(
            checkpoints.for_case(desk.plan.checkpoints, case.case_type, juvenile=case.minor)
        ),
    )


def _unspoken(
    tx: Transaction, desk: Desk, cards: CardSet, found: Sequence[Finding], case_no: str
) -> tuple[list[Hit], list[Hit]]:
    """Return what the rules say of the case and no open finding does: accepted, and fresh."""
    result = patrol.evaluate(desk, cards, tx.now.date())
    spoken = {
        comparing.finding_identity(one) for one in found if one.state != findings_table.CLOSED
    }
    hits = [
        hit
        for hit in result.hits
        if hit.case_no == case_no and comparing.hit_identity(hit) not in spoken
    ]
    silent = [hit for hit in hits if _is_accepted(tx, desk, hit)]
    return silent, [hit for hit in hits if hit not in silent]


def _is_accepted(tx: Transaction, desk: Desk, hit: Hit) -> bool:
    identity = comparing.hit_identity(hit)[:3]
    return accepted.holds(tx.session, desk.office, identity, comparing.as_stored(hit.evidence))
