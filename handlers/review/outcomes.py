"""How a finding is dealt with: what the bot proposes, and what the officer's decision does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from handlers.findings import finding_life, items, recurrence, releasing
from storage import outcomes
from storage.models.prompts import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

Decision = Literal["none", "record", "oral", "notice", "notice_chief", "clue"]

WORDS: Mapping[Decision, str] = {
    "none": "不属问题",
    "record": "仅记录",
    "oral": "口头提示",
    "notice": "通知书",
    "notice_chief": "通知书并报检察长",
    "clue": "转监督线索",
}
NOTICES: frozenset[Decision] = frozenset({"notice", "notice_chief"})
REASONS = (
    "情节更轻，已主动纠正",
    "情节更重，有实际影响",
    "客观原因或系统原因",
    "反复发生，需加强监督",
)
"""Why a decision differs from what was proposed."""
STEPS: tuple[Decision, ...] = ("oral", "notice", "notice_chief")
BY_SEVERITY: Mapping[str, Decision] = {"轻微": "oral", "较重": "notice", "严重": "notice_chief"}
YEAR = timedelta(days=365)
PERSON_LIMIT, DEPARTMENT_LIMIT = 1, 2
"""From so many earlier ones on, a repetition raises the proposal by one step (内部要求)."""


@dataclass(frozen=True)
class Proposal:
    """What the bot proposes, and the facts it rests on."""

    decision: Decision
    basis: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The proposal as the officer reads it."""
        return f"建议处理：{WORDS[self.decision]}（{'；'.join(self.basis)}）"


def propose(tx: Transaction, finding: Finding) -> Proposal:
    """Propose by severity, one step higher where the same rule was a problem within the year.

    After a notice once more is enough (重复发生); that it is the case's second time is only said.
    What concerns a body outside the house is no matter for a notice (Rules art. 552, 613). A term
    that still runs is no problem yet: it was only brought to mind.
    """
    if finding.concerns is not None:
        return Proposal("clue", (f"程度{finding.severity}", f"义务在{finding.concerns}"))
    if finding.hit_state == "due_soon":
        return Proposal("record", ("期限尚未届满",))
    decision = BY_SEVERITY.get(finding.severity, "oral")
    basis = [f"程度{finding.severity}"]
    raised = finding.after_notice is not None
    before = outcomes.repeats(tx.session, finding, since=tx.now - YEAR, decided=STEPS)
    if before.person >= PERSON_LIMIT:
        basis.append(f"同一承办人一年内同类问题 {before.person} 件")
        raised = True
    elif before.department >= DEPARTMENT_LIMIT:
        basis.append(f"同一部门一年内同类问题 {before.department} 件")
        raised = True
    basis += recurrence.lines(finding)
    if raised:
        decision = STEPS[min(STEPS.index(decision) + 1, len(STEPS) - 1)]
    return Proposal(decision, tuple(basis))


def open_to(finding: Finding, decisions: Sequence[Decision]) -> list[Decision]:
    """Return which decisions a finding is open to: a clue instead of a notice, or no clue."""
    if finding.concerns is None:
        return [one for one in decisions if one != "clue"]
    return [*(one for one in decisions if one not in NOTICES and one != "clue"), "clue"]


def decide(
    tx: Transaction,
    finding: Finding,
    person: Person,
    decision: Decision,
    *,
    reason: str | None = None,
) -> Outcome:
    """Record proposal, decision and reason, and do what follows for the finding's state."""
    outcome = _note(tx, finding, person, decision, reason)
    finding.version += 1
    _apply(tx, finding, person, decision, reason)
    return outcome


def note_drop(tx: Transaction, finding: Finding, person: Person, reason: str) -> None:
    """Record that a finding in the queue was held to be no problem; the caller closes it."""
    _note(tx, finding, person, "none", reason)


def _note(
    tx: Transaction, finding: Finding, person: Person, decision: Decision, reason: str | None
) -> Outcome:
    proposal = propose(tx, finding)
    outcome = Outcome(
        office=finding.office,
        finding_id=finding.id,
        rule=finding.rule,
        department=finding.department,
        prosecutor=finding.prosecutor,
        proposed=proposal.decision,
        basis=list(proposal.basis),
        decided=decision,
        problem_class=finding.problem_class,
        reason=reason,
        decided_at=tx.now,
        decided_by=person.id,
    )
    tx.session.add(outcome)
    tx.session.flush()
    tx.record(
        "outcome_decided",
        f"finding:{finding.number}",
        actor=f"person:{person.id}",
        data={
            "proposed": proposal.decision,
            "basis": [f"severity:{finding.severity}", *proposal.basis[1:]],
            "decided": decision,
            "reason": reason,
            "problem_class": finding.problem_class,
            **recurrence.summary(finding),
        },
    )
    return outcome


def _apply(
    tx: Transaction, finding: Finding, person: Person, decision: Decision, reason: str | None
) -> None:
    if decision == "none":
        _close(tx, finding, person, "dropped", reason)
    elif decision == "record" and not _keeps_running(finding):
        _close(tx, finding, person, "recorded", reason)
    elif decision != "clue":
        releasing.release(tx, [finding], person)


def _keeps_running(finding: Finding) -> bool:
    """A statutory term that still runs is never closed by a note: it goes on being warned of."""
    return finding.statutory and items.is_open_term(finding)


def _close(tx: Transaction, finding: Finding, person: Person, how: str, reason: str | None) -> None:
    finding_life.accept(tx, finding, person, reason or WORDS["record"])
    finding_life.close(tx, finding, how, actor=f"person:{person.id}", reason=reason)
