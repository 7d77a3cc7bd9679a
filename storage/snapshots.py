"""Imports kept: their files, and the card set they add up to; the last one can be taken back."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from knowledge import card_json
from knowledge.cards import CardSet
from storage.errors import StorageError
from storage.models.snapshots import CardRow, Snapshot, SnapshotFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from knowledge.cards import Sheet


class NothingToTakeBackError(StorageError):
    """There is no import that could be taken back."""

    def __init__(self) -> None:
        super().__init__("没有可以撤回的导入：只有最近一次、且尚未据此发出提示的导入可以撤回")


def newest(session: Session, office: str) -> Snapshot | None:
    """Return the newest import that was not taken back."""
    return session.scalars(
        select(Snapshot)
        .where(Snapshot.office == office, Snapshot.undone_at.is_(None))
        .order_by(Snapshot.id.desc())
        .limit(1)
    ).one_or_none()


def holding(session: Session, office: str, sha256: Sequence[str]) -> dict[str, Snapshot]:
    """Return for each file hash the import that already holds it, taken-back ones left out."""
    found = session.execute(
        select(SnapshotFile.sha256, Snapshot)
        .join(Snapshot, Snapshot.id == SnapshotFile.snapshot_id)
        .where(
            Snapshot.office == office,
            Snapshot.undone_at.is_(None),
            SnapshotFile.sha256.in_(sha256),
        )
    )
    return {row[0]: row[1] for row in found}


def cards(session: Session, office: str) -> CardSet:
    """Return the current card set."""
    rows = session.scalars(
        select(CardRow).where(CardRow.office == office).order_by(CardRow.position)
    )
    return CardSet(tuple(card_json.card_from(row.card) for row in rows))


def add(
    session: Session,
    office: str,
    sheets: Sequence[Sheet],
    cards_now: CardSet,
    *,
    day: date,
    moment: datetime,
    by: str,
    baseline: bool,
) -> Snapshot:
    """Keep an import and make the card set read as it now does."""
    before = cards(session, office)
    snapshot = Snapshot(
        office=office,
        day=day,
        imported_at=moment,
        imported_by=by,
        baseline=baseline,
        effects={},
        cards_before=_packed([card_json.card_to(card) for card in before.cards]),
    )
    session.add(snapshot)
    session.flush()
    for sheet in sheets:
        session.add(
            SnapshotFile(
                snapshot_id=snapshot.id,
                name=sheet.name,
                kind=sheet.kind,
                sha256=sheet.sha256,
            )
        )
    replace_cards(session, office, cards_now)
    return snapshot


def replace_cards(session: Session, office: str, cards_now: CardSet) -> None:
    """Write the card set anew."""
    session.execute(delete(CardRow).where(CardRow.office == office))
    session.add_all(
        CardRow(
            office=office,
            position=position,
            case_no=card.case_no,
            person_no=card.person_no or "",
            card=card_json.card_to(card),
        )
        for position, card in enumerate(cards_now.cards)
    )
    session.flush()


def cards_before(snapshot: Snapshot) -> CardSet:
    """Return the card set as it was before an import."""
    if snapshot.cards_before is None:
        raise NothingToTakeBackError
    return CardSet(tuple(card_json.card_from(row) for row in _unpacked(snapshot.cards_before)))


def forget_older(session: Session, office: str, kept: Snapshot) -> None:
    """Drop the earlier card sets kept for taking back; only the last import can be taken back."""
    for older in session.scalars(
        select(Snapshot).where(
            Snapshot.office == office, Snapshot.id < kept.id, Snapshot.cards_before.is_not(None)
        )
    ):
        older.cards_before = None


def _packed(content: Any) -> bytes:
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode())


def _unpacked(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed))
