"""Imports kept: their files, and the card set they add up to; the last one can be taken back."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Text, cast, delete, insert, select

from knowledge import card_json
from knowledge.cards import CardSet
from storage.errors import StorageError
from storage.models.snapshots import CardRow, ListedRow, Snapshot, SnapshotFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session
    from sqlalchemy.sql.elements import SQLCoreOperations

    from knowledge.cards import Sheet

T = TypeVar("T")
_QUICK = 1
"""The compression: it is undone once at most, and the transaction waits for it."""


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


def file_hashes(session: Session, office: str, snapshot_id: int | None) -> Sequence[str]:
    """Return the hashes of the files of an import, of the newest one where none is named."""
    if snapshot_id is None:
        found = newest(session, office)
        snapshot_id = found.id if found else None
    return session.scalars(
        select(SnapshotFile.sha256).where(SnapshotFile.snapshot_id == snapshot_id)
    ).all()


def newest_office(session: Session) -> str | None:
    """Return the office of the newest import of all, be it taken back."""
    return session.scalars(
        select(Snapshot.office).order_by(Snapshot.id.desc()).limit(1)
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
    return _card_set(
        session.scalars(_in_order(CardRow.card, CardRow, office)).all(),
        session.scalars(_in_order(ListedRow.row, ListedRow, office)).all(),
    )


def _card_set(card_rows: Sequence[Any], listed_rows: Sequence[Any]) -> CardSet:
    return CardSet(
        tuple(card_json.card_from(row) for row in card_rows),
        tuple(card_json.listed_from(row) for row in listed_rows),
    )


def _in_order(
    column: SQLCoreOperations[T], table: type[CardRow | ListedRow], office: str
) -> Select[T]:
    return select(column).where(table.office == office).order_by(table.position)


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
    snapshot = Snapshot(
        office=office,
        day=day,
        imported_at=moment,
        imported_by=by,
        baseline=baseline,
        effects={},
        cards_before=_packed(session, office),
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
    session.execute(delete(ListedRow).where(ListedRow.office == office))
    if cards_now.cards:
        session.execute(
            insert(CardRow),
            [
                {
                    "office": office,
                    "position": position,
                    "case_no": card.case_no,
                    "person_no": card.person_no or "",
                    "card": card_json.card_to(card),
                }
                for position, card in enumerate(cards_now.cards)
            ],
        )
    if cards_now.listed:
        session.execute(
            insert(ListedRow),
            [
                {"office": office, "position": position, "row": card_json.listed_to(row)}
                for position, row in enumerate(cards_now.listed)
            ],
        )


def cards_before(snapshot: Snapshot) -> CardSet:
    """Return the card set as it was before an import.

    Raises:
        NothingToTakeBackError: it was not kept, since a newer import followed.
    """
    if snapshot.cards_before is None:
        raise NothingToTakeBackError
    before = json.loads(zlib.decompress(snapshot.cards_before))
    return _card_set(before["cards"], before["listed"])


def forget_older(session: Session, office: str, kept: Snapshot) -> None:
    """Drop the earlier card sets kept for taking back; only the last import can be taken back."""
    for older in session.scalars(
        select(Snapshot).where(
            Snapshot.office == office, Snapshot.id < kept.id, Snapshot.cards_before.is_not(None)
        )
    ):
        older.cards_before = None


def _packed(session: Session, office: str) -> bytes:
    """Pack the card set as it is stored: its text is not read into cards and written again."""
    card_rows = session.scalars(_in_order(cast(CardRow.card, Text), CardRow, office))
    listed = session.scalars(_in_order(cast(ListedRow.row, Text), ListedRow, office))
    text = f'{{"cards":[{",".join(card_rows)}],"listed":[{",".join(listed)}]}}'
    return zlib.compress(text.encode(), level=_QUICK)
