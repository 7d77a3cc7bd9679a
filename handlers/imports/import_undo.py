"""Take the last import back, before anything was sent on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.findings import finding_life, patrol
from handlers.imports.import_errors import SentMeanwhileError
from storage import digests, snapshots
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from storage.models.findings import Finding
    from storage.models.snapshots import Snapshot
    from storage.transaction import Transaction


def undo(tx: Transaction, desk: Desk, *, actor: str) -> Snapshot:
    """Take the last import back, unless something was sent on it.

    Raises:
        NothingToTakeBackError: there is no import.
        SentMeanwhileError: a message already rests on it.
    """
    snapshot = snapshots.newest(tx.session, desk.office)
    if snapshot is None:
        raise snapshots.NothingToTakeBackError
    before = snapshots.cards_before(snapshot)
    if _was_sent_on(tx, desk, snapshot):
        raise SentMeanwhileError
    for finding in _numbered(tx, desk, snapshot.effects.get("made", [])):
        if finding.state != findings_table.CLOSED:
            finding_life.close(tx, finding, "undone", actor=actor)
    _reopen(tx, desk, snapshot)
    snapshots.replace_cards(tx.session, desk.office, before)
    if before.cards:
        patrol.apply(tx, desk, patrol.evaluate(desk, before, snapshot.day), before)
    _give_back(tx, snapshot)
    snapshot.undone_at = tx.now
    snapshot.cards_before = None
    tx.record("import_undone", f"snapshot:{snapshot.id}", actor=actor)
    return snapshot


def _was_sent_on(tx: Transaction, desk: Desk, snapshot: Snapshot) -> bool:
    """Tell whether a digest since then spoke of a finding that the import made or changed."""
    effects = snapshot.effects
    touched = _numbered(tx, desk, [*effects.get("made", []), *effects.get("changed", [])])
    shown = digests.findings_shown_since(tx.session, snapshot.imported_at)
    return any(one.id in shown for one in touched)


def _numbered(tx: Transaction, desk: Desk, numbers: Sequence[str]) -> Sequence[Finding]:
    return findings_table.with_numbers(tx.session, desk.office, numbers)


def _reopen(tx: Transaction, desk: Desk, snapshot: Snapshot) -> None:
    standing = snapshot.effects.get("standing", {})
    for finding in _numbered(tx, desk, snapshot.effects.get("closed", [])):
        if finding.state != findings_table.CLOSED or str(finding.id) not in standing:
            continue
        finding.state = standing[str(finding.id)][0]
        finding.closed_at = finding.closed_as = None
        finding.version += 1
        tx.record(
            "finding_reopened",
            f"finding:{finding.number}",
            actor="system",
            data={"why": "import_undone"},
        )


def _give_back(tx: Transaction, snapshot: Snapshot) -> None:
    """Give findings their state back: what was answered before the import still stands."""
    standing = snapshot.effects.get("standing", {})
    ids = [int(one) for one in standing]
    for finding in findings_table.with_ids(tx.session, ids):
        if finding.state != findings_table.CLOSED:
            finding.state, finding.vanished, finding.date_change = standing[str(finding.id)]
