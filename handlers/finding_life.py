"""A finding's life: made, seen again, changed, moved to another prosecutor, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import comparison as comparing
from handlers import finding_values
from handlers.items import is_open_term
from handlers.states import reset_state
from storage import findings as findings_table
from storage.models.findings import Accepted, Finding

if TYPE_CHECKING:
    from datetime import date

    from handlers.comparison import DateChange
    from handlers.finding_values import CardIndex
    from knowledge.rules.model import Hit
    from storage.models.people import Person
    from storage.transaction import Transaction

Basis = Mapping[str, str | None]
BASELINE_DAYS = 3
"""On the first import only open terms that end within three days leave at once (point 12)."""


def make(
    tx: Transaction,
    office: str,
    hit: Hit,
    cards: CardIndex,
    *,
    day: date,
    snapshot_id: int | None,
    baseline: bool,
    basis: Basis,
) -> Finding | None:
    """Make a finding of a hit, or open a closed one again; None: these values were accepted.

    `basis`: the short hashes of the rule set, the calendar and the import it rests on.
    """
    identity = comparing.hit_identity(hit)
    evidence = comparing.as_stored(hit.evidence)
    if findings_table.is_accepted(tx.session, office, identity[:3], evidence):
        return None
    finding = findings_table.by_identity(tx.session, office, identity)
    again = finding is not None
    if finding is None:
        finding = _blank(tx, office, hit, snapshot_id)
        tx.session.add(finding)
    finding_values.write(finding, hit, cards, day)
    finding.vanished = False
    finding.baseline = baseline
    finding.closed_at = finding.closed_as = finding.answered_at = None
    finding.told_at = finding.shown_on = finding.shown_as = None
    finding.version = finding.version + 1 if again else 1
    _release(tx, finding, day)
    tx.session.flush()
    tx.record(
        "finding_reopened" if again else "finding_made",
        f"finding:{finding.number}",
        actor="system",
        data=finding_values.summary(finding) | {"waits": _waits(finding), "basis": dict(basis)},
    )
    return finding


def _blank(tx: Transaction, office: str, hit: Hit, snapshot_id: int | None) -> Finding:
    return Finding(
        office=office,
        number=findings_table.draw_number(tx.session, office),
        case_no=hit.case_no,
        person_no=hit.person_no or "",
        rule=hit.rule,
        occurrence=hit.occurrence,
        made_at=tx.now,
        made_by=snapshot_id,
        shelved=False,
    )


def _release(tx: Transaction, finding: Finding, day: date) -> None:
    """Statutory terms still open leave by themselves; everything else waits for the officer."""
    automatic = _leaves_by_itself(finding, day)
    finding.state = "new" if automatic else "queued"
    finding.released_at = tx.now if automatic else None
    finding.released_by = "system" if automatic else None


def _leaves_by_itself(finding: Finding, day: date) -> bool:
    if finding.release != "auto":
        return False
    if not finding.baseline:
        return True
    near = finding.due is not None and day <= finding.due <= day + timedelta(days=BASELINE_DAYS)
    return is_open_term(finding) and (near or finding.custody)


def _waits(finding: Finding) -> str | None:
    """Say why a finding does not leave by itself; the ledger keeps the reason."""
    if finding.state != "queued":
        return None
    return "baseline" if finding.baseline and finding.release == "auto" else finding.release


def see_again(tx: Transaction, finding: Finding, hit: Hit, cards: CardIndex, day: date) -> None:
    """Take over a hit that says the same as before."""
    before = finding.prosecutor
    finding_values.write(finding, hit, cards, day)
    _let_go_if_near(tx, finding, day)
    _note_transfer(tx, finding, before)


def change(
    tx: Transaction,
    finding: Finding,
    hit: Hit,
    cards: CardIndex,
    day: date,
    *,
    basis: Basis,
) -> None:
    """Take over a hit whose values are not as they were: answers spoke of other values."""
    before = finding.prosecutor
    old = finding_values.summary(finding)
    values_changed = finding.evidence != comparing.as_stored(hit.evidence)
    finding_values.write(finding, hit, cards, day)
    finding.version += 1
    if values_changed:
        reset_state(finding)
    if finding.state == "new" and finding.release != "auto" and finding.released_by == "system":
        # an open term was met late before anybody was told: now it is a past fact for the officer
        _release(tx, finding, day)
    _let_go_if_near(tx, finding, day)
    tx.record(
        "finding_changed",
        f"finding:{finding.number}",
        actor="system",
        data={
            "before": old,
            "after": finding_values.summary(finding),
            "basis": dict(basis),
        },
    )
    _note_transfer(tx, finding, before)


def _let_go_if_near(tx: Transaction, finding: Finding, day: date) -> None:
    """An open term of the baseline leaves once its end is near, as it would have at first."""
    waits = finding.state == "queued" and finding.baseline and not finding.shelved
    if not waits or not _leaves_by_itself(finding, day):
        return
    _release(tx, finding, day)
    tx.record(
        "finding_released",
        f"finding:{finding.number}",
        actor="system",
        data={"rule": finding.rule, "why": "baseline_term_near"},
    )


def _note_transfer(tx: Transaction, finding: Finding, before: str | None) -> None:
    if finding.prosecutor == before:
        return
    finding.shown_on = finding.shown_as = None
    finding.version += 1
    reset_state(finding)
    tx.record(
        "finding_moved",
        f"finding:{finding.number}",
        actor="system",
        data={"case_no": finding.case_no},
        text=f"承办检察官由{before or '空白'}变为{finding.prosecutor or '空白'}",
    )


def note_date_change(tx: Transaction, change: DateChange) -> None:
    """Keep old and new value of a date altered after the prompt (事后改期); nothing closes."""
    finding = change.finding
    values = {name: list(pair) for name, pair in change.values.items()}
    if finding.date_change == values:
        return
    finding.date_change = values
    finding.version += 1
    tx.record(
        "date_changed_after_prompt",
        f"finding:{finding.number}",
        actor="system",
        data={"values": values},
    )


def note_vanished(tx: Transaction, finding: Finding) -> None:
    """Note that a newer export no longer holds the case; the officer is asked, nothing closes."""
    if finding.vanished:
        return
    finding.vanished = True
    tx.record(
        "case_vanished",
        f"finding:{finding.number}",
        actor="system",
        data={"case_no": finding.case_no},
    )


def close(tx: Transaction, finding: Finding, how: str, *, actor: str, **data: object) -> None:
    """Close a finding: cured (a newer export shows it), accepted, dropped, undone."""
    before = finding.state
    finding.state = findings_table.CLOSED
    finding.closed_at, finding.closed_as = tx.now, how
    finding.version += 1
    tx.record(
        "finding_closed",
        f"finding:{finding.number}",
        actor=actor,
        data={"how": how, "before": before, **data},
    )


def accept(tx: Transaction, finding: Finding, person: Person, reason: str) -> None:
    """Note 已核对: this rule was answered for these values (design, point 6)."""
    identity = (finding.case_no, finding.person_no, finding.rule)
    if findings_table.is_accepted(tx.session, finding.office, identity, finding.evidence):
        return
    tx.session.add(
        Accepted(
            office=finding.office,
            case_no=finding.case_no,
            person_no=finding.person_no,
            rule=finding.rule,
            evidence_hash=findings_table.evidence_hash(finding.evidence),
            reason=reason,
            accepted_at=tx.now,
            accepted_by=person.name,
        )
    )
    tx.session.flush()
