"""A problem somebody saw himself becomes a finding, with the same life as a computed one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.findings import finding_life, rule_sets
from handlers.findings.finding_values import CardIndex
from knowledge.cards import CardSet
from knowledge.rules.model import Hit

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.imports.sources import Source
    from handlers.monitoring.case_in_hand import CaseInHand
    from knowledge.monitoring.checkpoints import Checkpoint
    from knowledge.rules.rule import Severity
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

SEEN = "人工监控发现"
ELSEWHERE = "请登录系统查看"


@dataclass(frozen=True)
class Written:
    """What was written down: the problem, more of it, how grave; `key` tells it from others."""

    key: str
    problem: str
    severity: Severity
    note: str = ""


def make(
    tx: Transaction,
    desk: Desk,
    person: Person,
    case: CaseInHand,
    point: Checkpoint,
    *,
    written: Written,
    source: Source,
) -> Finding:
    """Make the finding; it waits for the officer's decision like any other.

    Words that were typed stand only in `fact`, which no internet door shows: there it reads as the
    point it falls under.
    """
    ready = written.problem in point.problems
    said = written.problem if ready else point.title
    fact = f"{SEEN}：{written.problem}" + (f"。{written.note}" if written.note else "")
    hit = Hit(
        rule=point.rule,
        title=said,
        case_no=case.case_no,
        person_no=None,
        state="observed",
        release="officer",
        statutory=True,
        severity=written.severity,
        due=None,
        days_left=None,
        done=None,
        certain=True,
        # each is a problem of its own, be it under the same point of the same case
        occurrence=written.key,
        item=f"{point.rule}:{written.key}",
        fact=fact,
        plain_fact=f"{SEEN}：{said}，{ELSEWHERE}",
        ask=point.ask,
        steps=(),
        citations=point.citations,
        fields={},
        evidence={"人工登记": written.key},
        concerns=point.concerns,
        group=point.group,
    )
    finding = finding_life.make(
        tx,
        desk.office,
        hit,
        CardIndex(CardSet(case.cards)),
        day=tx.now.date(),
        snapshot_id=None,
        baseline=False,
        basis=rule_sets.basis(tx, desk, None),
        source=source,
        actor=f"person:{person.id}",
    )
    if finding is None:
        raise AssertionError("a problem seen now was never accepted before")
    return finding
