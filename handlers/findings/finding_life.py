"""A finding's life: made, seen again, changed, moved to another prosecutor, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.findings import comparison as comparing
from handlers.findings import finding_values, problem_classes, recurrence, transfers
from handlers.findings.items import is_open_term
from handlers.findings.states import reset_state
from handlers.imports.sources import PATROL
from storage import accepted
from storage import findings as findings_table
from storage.models.findings import Finding

if TYPE_CHECKING:
    from datetime import date

    from handlers.findings.comparison import DateChange
    from handlers.findings.finding_values import CardIndex
    from handlers.findings.transfers import Moved
    from handlers.imports.sources import Source
    from knowledge.rules.model import Hit
    from storage.models.people import Person
    from storage.transaction import Transaction

Basis = Mapping[str, str | None]
BASELINE_DAYS = 3
"""On the first import only open terms that end within three days leave at once (point 12)."""


def make(  # noqa: PLR0913 - a finding is made of all of these
    tx: Transaction,
    office: str,
    hit: Hit,
    cards: CardIndex,
    *,
    day: date,
    snapshot_id: int | None,
    baseline: bool,
    basis: Basis,
    source: Source = PATROL,
    actor: str = "system",
) -> Finding | None:
    """Make a finding of a hit, or open a closed one again; None: these values were accepted.

    `basis`: the short hashes of the rule set, the calendar and the import it rests on. Only what
    the daily patrol finds may leave by itself; whatever has another `source` waits for the officer.
    """
    identity = comparing.hit_identity(hit)
    evidence = comparing.as_stored(hit.evidence)
    if accepted.holds(tx.session, office, identity[:3], evidence):
        return None
    finding = findings_table.by_identity(tx.session, office, identity)
    again = finding is not None
    if finding is None:
        finding = _blank(tx, office, hit, snapshot_id)
        tx.session.add(finding)
    elif recurrence.came_back(finding):
        finding.recurred += 1
    finding_values.write(finding, hit, cards, day)
    finding.source, finding.campaign = source.word, source.campaign
    finding.vanished = False
    finding.baseline = baseline
    finding.closed_at = finding.closed_as = finding.answered_at = None
    finding.told_at = finding.shown_on = finding.shown_as = finding.moved_on = None
    finding.version = finding.version + 1 if again else 1
    _release(tx, finding, day)
    tx.session.flush()
    recurrence.note(tx, finding)
    tx.record(
        "finding_reopened" if again else "finding_made",
        f"finding:{finding.number}",
        actor=actor,
        data=finding_values.summary(finding)
        | recurrence.summary(finding)
        | {"group": hit.group, "waits": _waits(finding), "basis": dict(basis)},
        text=finding_values.words(finding),
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
        recurred=0,
    )


def _release(tx: Transaction, finding: Finding, day: date) -> None:
    """Statutory terms still open leave by themselves; everything else waits for the officer."""
    automatic = _leaves_by_itself(finding, day)
    finding.state = "new" if automatic else "queued"
    finding.released_at = tx.now if automatic else None
    finding.released_by = "system" if automatic else None


def _leaves_by_itself(finding: Finding, day: date) -> bool:
    if finding.release != "auto" or finding.source != PATROL.word:
        return False
    if not finding.baseline:
        return True
    near = finding.due is not None and day <= finding.due <= day + timedelta(days=BASELINE_DAYS)
    return is_open_term(finding) and (near or finding.custody)


def _waits(finding: Finding) -> str | None:
    """Say why a finding does not leave by itself; the ledger keeps the reason."""
    if finding.state != "queued":
        return None
    if finding.source != PATROL.word:
        return finding.source
    return "baseline" if finding.baseline and finding.release == "auto" else finding.release


def see_again(
    tx: Transaction, finding: Finding, hit: Hit, cards: CardIndex, day: date
) -> Moved | None:
    """Take over a hit that says the same as before; returns from whom the case went, if it did."""
    before = transfers.whose(finding)
    _name_person(tx, finding, hit)
    finding_values.write(finding, hit, cards, day)
    _let_go_if_near(tx, finding, day)
    return transfers.note(tx, finding, before)


def change(
    tx: Transaction,
    finding: Finding,
    hit: Hit,
    cards: CardIndex,
    day: date,
    *,
    basis: Basis,
) -> Moved | None:
    """Take over a hit whose values are not as they were: answers spoke of other values."""
    before = transfers.whose(finding)
    old, was_reminder = finding_values.summary(finding), finding.hit_state == "due_soon"
    values_changed = not comparing.same_values(finding, hit)
    _name_person(tx, finding, hit)
    finding_values.write(finding, hit, cards, day)
    finding.version += 1
    if values_changed:
        reset_state(finding)
    if was_reminder:
        recurrence.note(tx, finding)
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
            "after": finding_values.summary(finding)
            | recurrence.summary(finding)
            | {"group": hit.group},
            "basis": dict(basis),
        },
        text=finding_values.words(finding),
    )
    return transfers.note(tx, finding, before)


def _name_person(tx: Transaction, finding: Finding, hit: Hit) -> None:
    """Let a finding on a whole case be its person's, now that an export names him."""
    if finding.person_no or hit.person_no is None:
        return
    identity = comparing.hit_identity(hit)
    if findings_table.by_identity(tx.session, finding.office, identity) is None:
        finding.person_no = hit.person_no


def follow_card(tx: Transaction, finding: Finding, cards: CardIndex) -> Moved | None:
    """Take over whose case it is now where the rule is silent, or was found by hand."""
    before = transfers.whose(finding)
    finding_values.follow_card(finding, cards)
    return transfers.note(tx, finding, before)


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


def note_date_change(tx: Transaction, change: DateChange) -> None:
    """Keep old and new value of a date altered after the prompt (事后改期); nothing closes."""
    finding = change.finding
    values = {name: list(pair) for name, pair in change.values.items()}
    if finding.date_change == values:
        return
    finding.date_change = values
    finding.problem_class = problem_classes.DATE_CHANGED
    finding.version += 1
    tx.record(
        "date_changed_after_prompt",
        f"finding:{finding.number}",
        actor="system",
        data={"values": values, "problem_class": finding.problem_class},
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
        data={"how": how, "before": before, "problem_class": finding.problem_class, **data},
    )


def accept(tx: Transaction, finding: Finding, person: Person, reason: str) -> None:
    """Note 已核对: this rule was answered for these values (design, point 6)."""
    accepted.keep(tx, finding, reason=reason, by=person.name)
