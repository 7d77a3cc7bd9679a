"""What officers held of each rule's findings: a problem, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models.findings import Finding
from storage.models.prompts import Outcome

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NO_PROBLEM = ("dropped", "objection_upheld")
BY_ITSELF = "system"
NONE = "none"


def by_rule(session: Session, office: str) -> dict[str, tuple[int, int]]:
    """Return for each rule how many of its findings were confirmed and how many dropped.

    What was decided last of a finding counts, once; what left by itself was decided by nobody.
    """
    counts: dict[str, list[int]] = {}
    for rule, confirmed in _last(session, office).values():
        counts.setdefault(rule, [0, 0])[0 if confirmed else 1] += 1
    return {rule: (count[0], count[1]) for rule, count in counts.items()}


def _last(session: Session, office: str) -> dict[int, tuple[str, bool]]:
    outcomes = session.execute(
        select(Outcome.finding_id, Outcome.rule, Outcome.decided)
        .where(Outcome.office == office)
        .order_by(Outcome.id)
    )
    decided = {id_: (rule, said != NONE) for id_, rule, said in outcomes}
    found = session.execute(
        select(Finding.id, Finding.rule, Finding.closed_as, Finding.released_by).where(
            Finding.office == office
        )
    )
    for id_, rule, closed_as, released_by in found:
        if closed_as in NO_PROBLEM:
            decided[id_] = (rule, False)
        elif released_by not in {None, BY_ITSELF}:
            decided.setdefault(id_, (rule, True))
    return decided
