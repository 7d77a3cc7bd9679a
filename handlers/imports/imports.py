"""Exports in: what an import would change is worked out first; it is guarded, then written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handlers.answers import sensitive
from handlers.campaigns import campaign_watch
from handlers.counting import card_notes
from handlers.counting.card_notes import CardNotes
from handlers.findings import comparison as comparing
from handlers.findings import patrol
from handlers.imports import listed_findings
from handlers.imports.import_errors import AlreadyImportedError, ImportGuardError
from knowledge import card_merge
from storage import findings as findings_table
from storage import settings, snapshots

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.desk import Desk
    from handlers.findings.patrol import Patrolled
    from knowledge.cards import CardSet, Sheet
    from knowledge.rules.model import PatrolResult
    from storage.models.findings import Finding
    from storage.models.snapshots import Snapshot
    from storage.transaction import Transaction

SMALL = 10
"""Below this many open findings more than half may well be cured in a week."""


@dataclass(frozen=True)
class Prepared:
    """An import worked out but not yet written."""

    sheets: tuple[Sheet, ...]
    day: date
    cards: CardSet
    result: PatrolResult
    newest: comparing.Import
    compared: comparing.Comparison
    known_cases: int
    baseline: bool
    notes: CardNotes = field(default_factory=CardNotes)

    @property
    def vanished_cases(self) -> int:
        """How many known cases an export of their kind no longer holds."""
        return len(self.newest.vanished)


def day_of(sheets: Sequence[Sheet], given: date | None, today: date) -> date:
    """Return a snapshot's day: given, else found in a file or its name, else today."""
    found = [sheet.day for sheet in sheets if sheet.day is not None]
    return given or (max(found) if found else today)


def prepare(
    tx: Transaction,
    desk: Desk,
    sheets: Sequence[Sheet],
    *,
    day: date,
    as_of: date | None = None,
    baseline: bool | None = None,
) -> Prepared:
    """Work out what an import would change, writing nothing.

    Args:
        tx: the transaction to read in.
        desk: the office.
        sheets: the exports of one call.
        day: the snapshot's day.
        as_of: the day the patrol is for; else the snapshot's.
        baseline: None: the first import is one.

    Raises:
        AlreadyImportedError: every file was imported before.
    """
    held = snapshots.holding(tx.session, desk.office, [sheet.sha256 for sheet in sheets])
    fresh = [sheet for sheet in sheets if sheet.sha256 not in held]
    if not fresh:
        raise AlreadyImportedError(max(one.day for one in held.values()))
    known = snapshots.cards(tx.session, desk.office)
    merged = card_merge.merge(fresh, office=desk.office, known=known, day=day)
    alone = card_merge.merge(fresh, office=desk.office, day=day)
    previous = snapshots.newest(tx.session, desk.office)
    result = campaign_watch.evaluate(tx, desk, merged, as_of or day)
    newest = comparing.Import(
        cards=alone,
        result=campaign_watch.evaluate(tx, desk, alone, as_of or day),
        vanished=frozenset(card_merge.vanished(known, fresh)),
        added=frozenset(card.case_no for card in merged.cards)
        - {card.case_no for card in known.cards},
        day_before=previous.day if previous else None,
    )
    open_ones = findings_table.open_ones(tx.session, desk.office)
    return Prepared(
        sheets=tuple(fresh),
        day=day,
        cards=merged,
        result=result,
        newest=newest,
        compared=comparing.compare(open_ones, result, cards=merged, newest=newest),
        known_cases=len({card.case_no for card in known.cards}),
        baseline=previous is None if baseline is None else baseline,
        notes=card_notes.changes(known, merged, desk.settings),
    )


def guard(tx: Transaction, desk: Desk, prepared: Prepared) -> None:
    """Stop an import under which more than half of the cases vanish or findings close.

    Raises:
        ImportGuardError: it would.
    """
    if prepared.vanished_cases * 2 > prepared.known_cases:
        raise ImportGuardError("案件从列表中消失", prepared.vanished_cases, prepared.known_cases)
    open_count = len(findings_table.open_ones(tx.session, desk.office))
    closing = len(prepared.compared.closable)
    if open_count >= SMALL and closing * 2 > open_count:
        raise ImportGuardError("问题销号", closing, open_count)


def commit(
    tx: Transaction, desk: Desk, prepared: Prepared, *, by: str, actor: str
) -> tuple[Snapshot, Patrolled]:
    """Write an import: files, card set, findings, all in this one transaction."""
    standing = {
        str(one.id): _standing(one) for one in findings_table.open_ones(tx.session, desk.office)
    }
    snapshot = snapshots.add(
        tx.session,
        desk.office,
        prepared.sheets,
        prepared.cards,
        day=prepared.day,
        moment=tx.now,
        by=by,
        baseline=prepared.baseline,
    )
    sensitive.keep_names(tx, desk.office, prepared.cards)
    snapshots.forget_older(tx.session, desk.office, snapshot)
    _record(tx, desk, prepared, snapshot, actor)
    listed_findings.offer(tx, desk, prepared.sheets, snapshot.id)
    patrolled = patrol.apply(
        tx,
        desk,
        prepared.result,
        prepared.cards,
        newest=prepared.newest,
        snapshot_id=snapshot.id,
        baseline=prepared.baseline,
    )
    snapshot.effects = {
        "made": list(patrolled.made),
        "closed": list(patrolled.closed),
        "changed": list(patrolled.changed),
        "standing": standing,
    }
    return snapshot, patrolled


def _standing(finding: Finding) -> list[object]:
    """Return what an undone import must give back: state, mark of vanishing, changed dates."""
    return [finding.state, finding.vanished, finding.date_change]


def _record(
    tx: Transaction, desk: Desk, prepared: Prepared, snapshot: Snapshot, actor: str
) -> None:
    unknown = dict.fromkeys(name for one in prepared.sheets for name in one.unknown_columns)
    settings.write(tx.session, desk.office, "unknown_columns", list(unknown))
    tx.record(
        "imported",
        f"snapshot:{snapshot.id}",
        actor=actor,
        data={
            "day": prepared.day.isoformat(),
            "files": [
                {
                    "kind": one.kind,
                    "sha256": one.sha256,
                    "rows": one.rows_read,
                    "refused": len(one.refused),
                }
                for one in prepared.sheets
            ],
            "baseline": prepared.baseline,
        },
        text="、".join(one.name for one in prepared.sheets),
    )
    card_notes.record(tx, prepared.notes, snapshot_id=snapshot.id)
